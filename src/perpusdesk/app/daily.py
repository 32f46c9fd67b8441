"""What is done by itself once a day: holds whose time is over go on to the next in the queue."""

from __future__ import annotations

from datetime import date
from typing import Final

from PySide6.QtCore import QObject, QTimer

from perpusdesk.services.desk import Desk
from perpusdesk.services.holds import expire_holds
from perpusdesk.ui.kit.tasks import Tasks

_EVERY_MS: Final = 60_000
_AFTER_START_MS: Final = 1_500


class Daily(QObject):
    """Looks every minute whether a new day has begun; the first look comes soon after the start."""

    def __init__(self, desk: Desk, tasks: Tasks, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._tasks = desk, tasks
        self._done: date | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(_EVERY_MS)
        self._timer.timeout.connect(self.look)

    def start(self) -> None:
        """Begin; the desk is usable first."""
        QTimer.singleShot(_AFTER_START_MS, self, self.look)
        self._timer.start()

    def look(self) -> None:
        """Do the day's work if this day has not had it."""
        self._tasks.run(self._work)

    def _work(self) -> None:
        today = self._desk.today()
        if today != self._done:
            expire_holds(self._desk)
            self._done = today
