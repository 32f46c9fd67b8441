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
from functools import partial
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from perpusdesk.app.backup_line import ClosingLine, ServerLine
from perpusdesk.common.errors import KnownError
from perpusdesk.domain.backup_age import DAY_MS
from perpusdesk.services.desk import Desk
from perpusdesk.services.safety.backup_places import (
    BackupPlace,
    ServerStores,
    backup_plan,
    keep_plan,
    place_states,
    root_of,
    with_server,
)
from perpusdesk.services.safety.backups import Job, Outcome, note, prepare, run
from perpusdesk.storage.backup.writing import CalledOff, Pace
from perpusdesk.storage.key_store import KeyStore, system_key_store
from perpusdesk.ui.kit.tasks import Tasks

FIRST_MS: Final = 60_000
"""From the open window to the first look: the desk comes first."""
_LOOK_MS: Final = 5 * 60_000
_QUIET_S: Final = 10 * 60
_QUIET_AGE_MS: Final = 4 * 3600 * 1000
_DAILY_MS: Final = DAY_MS - 2 * 3600 * 1000
_SERVER_EVERY_S: Final = 3600.0
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
        self._line: ServerLine | None = None
        self._at_closing: ClosingLine | None = None
        self._server_at = -_SERVER_EVERY_S
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

    # --- the server ------------------------------------------------------------------------

    def join(self, line: ServerLine) -> None:
        """Back up to the library's server too, whenever it is there."""
        self._line = line
        line.found.connect(self._found)

    @property
    def server(self) -> ServerStores | None:
        """The server's places, ``None`` where it cannot be talked to now."""
        return self._line.stores if self._line is not None else None

    def _found(self, address: str) -> None:
        """See that the server is a place, unless somebody said no."""
        library = self._desk.library

        def offer() -> None:
            plan = backup_plan(library)
            offered = with_server(plan, address)
            if offered != plan:
                keep_plan(library, offered)

        self._tasks.run(offer, owner=self)

    # --- when --------------------------------------------------------------------------------

    def look(self) -> None:
        """Back up if it is time to."""
        written = self._written()
        if written != self._seen:
            self._seen, self._quiet_since = written, time.monotonic()
        if not self.busy and not self._closed.is_set():
            quiet = time.monotonic() - self._quiet_since >= _QUIET_S
            self._tasks.run(lambda: self._due(quiet=quiet), self._maybe, owner=self)

    def _due(self, *, quiet: bool) -> list[BackupPlace]:
        """Return the places whose last backup is too long ago; a server's each day at most."""
        if not backup_plan(self._desk.library).automatic:
            return []
        now, limit = self._desk.library.now_ms(), _QUIET_AGE_MS if quiet else _DAILY_MS
        return [
            state.place
            for state in place_states(self._desk.library)
            if state.newest is None
            or now - state.newest.at_ms >= (_DAILY_MS if state.place.kind == "server" else limit)
        ]

    def _maybe(self, late: list[BackupPlace]) -> None:
        asked_lately = time.monotonic() - self._server_at < _SERVER_EVERY_S
        server = self.server is not None and not asked_lately
        server = server and any(place.kind == "server" for place in late)
        if late:
            self._tasks.aside(
                lambda: server or any(root_of(place) is not None for place in late),
                lambda there: self._back_up(server=server) if there else None,
                owner=self,
            )

    def _written(self) -> int:
        return sum(self._desk.library.versions.values())

    # --- what --------------------------------------------------------------------------------

    def back_up(self) -> None:
        """Back up now, to all places that are there."""
        self._back_up(server=True)

    def _back_up(self, *, server: bool) -> None:
        if self.busy or self._closed.is_set():
            return
        self.busy = True
        self.began.emit()
        go = partial(self._go, server=self.server if server else None)
        self._tasks.run(self._job, go, self._failed, owner=self)

    def _job(self) -> Job:
        return prepare(self._desk, {"settings.toml": self._settings})

    def _go(self, job: Job, server: ServerStores | None) -> None:
        self.busy = False
        if server is not None:
            self._server_at = time.monotonic()
        self.work(lambda pace: run(job, self.keys, pace, server), self._made)

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
        if self._line is not None:
            self._at_closing = self._line.at_closing
            self._line.close()
        self._side.shutdown(wait=True, cancel_futures=True)

    def back_up_at_closing(self) -> None:
        """Back up what was written since the start; the library is this thread's by now.

        Gives up after a while, for somebody wants to switch the computer off: what has come to the
        server by then is gone on with another day.
        """
        if not self._automatic or not self._written():
            return
        library, end = self._desk.library, time.monotonic() + _CLOSING_S
        with contextlib.suppress(KnownError, CalledOff):
            if not backup_plan(library).automatic:
                return
            server = self._server_at_closing()
            with contextlib.ExitStack() as line:
                if server is not None:
                    line.callback(server.close)

                def too_long() -> bool:  # the server's time is its line's own
                    return time.monotonic() > end and not (server is not None and server.began)

                note(library, run(self._job(), self.keys, Pace(stop=too_long), server))

    def _server_at_closing(self) -> ClosingLine | None:
        """Return the way to the server, unless it has a backup of the last hours."""
        now = self._desk.library.now_ms()
        for state in place_states(self._desk.library):
            fresh = state.newest is not None and now - state.newest.at_ms < _QUIET_AGE_MS
            if state.place.kind == "server" and not fresh:
                return self._at_closing
        return None
