"""Writes scheduled reports once the figures are counted; quiet unless a person is needed."""

from __future__ import annotations

from collections import deque
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import QObject, Signal

from perpusdesk.common.errors import KnownError
from perpusdesk.common.i18n import _
from perpusdesk.services.desk import Desk
from perpusdesk.services.reports.scheduled_files import Due, due_files, note_written, write_file
from perpusdesk.services.wording.faults import say_fault
from perpusdesk.ui.kit.in_page_bar import Problem
from perpusdesk.ui.kit.tasks import Tasks
from perpusdesk.ui.shell.messages import Messages


class ReportWriting(QObject):
    """One file after the other: made beside the desk's work, then noted as written.

    What cannot be written is told once, and tried again at the next look. ``rested`` tells that
    nothing more is due now.
    """

    rested = Signal()

    def __init__(self, desk: Desk, tasks: Tasks, messages: Messages) -> None:
        super().__init__()
        self._desk, self._tasks, self._messages = desk, tasks, messages
        self._waiting: deque[Due] = deque()
        self._troubled: set[UUID] = set()
        self._busy = self._closed = False

    def look(self) -> None:
        """Write what is due; does nothing while it is at it, or while nobody is signed in."""
        if self._busy or self._closed or not self._desk.library.writable:
            return
        self._busy = True
        self._tasks.run(self._due, self._begin, owner=self)

    def close(self) -> None:
        """Begin no further file."""
        self._closed = True

    def _due(self) -> list[Due]:
        return due_files(self._desk) if self._desk.attended else []

    def _begin(self, found: list[Due]) -> None:
        self._waiting = deque(found)
        self._next()

    def _next(self) -> None:
        if self._closed or not self._waiting:
            self._busy = False
            self.rested.emit()
            return
        one = self._waiting.popleft()

        def work() -> Path | KnownError:
            try:
                with self._desk.beside() as desk:
                    return write_file(desk, one)
            except KnownError as error:
                return error

        self._tasks.aside(work, lambda came: self._made(one, came), owner=self)

    def _made(self, one: Due, came: Path | KnownError) -> None:
        if isinstance(came, KnownError):
            self._fail(one, came)
            return

        def note() -> KnownError | None:
            try:
                note_written(self._desk, one)
            except KnownError as error:
                return error
            return None

        def noted(error: KnownError | None) -> None:
            if error is not None:
                self._fail(one, error)
                return
            self._troubled.discard(one.schedule.id)
            told = _("Written: {file}").format(file=came.name)
            self._messages.toast(told, tone="ok", replace="scheduled")
            self._next()

        self._tasks.run(note, noted, owner=self)

    def _fail(self, one: Due, error: KnownError) -> None:
        """Tell it once, and leave the later periods of this schedule for another time."""
        schedule = one.schedule.id
        self._waiting = deque(due for due in self._waiting if due.schedule.id != schedule)
        if schedule not in self._troubled:
            self._troubled.add(schedule)
            said = say_fault(error)
            what = _("“{name}” could not be written.").format(name=one.schedule.name)
            told = Problem(f"{what} {said.what}", said.safe, said.todo, place="figures/own")
            self._messages.problem(told)
        self._next()
