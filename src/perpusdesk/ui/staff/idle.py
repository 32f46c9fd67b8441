"""When nobody has been at the keyboard, the mouse or the scanner for a while."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal

EVERY_MS: Final = 5_000


class Idle(QObject):
    """``passed`` comes once after ``minutes()`` without ``touch``; 0 minutes: never.

    A computer that slept counts as left alone for as long, whatever its clocks do meanwhile.
    """

    passed = Signal()

    def __init__(
        self,
        minutes: Callable[[], int],
        parent: QObject | None = None,
        *,
        clocks: Callable[[], tuple[float, float]] = lambda: (time.monotonic(), time.time()),
    ) -> None:
        """``clocks`` tell seconds: one that never goes back, and the wall's."""
        super().__init__(parent)
        self._minutes, self._clocks = minutes, clocks
        self._last = clocks()
        self._told = False
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY_MS)
        self._timer.timeout.connect(self.look)

    def start(self) -> None:
        """Begin to watch."""
        self.touch()
        self._timer.start()

    def touch(self) -> None:
        """Somebody is there."""
        self._last, self._told = self._clocks(), False

    def look(self) -> None:
        """See how long nobody was there."""
        minutes = self._minutes()
        passed = max(now - then for now, then in zip(self._clocks(), self._last, strict=True))
        if minutes and not self._told and passed >= minutes * 60:
            self._told = True
            self.passed.emit()
