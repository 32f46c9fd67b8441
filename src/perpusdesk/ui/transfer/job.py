"""One piece of long work: it tells how far it is, and can be asked to stop."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Signal

from perpusdesk.common.errors import KnownError

T = TypeVar("T")


class Job(QObject):
    """``told`` brings on the interface thread whatever ``tell`` was given on any other."""

    told = Signal(object)
    broke = Signal()
    """The work ended by a fault that nobody expected; it is reported elsewhere."""

    def __init__(self) -> None:
        super().__init__()
        self._stop = threading.Event()

    def tell(self, *what: Any) -> None:
        """Say how far it is; from any thread."""
        with contextlib.suppress(RuntimeError):  # the window is gone
            self.told.emit(what[0] if len(what) == 1 else what)

    def stop(self) -> None:
        """Ask the work to stop as soon as it can."""
        self._stop.set()

    def stopped(self) -> bool:
        """Whether somebody asked it to stop; from any thread."""
        return self._stop.is_set()

    def do(self, work: Callable[[], T]) -> T:
        """Do the work, on any thread."""
        try:
            return work()
        except KnownError:
            raise
        except Exception:
            with contextlib.suppress(RuntimeError):
                self.broke.emit()
            raise
