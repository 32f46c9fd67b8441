"""Counting figures beside the desk's work: short pieces between scans, long ones on their own."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal

from perpusdesk.services.desk import Desk
from perpusdesk.services.figures.figures_work import Counted, LongCounts, count_some, keep_page
from perpusdesk.services.searching.reading_desk import CalledOffError, ReadingDesk
from perpusdesk.ui.kit.tasks import Tasks

PAUSE_MS: Final = 40
"""Between two pieces while nobody looks at figures, so that scans always come first."""


class Counting(QObject):
    """Counts what went stale. ``left`` tells how many pieces remain, ``done`` that all is counted.

    ``days_done``: the days are counted, though what takes longer may not be.
    """

    left = Signal(int)
    days_done = Signal()
    done = Signal()

    def __init__(self, desk: Desk, tasks: Tasks) -> None:
        super().__init__()
        self._desk, self._tasks = desk, tasks
        self._reading = ReadingDesk(desk)
        self._long = LongCounts()
        self._busy = self._urgent = self._closed = False

    @property
    def busy(self) -> bool:
        """Whether something is being counted."""
        return self._busy

    def look(self) -> None:
        """See whether anything is to be counted, and do it; for quiet moments."""
        if not self._busy and not self._closed and self._desk.library.writable:
            self._busy = True
            self._piece()

    def hurry(self) -> None:
        """Do so because somebody is looking at figures: without pauses until the days are done."""
        self._urgent = True
        self.look()

    def close(self) -> None:
        """Stop; what is left is counted another time."""
        self._closed = True
        self._reading.close()

    def _piece(self) -> None:
        self._tasks.run(lambda: count_some(self._desk), self._counted, owner=self)

    def _counted(self, left: int) -> None:
        if self._closed:
            return
        self.left.emit(left)
        if left:
            QTimer.singleShot(0 if self._urgent else PAUSE_MS, self, self._piece)
            return
        self._urgent = False
        self.days_done.emit()
        self._next_long()

    def _next_long(self) -> None:
        def work() -> Counted | None:
            try:
                return self._reading.ask(self._long.next)
            except CalledOffError:
                return None

        self._tasks.aside(work, self._found, owner=self)

    def _found(self, counted: Counted | None) -> None:
        if counted is None or self._closed:
            self._busy = False
            self.done.emit()
        else:
            self._keep(counted)

    def _keep(self, counted: Counted) -> None:
        def kept(more: bool) -> None:
            if self._closed:
                return
            if more:
                QTimer.singleShot(0, self, lambda: self._keep(counted))
            else:
                self._next_long()

        self._tasks.run(lambda: keep_page(self._desk, counted), kept, owner=self)
