"""Work off the interface thread: one worker owns the database, a few do the rest.

Results come back on the interface thread. A screen that was closed meanwhile hears nothing.
"""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError, Executor, Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, Final, TypeVar

import shiboken6
from PySide6.QtCore import QEventLoop, QObject, Qt, QTimer, Signal

from perpusdesk.common.errors import KnownError
from perpusdesk.ui.kit.garbage import collect_on_interface_thread

T = TypeVar("T")

OnBug = Callable[[BaseException], object]
OnKnown = Callable[[KnownError], object]

_SIDE_WORKERS: Final = 3


@dataclass(slots=True)
class _Finished:
    future: Future[Any]
    then: Callable[[Any], object] | None
    failed: OnKnown | None
    owner: QObject | None


class Tasks(QObject):
    """Runs functions elsewhere and brings their results home.

    ``on_bug`` hears every exception nobody expected, from the work and from the callbacks alike.
    ``on_known`` hears a ``KnownError`` that no ``failed`` was given for.
    """

    _arrived = Signal(object)
    idle = Signal()
    """Nothing is under way any more."""

    def __init__(self, on_bug: OnBug, on_known: OnKnown, parent: QObject | None = None) -> None:
        super().__init__(parent)
        collect_on_interface_thread()
        self._on_bug = on_bug
        self._on_known = on_known
        self._database = ThreadPoolExecutor(1, "database")
        self._side = ThreadPoolExecutor(_SIDE_WORKERS, "aside")
        self._pending = 0
        self._closed = False
        self._arrived.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def run(
        self,
        work: Callable[[], T],
        then: Callable[[T], object] | None = None,
        failed: OnKnown | None = None,
        *,
        owner: QObject | None = None,
    ) -> None:
        """Do ``work`` on the database's thread, after what was asked before; then tell ``then``.

        ``owner`` (by default the object that ``then`` or ``failed`` is a method of) is who wants
        to know: when it is gone, so is the callback. Call from the interface thread.
        """
        self._submit(self._database, work, then, failed, owner)

    def aside(
        self,
        work: Callable[[], T],
        then: Callable[[T], object] | None = None,
        failed: OnKnown | None = None,
        *,
        owner: QObject | None = None,
    ) -> None:
        """Do ``work`` beside everything else (files, printing, network); never the database."""
        self._submit(self._side, work, then, failed, owner)

    @contextlib.contextmanager
    def turn(self) -> Iterator[None]:
        """Have the database to oneself for a moment, from a long piece of work that runs aside.

        Whoever asked before goes first, and whoever asks meanwhile goes before the next turn, so
        keep turns short. Raises ``CancelledError`` when the program is closing.
        """
        mine, over = threading.Event(), threading.Event()

        def hold() -> None:
            mine.set()
            over.wait()

        try:
            self._database.submit(hold)
        except RuntimeError as closed:
            raise CancelledError from closed
        mine.wait()
        try:
            yield
        finally:
            over.set()

    def busy(self) -> bool:
        """Tell whether anything is under way or on its way home."""
        return self._pending > 0

    def wait_idle(self, timeout: float = 60.0) -> None:
        """Let events run until nothing is under way (tests, closing).

        Raises ``TimeoutError`` after ``timeout`` seconds.
        """
        until = time.monotonic() + timeout
        while self.busy():  # what is painted when all is done may ask for more
            left = until - time.monotonic()
            if left <= 0:
                raise TimeoutError(f"{self._pending} tasks still under way after {timeout} s")
            loop = QEventLoop()
            self.idle.connect(loop.quit)
            clock = QTimer()
            clock.setSingleShot(True)
            clock.timeout.connect(loop.quit)
            clock.start(round(left * 1000) + 1)
            loop.exec()

    def close(self) -> None:
        """Finish what the database's thread was given, drop the rest; nobody is told any more."""
        self._closed = True
        self._side.shutdown(wait=False, cancel_futures=True)
        self._database.shutdown(wait=True)

    def _submit(
        self,
        executor: Executor,
        work: Callable[[], T],
        then: Callable[[T], object] | None,
        failed: OnKnown | None,
        owner: QObject | None,
    ) -> None:
        if self._closed:
            return
        who = owner or _owner_of(then) or _owner_of(failed)
        self._pending += 1
        future = executor.submit(work)
        future.add_done_callback(lambda done: self._bring_home(_Finished(done, then, failed, who)))

    def _bring_home(self, finished: _Finished) -> None:
        with contextlib.suppress(RuntimeError):  # the program is closing and Qt is gone
            self._arrived.emit(finished)

    def _deliver(self, finished: _Finished) -> None:
        try:
            if not self._closed:
                self._tell(finished)
        except Exception as bug:
            self._on_bug(bug)
        finally:
            self._pending -= 1
            if self._pending == 0:
                self.idle.emit()

    def _tell(self, finished: _Finished) -> None:
        if finished.owner is not None and not shiboken6.isValid(finished.owner):
            return
        try:
            result = finished.future.result()
        except CancelledError:
            return
        except KnownError as known:
            (finished.failed or self._on_known)(known)
            return
        if finished.then is not None:
            finished.then(result)


def _owner_of(callback: Callable[..., object] | None) -> QObject | None:
    owner = getattr(callback, "__self__", None)
    return owner if isinstance(owner, QObject) else None
