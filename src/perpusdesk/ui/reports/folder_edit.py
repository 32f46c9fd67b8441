"""A folder as text, or chosen in the system's own window."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QWidget

from perpusdesk.common.i18n import _
from perpusdesk.ui.kit.accessible import named
from perpusdesk.ui.kit.buttons import button
from perpusdesk.ui.kit.save_place import home


class FolderEdit(QWidget):
    """Begins with the folder of documents."""

    def __init__(self) -> None:
        super().__init__()
        self.edit = QLineEdit(str(home()))
        named(self.edit, _("Folder"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.edit, 1)
        row.addWidget(button(_("Choose folder"), self._choose, icon="folder"))
        self.setFocusProxy(self.edit)

    def folder(self) -> Path:
        """Return the folder that stands there."""
        return Path(self.edit.text().strip()).expanduser()

    def _choose(self) -> None:
        chosen = QFileDialog.getExistingDirectory(
            self, _("Folder for the reports"), self.edit.text()
        )
        if chosen:
            self.edit.setText(chosen)
