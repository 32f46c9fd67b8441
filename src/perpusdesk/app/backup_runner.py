"""Backups by themselves: each day, in quiet moments, when a stick comes, and at closing.

The work is done on a thread of its own with connections of its own; it steps aside for whatever
the desk does. Only what came of it is written on the database's thread.
"""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Callable
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from perpusdesk.common.errors import KnownError
from perpusdesk.domain.backup_age import DAY_MS
from perpusdesk.services.backup_places import backup_plan, place_states, root_of
from perpusdesk.services.backups import Job, Outcome, note, prepare, run
from perpusdesk.services.desk import Desk
from perpusdesk.storage.backup.writing import CalledOff, Pace
from perpusdesk.storage.key_store import KeyStore, system_key_store
from perpusdesk.ui.kit.tasks import Tasks

FIRST_MS: Final = 60_000
"""From the open window to the first look: the desk comes first."""
_LOOK_MS: Final = 5 * 60_000
_QUIET_S: Final = 10 * 60
_QUIET_AGE_MS: Final = 4 * 3600 * 1000
_DAILY_MS: Final = DAY_MS - 2 * 3600 * 1000
_PAUSE_S: Final = 0.004
_MOST_PAUSES: Final = 20
_CLOSING_S: Final = 90.0

Work = Callable[[Pace], Any]


class BackupRunner(QObject):
    """Runs one piece of work at a time. Signals come on the interface thread.

    ``moved`` carries the share that is done; ``made`` each ``Outcome``; ``broke`` a ``KnownError``.
    """

    moved = Signal(float)
    made = Signal(object)
    began = Signal()
    broke = Signal(object)
    _home = Signal(object, object)

    def __init__(self, desk: Desk, tasks: Tasks, settings: Path, *, automatic: bool = True) -> None:
        """``settings`` is this device's settings file; ``automatic``: work unasked too."""
        super().__init__()
        self._desk, self._tasks, self._settings = desk, tasks, settings
        self._automatic = automatic
        self._side = ThreadPoolExecutor(1, "backup")
        self._closed = threading.Event()
        self._keys: KeyStore | None = None
        self.busy = False
        self._told = 0.0
        self._seen = self._written()
        self._quiet_since = time.monotonic()
        self._clock = QTimer(self)
        self._clock.setInterval(_LOOK_MS)
        self._clock.timeout.connect(self.look)
        self._home.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def start(self) -> None:
        """Begin, some time after the window is up."""
        if self._automatic:
            QTimer.singleShot(FIRST_MS, self, self.look)
            self._clock.start()

    @property
    def keys(self) -> KeyStore:
        """The key store of this device; asked aside, for a keyring may be slow."""
        if self._keys is None:
            self._keys = system_key_store(self._desk.library.folder)
        return self._keys

    # --- when --------------------------------------------------------------------------------

    def look(self) -> None:
        """Back up if it is time to."""
        written = self._written()
        if written != self._seen:
            self._seen, self._quiet_since = written, time.monotonic()
        if not self.busy and not self._closed.is_set():
            quiet = time.monotonic() - self._quiet_since >= _QUIET_S
            self._tasks.run(lambda: self._due(quiet=quiet), self._maybe, owner=self)

    def _due(self, *, quiet: bool) -> list[tuple[bool, Any]]:
        """Return the places with how long ago their last backup is too long ago."""
        if not backup_plan(self._desk.library).automatic:
            return []
        now, limit = self._desk.library.now_ms(), _QUIET_AGE_MS if quiet else _DAILY_MS
        return [
            (state.newest is None or now - state.newest.at_ms >= limit, state.place)
            for state in place_states(self._desk.library)
        ]

    def _maybe(self, places: list[tuple[bool, Any]]) -> None:
        late = [place for is_late, place in places if is_late]
        if late:
            self._tasks.aside(
                lambda: any(root_of(place) is not None for place in late),
                lambda there: self.back_up() if there else None,
                owner=self,
            )

    def _written(self) -> int:
        return sum(self._desk.library.versions.values())

    # --- what --------------------------------------------------------------------------------

    def back_up(self) -> None:
        """Back up now, to all places that are there."""
        if self.busy or self._closed.is_set():
            return
        self.busy = True
        self.began.emit()
        self._tasks.run(self._job, self._go, self._failed, owner=self)

    def _job(self) -> Job:
        return prepare(self._desk, {"settings.toml": self._settings})

    def _go(self, job: Job) -> None:
        self.busy = False
        self.work(lambda pace: run(job, self.keys, pace), self._made)

    def work(self, what: Work, then: Callable[[Any], object]) -> bool:
        """Do something long aside, one at a time; return whether it was begun."""
        if self.busy or self._closed.is_set():
            return False
        self.busy = True
        future = self._side.submit(what, self._pace())
        future.add_done_callback(lambda done: self._bring_home(done, then))
        return True

    def _pace(self) -> Pace:
        return Pace(self._pause, self._tell, self._closed.is_set)

    def _pause(self) -> None:
        """Let the desk go first."""
        for _attempt in range(_MOST_PAUSES):
            if not self._tasks.busy() or self._closed.is_set():
                return
            time.sleep(_PAUSE_S)

    def _tell(self, share: float) -> None:
        now = time.monotonic()
        if now - self._told > 0.1:
            self._told = now
            with contextlib.suppress(RuntimeError):
                self.moved.emit(share)

    def _bring_home(self, done: Future[Any], then: Callable[[Any], object]) -> None:
        with contextlib.suppress(RuntimeError):  # the program is closing and Qt is gone
            self._home.emit(done, then)

    def _deliver(self, done: Future[Any], then: Callable[[Any], object]) -> None:
        self.busy = False
        if self._closed.is_set():
            return
        try:
            result = done.result()
        except (CalledOff, CancelledError):
            return
        except KnownError as error:
            self.broke.emit(error)
            return
        then(result)

    def _made(self, outcome: Outcome) -> None:
        library = self._desk.library
        self._tasks.run(
            lambda: note(library, outcome), lambda _none: self.made.emit(outcome), owner=self
        )

    def _failed(self, error: KnownError) -> None:
        self.busy = False
        self.broke.emit(error)

    # --- the end -----------------------------------------------------------------------------

    def close(self) -> None:
        """Give up what is under way; older backups are as they were."""
        self._closed.set()
        self._clock.stop()
        self._side.shutdown(wait=True, cancel_futures=True)

    def back_up_at_closing(self) -> None:
        """Back up what was written since the start; the library is this thread's by now.

        Gives up after a while, for somebody wants to switch the computer off.
        """
        if not self._automatic or not self._written():
            return
        library, end = self._desk.library, time.monotonic() + _CLOSING_S
        with contextlib.suppress(KnownError, CalledOff):
            if backup_plan(library).automatic:
                pace = Pace(stop=lambda: time.monotonic() > end)
                note(library, run(self._job(), self.keys, pace))
