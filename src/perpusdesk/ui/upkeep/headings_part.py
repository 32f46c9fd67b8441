"""The list of headings, and the chosen one with its variants."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final
from uuid import UUID

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from perpusdesk.common.i18n import _
from perpusdesk.services.cataloguing.headings import Heading
from perpusdesk.services.wording.headings import heading_kinds
from perpusdesk.ui.kit.accessible import named
from perpusdesk.ui.kit.ask_card import AskCard
from perpusdesk.ui.kit.buttons import button, primary_button, quiet_button
from perpusdesk.ui.kit.flow import Flow
from perpusdesk.ui.kit.forms import Choice, Field, Form
from perpusdesk.ui.kit.id_table import Fetch
from perpusdesk.ui.kit.record_list import RecordList
from perpusdesk.ui.kit.scrolled import scrolled
from perpusdesk.ui.kit.words import words
from perpusdesk.ui.shell.list_saving import save_button
from perpusdesk.ui.upkeep import headings_text as text

_PAUSE: Final = 200
_LINES: Final = 4


class HeadingsPart(QWidget):
    """``asked`` wants the list for a kind and a text; the rest are steps for the chosen heading."""

    asked = Signal(str, str)
    save_asked = Signal()
    new_asked = Signal()
    remove_asked = Signal()
    import_asked = Signal()
    save_list_asked = Signal()

    def __init__(self, fetch: Fetch) -> None:
        super().__init__()
        self.count = words("", "lead", strong=True, wrap=True)
        self.kind = Choice[str]([(_("All kinds"), ""), *heading_kinds()])
        named(self.kind, _("Kind of heading"))
        self.search = QLineEdit()
        self.search.setPlaceholderText(_("Heading or variant"))
        named(self.search, _("Heading or variant"))
        self.rows = RecordList(_("Headings"), text.row, fetch)
        self.ask = AskCard()
        self.form = HeadingForm()
        self.save = primary_button(_("Save"), self.save_asked.emit, icon="check", keys="Ctrl+Enter")
        self._remove = quiet_button(_("Remove"), self.remove_asked.emit, icon="trash")
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE)
        self._pause.timeout.connect(self.ask_list)
        self.search.textEdited.connect(lambda _text: self._pause.start())
        self.kind.activated.connect(lambda _index: self.ask_list())
        self._lay_out()

    def _lay_out(self) -> None:
        left, right, room = QWidget(), QWidget(), QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.count)
        narrow = QHBoxLayout()
        narrow.setSpacing(8)
        narrow.addWidget(self.search, 1)
        narrow.addWidget(self.kind)
        column.addLayout(narrow)
        self._save_list = save_button(_("Headings"), self.save_list_asked.emit)
        column.addWidget(
            Flow(
                button(_("New heading"), self.new_asked.emit, icon="plus", keys="Ctrl+N"),
                quiet_button(_("Import a list"), self.import_asked.emit, icon="folder"),
                self._save_list,
            )
        )
        column.addWidget(self.rows, 1)
        inner = QVBoxLayout(room)
        inner.setContentsMargins(4, 4, 16, 8)
        inner.setSpacing(16)
        inner.addWidget(self.ask)
        inner.addWidget(self.form)
        inner.addStretch(1)
        whole = QVBoxLayout(right)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scrolled(room), 1)
        whole.addWidget(Flow(self.save, self._remove))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(24)
        row.addWidget(left, 1)
        row.addWidget(right, 1)

    def ask_list(self) -> None:
        """Ask for the list as it is narrowed now."""
        self._pause.stop()
        self.asked.emit(self.kind.value() or "", self.search.text())

    def show_ids(self, ids: Sequence[UUID]) -> None:
        """Show these headings."""
        self.count.setText(text.count(len(ids)))
        self.rows.show_ids(ids)
        self._save_list.setVisible(bool(ids))

    def show_heading(self, heading: Heading, *, known: bool) -> None:
        """Show a heading in the form; ``known``: it is in the list."""
        self.form.fill(heading)
        self._remove.setVisible(known)


class HeadingForm(Form):
    """The fields of a heading; several variants stand in lines."""

    def __init__(self) -> None:
        super().__init__(columns=2)
        self.by_name: dict[str, Field[Any]] = {}
        self._put("heading", QLineEdit(), span=2, required=True)
        self._put("kind", Choice(heading_kinds()))
        self._put("display", QLineEdit())
        self._put("variants", _Lines(), span=2, hint=_("One a line; each leads to this heading."))
        self._put("broader", _Lines(), span=1)
        self._put("related", _Lines(), span=1)
        self._put("scheme", QLineEdit())
        self._put("note", QLineEdit())

    def fill(self, heading: Heading) -> None:
        """Show a heading."""
        self.clear_errors()
        for name, field in self.by_name.items():
            value = getattr(heading, name)
            if isinstance(field.edit, Choice):
                field.edit.choose(value)
            elif isinstance(field.edit, QPlainTextEdit):
                field.edit.setPlainText("\n".join(value))
            else:
                field.edit.setText(value)

    def value(self) -> Heading:
        """Return what stands in the fields."""
        values: dict[str, Any] = {}
        for name, field in self.by_name.items():
            edit = field.edit
            if isinstance(edit, Choice):
                values[name] = edit.value()
            elif isinstance(edit, QPlainTextEdit):
                lines = (line.strip() for line in edit.toPlainText().splitlines())
                values[name] = tuple(line for line in lines if line)
            else:
                values[name] = edit.text()
        return Heading(**values)

    def _put(self, name: str, edit: Any, *, span: int = 1, **more: Any) -> None:
        field = Field(text.field_name(name), edit, name=name, **more)
        self.by_name[name] = self.add(field, span)


class _Lines(QPlainTextEdit):
    def __init__(self) -> None:
        super().__init__()
        self.setTabChangesFocus(True)
        self._fit()

    def changeEvent(self, event: Any) -> None:
        super().changeEvent(event)
        if event.type() == event.Type.FontChange:
            self._fit()

    def _fit(self) -> None:
        self.setFixedHeight(self.fontMetrics().lineSpacing() * _LINES + 20)
