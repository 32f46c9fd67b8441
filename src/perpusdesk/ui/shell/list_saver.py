"""Saves the list on the screen as a workbook: aside, with how far it is and a way to give it up."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QHBoxLayout, QWidget

from perpusdesk.common.errors import KnownError
from perpusdesk.common.formats import number
from perpusdesk.common.i18n import _, ngettext
from perpusdesk.services.desk import Desk
from perpusdesk.services.export_list import ListSheet, SavedList, export_list
from perpusdesk.ui.kit.buttons import quiet_button
from perpusdesk.ui.kit.save_place import ask_place
from perpusdesk.ui.kit.tasks import Tasks
from perpusdesk.ui.kit.toasts import ToastAction
from perpusdesk.ui.kit.words import words
from perpusdesk.ui.shell.messages import Messages

AskPlace = Callable[[QWidget, str, Sequence[str]], Path | None]

_AT_ONCE: Final = 2_000
"""Lines up to which nobody needs to be told how far it is."""


class ListSaver(QWidget):
    """A strip that is hidden until something is saved; ``saved`` carries the ``SavedList``."""

    saved = Signal(object)
    _advanced = Signal(int)

    def __init__(
        self, desk: Desk, tasks: Tasks, messages: Messages, ask: AskPlace = ask_place
    ) -> None:
        super().__init__()
        self._desk, self._tasks, self._messages, self._ask = desk, tasks, messages, ask
        self._stop = threading.Event()
        self._running = False
        self._of = 0
        self._far = words("", tone="muted", figures=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self._far)
        row.addWidget(quiet_button(_("Give up"), self.stop, icon="close"))
        row.addStretch(1)
        self._advanced.connect(self._show)
        self.hide()

    def save(self, sheet: ListSheet) -> None:
        """Ask for a place and write the list there; one at a time."""
        path = self.place(sheet)
        if path is not None:
            self.write(sheet, path)

    def place(self, sheet: ListSheet) -> Path | None:
        """Ask where the list shall be written; ``None`` when nowhere, or one is being written."""
        return None if self._running else self._ask(self, sheet.name, sheet.endings)

    def write(self, sheet: ListSheet, path: Path) -> None:
        """Write the list to this file."""
        self._running, self._of = True, len(sheet.ids)
        self._stop.clear()
        self._show(0)
        self.setVisible(self._of > _AT_ONCE)

        def write() -> SavedList:
            with self._desk.beside() as beside:
                return export_list(beside, sheet, path, self._tell, self._stop.is_set)

        self._tasks.aside(write, self._done, self._failed, owner=self)

    def stop(self) -> None:
        """Give up what is being written; nothing of it stays."""
        self._stop.set()

    def _tell(self, done: int) -> None:
        with contextlib.suppress(RuntimeError):  # the window is gone
            self._advanced.emit(done)

    def _show(self, done: int) -> None:
        said = _("Saving: {done} of {of}")
        self._far.setText(said.format(done=number(done), of=number(self._of)))

    def _failed(self, error: KnownError) -> None:
        self._end()
        self._messages.known(error)

    def _done(self, saved: SavedList) -> None:
        self._end()
        if not saved.stopped:
            lines = ngettext("{n} line", "{n} lines", saved.lines).format(n=number(saved.lines))
            said = _("Saved: {file}, {lines}").format(file=saved.file.name, lines=lines)
            url = QUrl.fromLocalFile(str(saved.file))
            step = ToastAction(_("Open"), lambda: QDesktopServices.openUrl(url))
            self._messages.toast(said, action=step, tone="ok")
        self.saved.emit(saved)

    def _end(self) -> None:
        self._running = False
        self.hide()
