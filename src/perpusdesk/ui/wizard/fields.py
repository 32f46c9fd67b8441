"""The wizard's fields: lines, choices, and the folder that hardly anybody needs to see."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from perpusdesk.common.i18n import _
from perpusdesk.ui.kit.buttons import button, quiet_button
from perpusdesk.ui.kit.forms import Choice, Field
from perpusdesk.ui.wizard.steps import Wizard


class FieldsPage(QWidget):
    """Fields one below the other; ``fields`` by the name of the answer."""

    def __init__(self) -> None:
        super().__init__()
        self.fields: dict[str, Field[Any]] = {}
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(16)

    def line(self, name: str, label: str, value: str, noted: Callable[[str], object]) -> QLineEdit:
        """Add a line of text that is noted as it is typed."""
        edit = QLineEdit(value)
        edit.setMaxLength(500)
        edit.textChanged.connect(noted)
        self.add_field(name, Field(label, edit, required=True))
        return edit

    def choice(
        self,
        name: str,
        label: str,
        options: list[tuple[str, object]],
        value: object,
        noted: Callable[[object], object],
    ) -> None:
        """Add a choice."""
        edit: Choice[object] = Choice(options)
        edit.choose(value)
        edit.currentIndexChanged.connect(lambda _place: noted(edit.value()))
        self.add_field(name, Field(label, edit))

    def add_field(self, name: str, field: Field[Any]) -> None:
        """Add any field."""
        field.name = name
        self.fields[name] = field
        self.column.addWidget(field)
        if self.focusProxy() is None:
            self.setFocusProxy(field.edit)


class FolderPart(QWidget):
    """Where the library is kept; hidden behind *More*, because the usual place is right."""

    def __init__(self, wizard: Wizard, page: FieldsPage) -> None:
        super().__init__()
        self._wizard, self._page = wizard, page
        self.more = quiet_button(_("More"), self._open, icon="chevron-down")
        self._where = QLineEdit(str(wizard.answers.folder))
        self._where.textChanged.connect(lambda path: wizard.answer(folder=Path(path)))
        self.field = Field(_("Folder of the library"), self._where)
        self.field.name = "folder"
        self._choose = button(_("Choose a folder …"), self._ask, icon="folder")
        page.fields["folder"] = self.field
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.more)
        row.addStretch(1)
        choose = QHBoxLayout()
        choose.addWidget(self._choose)
        choose.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(row)
        column.addWidget(self.field)
        column.addLayout(choose)
        self.field.hide()
        self._choose.hide()

    def _open(self) -> None:
        self.more.hide()
        self.reveal()
        self._where.setFocus(Qt.FocusReason.OtherFocusReason)

    def reveal(self) -> None:
        """Show the folder (it is asked for, or something is wrong with it)."""
        self.field.show()
        self._choose.show()

    def _ask(self) -> None:
        chosen = QFileDialog.getExistingDirectory(
            self, _("Folder of the library"), self._where.text()
        )
        if chosen:
            self._where.setText(chosen)
