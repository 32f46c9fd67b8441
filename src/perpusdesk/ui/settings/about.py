"""About the program: how it came here, where its data and log are, whose work is in it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt, QTimer, QUrl, qVersion
from PySide6.QtGui import QDesktopServices, QGuiApplication, QTextCursor
from PySide6.QtWidgets import QGridLayout, QPlainTextEdit, QVBoxLayout, QWidget

from perpusdesk.common.i18n import _
from perpusdesk.services.library.about import About, Form, about, notices
from perpusdesk.ui.kit.buttons import button, quiet_button
from perpusdesk.ui.kit.flow import Flow
from perpusdesk.ui.kit.overlay import Overlay
from perpusdesk.ui.kit.tasks import Tasks
from perpusdesk.ui.kit.words import words

_PART: Final = 200_000
"""Characters of a long text that are put on the screen at once, in about 10 ms."""


class AboutPart(QWidget):
    """Rows of what it is, folders that open, and the licences."""

    def __init__(self, data: Path, tasks: Tasks) -> None:
        """``data`` is the folder of the library in use."""
        super().__init__()
        self._tasks = tasks
        self._about = about(data)
        self._notices: NoticesPanel | None = None
        self.opener: Callable[[QUrl], object] = QDesktopServices.openUrl
        self.data = self._opening(self._about.data, _("Open the data's folder"))
        self.logs = self._opening(self._about.logs, _("Open the log's folder"))
        self.licences = button(_("Licences"), self._ask_notices, icon="info")
        self.copied = button(_("Copy for who helps"), self._copy, icon="copy")
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        for row, (label, text) in enumerate(told(self._about)):
            grid.addWidget(words(label, tone="muted"), row, 0)
            value = words(text, wrap=True, figures=True)
            value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            grid.addWidget(value, row, 1)
        row = grid.rowCount()
        grid.addWidget(self.data, row - 2, 2)
        grid.addWidget(self.logs, row - 1, 2)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 12, 0, 0)
        column.setSpacing(12)
        column.addLayout(grid)
        column.addWidget(Flow(self.licences, self.copied))

    def _opening(self, folder: Path, name: str) -> QWidget:
        made = quiet_button(_("Open"), lambda: self._open(folder), icon="folder")
        made.setAccessibleName(name)
        return made

    def _open(self, folder: Path) -> None:
        """Show a folder in the system's file manager; one that is not there yet is made."""

        def ready() -> Path:
            there = folder
            try:
                folder.mkdir(parents=True, exist_ok=True)
            except OSError:
                there = next(one for one in folder.parents if one.is_dir())
            return there

        self._tasks.aside(ready, self._show_folder, owner=self)

    def _show_folder(self, folder: Path) -> None:
        self.opener(QUrl.fromLocalFile(str(folder)))

    def _ask_notices(self) -> None:
        self._tasks.aside(notices, self._show_notices, owner=self)

    def _show_notices(self, text: str) -> None:
        if self._notices is None:
            self._notices = NoticesPanel(self.window())
        self._notices.show_text(text)

    def _copy(self) -> None:
        lines = [f"{label}: {text}" for label, text in told(self._about)]
        QGuiApplication.clipboard().setText("\n".join(lines))


class NoticesPanel(Overlay):
    """The licences of everything that is in the program."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window, whole=True)
        self._waiting: list[str] | None = None
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self.text.setAccessibleName(_("Licences"))
        self.body.setContentsMargins(24, 24, 24, 24)
        self.body.addWidget(words(_("Licences"), "title", strong=True))
        self.body.addWidget(
            words(_("PerpusDesk stands on the work of others, under these licences."), tone="muted")
        )
        self.body.addWidget(self.text, 1)
        close = button(_("Close"), self.close_panel, icon="close")
        self.body.addWidget(close, 0, Qt.AlignmentFlag.AlignLeft)

    def show_text(self, text: str) -> None:
        """Open with these words, at their beginning; what is long comes in parts."""
        if self._waiting is None:
            self._waiting = [text[at : at + _PART] for at in range(0, len(text), _PART)]
            self._feed()
        self.open(self.text)

    def _feed(self) -> None:
        if self._waiting:
            end = QTextCursor(self.text.document())
            end.movePosition(QTextCursor.MoveOperation.End)
            end.insertText(self._waiting.pop(0))
            QTimer.singleShot(0, self, self._feed)


def told(it: About) -> list[tuple[str, str]]:
    """Return label and text of each row; the folders last."""
    forms = {
        Form.INSTALLED: _("installed"),
        Form.PORTABLE: _("portable: data beside the program"),
        Form.SOURCE: _("from source"),
    }
    return [
        (_("Version"), f"PerpusDesk {it.version}, {forms[it.form]}"),
        (_("Computer"), f"{it.system}; {it.parts}, Qt {qVersion()}"),
        (_("Data"), str(it.data)),
        (_("Program's log"), str(it.logs)),
    ]
