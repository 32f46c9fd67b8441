"""The one thread that uses a library; everybody else hands it work and waits."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Lock
from typing import Final, TypeVar

T = TypeVar("T")
MOST_WAITING: Final = 400


class BusyError(Exception):
    """Too much waits already: ask again later."""


class StoreThread:
    """Does work in the order in which it came, one at a time.

    Work that has begun is never called off: who waits may go away, a commit goes on to its end.
    """

    def __init__(self, most_waiting: int = MOST_WAITING) -> None:
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="store")
        self._most, self._waiting = most_waiting, 0
        self._guard = Lock()

    @property
    def waiting(self) -> int:
        """How much work is under way or waits."""
        return self._waiting

    def submit(self, work: Callable[[], T], *, patient: bool = False) -> Future[T]:
        """Hand in work; raises ``BusyError`` when too much waits, unless the caller is patient."""
        with self._guard:
            if self._waiting >= self._most and not patient:
                raise BusyError
            self._waiting += 1
        future = self._pool.submit(work)
        future.add_done_callback(self._done)
        return future

    def __call__(self, step: Callable[[], T], /) -> T:
        """Do one thing and wait for it; not from the thread itself."""
        return self.submit(step, patient=True).result()

    def _done(self, _: Future[T]) -> None:
        with self._guard:
            self._waiting -= 1

    def close(self) -> None:
        """End when what is under way is done; what only waits is given up."""
        self._pool.shutdown(wait=True, cancel_futures=True)
