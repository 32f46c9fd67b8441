"""Looking things up beside the work: a connection of its own that only reads, the latest first."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import ExitStack
from typing import Final, TypeVar

from perpusdesk.services.desk import Desk
from perpusdesk.storage.database import CalledOffError

__all__ = ["CalledOffError", "ReadingDesk"]

T = TypeVar("T")

_AGAIN_S: Final = 0.05


class ReadingDesk:
    """Answers long questions (lists, counts) on another thread while the desk goes on lending.

    It sees what is committed. One question at a time; ``call_off`` ends the one under way, because
    nobody waits for it any more.
    """

    def __init__(self, desk: Desk) -> None:
        """Open nothing yet; the first question does."""
        self._desk = desk
        self._lock = threading.Lock()
        self._beside = ExitStack()
        self._open: Desk | None = None
        self._closed = False

    def ask(self, work: Callable[[Desk], T]) -> T:
        """Return what ``work`` finds. Raises ``CalledOffError``, also once this is closed."""
        with self._lock:
            if self._closed:
                raise CalledOffError
            if self._open is None:
                self._open = self._beside.enter_context(self._desk.beside())
            return work(self._open)

    def call_off(self) -> None:
        """End the question under way, if there is one; from any thread."""
        if self._open is not None:
            self._open.library.call_off()

    def close(self) -> None:
        """Close the connection; the question under way and later ones are called off."""
        self._closed = True
        self.call_off()
        while not self._lock.acquire(timeout=_AGAIN_S):
            self.call_off()  # it was between two queries, or had not begun the first
        try:
            self._open = None
            self._beside.close()
        finally:
            self._lock.release()
