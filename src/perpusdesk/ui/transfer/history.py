"""The imports of this device: each can be taken back, a broken-off one gone on with."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from perpusdesk.common.i18n import _
from perpusdesk.services.desk import Desk
from perpusdesk.services.transfer.import_aside import readable
from perpusdesk.services.transfer.import_history import RunLine, RunState, run_lines
from perpusdesk.services.transfer.run_sheet import run_sheet
from perpusdesk.ui.kit.buttons import button, primary_button, quiet_button
from perpusdesk.ui.kit.chosen_list import ChosenList
from perpusdesk.ui.kit.record_list import RowWords
from perpusdesk.ui.kit.scrolled import scrolled
from perpusdesk.ui.kit.tasks import Tasks
from perpusdesk.ui.shell.list_saving import ListSaving, save_button
from perpusdesk.ui.shell.messages import Messages
from perpusdesk.ui.transfer import report_text
from perpusdesk.ui.transfer.odd_rows import open_folder


class History(QObject):
    """``resume_asked`` carries a ``RunLine``, ``undo_asked`` the id of a run."""

    resume_asked = Signal(object)
    undo_asked = Signal(object)
    shown = Signal()

    def __init__(
        self, desk: Desk, tasks: Tasks, messages: Messages, busy: Callable[[], bool]
    ) -> None:
        """``busy`` tells whether an import or an undoing is under way."""
        super().__init__()
        self._desk, self._tasks, self._busy = desk, tasks, busy
        self.lines: Sequence[RunLine] = ()
        nothing = _("Nothing was brought in on this computer yet.")
        self.list = ChosenList(_("Imports of this computer"), self._words, self._steps, nothing)
        self.saving = ListSaving(desk, tasks, messages)
        self._save = save_button(_("Imports of this computer"), self.save_list)
        self.list.add_step(self._save)
        room = QWidget()
        inner = QVBoxLayout(room)
        inner.setContentsMargins(0, 12, 8, 16)
        for part in (*self.saving.parts, self.list):
            inner.addWidget(part)
        inner.addStretch(1)
        self.widget: QWidget = scrolled(room)

    @property
    def title(self) -> str:
        """The word on the tab."""
        return _("History")

    def refresh(self) -> None:
        """Read the runs anew."""

        def read() -> list[RunLine]:
            with self._desk.beside() as quiet:
                return run_lines(quiet)

        self._tasks.aside(read, self._show, owner=self)

    def save_list(self) -> None:
        """Save the imports as a workbook."""
        self.saving.begin(run_sheet(self.lines))

    def broken_off(self) -> RunLine | None:
        """Return the latest run, when a fault or the power broke it off."""
        last = self.lines[0] if self.lines else None
        if last is None or self._busy() or last.state is not RunState.INTERRUPTED:
            return None
        return last

    def _show(self, lines: list[RunLine]) -> None:
        self.lines = lines
        self.list.show_records(lines)
        self._save.setVisible(bool(lines))
        self.shown.emit()

    def _words(self, line: RunLine) -> RowWords:
        running = self._busy() and line is self.lines[0] and line.state is RunState.INTERRUPTED
        return report_text.run_row(line, running=running)

    def _open_aside(self, kept: Path) -> None:
        self._tasks.run(lambda: readable(self._desk, kept), open_folder)

    def _steps(self, line: RunLine) -> Sequence[QPushButton]:
        steps: list[QPushButton] = []
        if self._busy():
            return steps
        if line.resumable:
            go_on = primary_button(
                _("Go on"), lambda: self.resume_asked.emit(line), icon="chevron-right"
            )
            steps.append(go_on)
        if line.state is not RunState.UNDONE:
            undo = button(
                _("Undo this import"), lambda: self.undo_asked.emit(line.run), icon="undo"
            )
            steps.append(undo)
        aside = line.set_aside
        if aside is not None:
            words = _("Open the folder of the rows not taken")
            steps.append(quiet_button(words, partial(self._open_aside, aside), icon="folder"))
        return steps
