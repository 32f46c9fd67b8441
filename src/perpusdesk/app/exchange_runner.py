"""Exchange by itself: soon after something was written, now and then, and when a network is back.

The network is used on a side thread; the library only in short turns of the database's thread, so
that a desk works on meanwhile. Failures are no news: everything is saved here and tried again.
"""

from __future__ import annotations

import contextlib
import importlib
import time
from collections.abc import Callable
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from functools import partial
from typing import TYPE_CHECKING, Final, TypeVar

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from perpusdesk.common.errors import KnownError
from perpusdesk.services.conflicts.conflict_list import conflict_count
from perpusdesk.services.desk import Desk
from perpusdesk.storage.key_store import KeyStore
from perpusdesk.syncing.membership import membership
from perpusdesk.syncing.scheduling import Rhythm
from perpusdesk.syncing.status import Standing, standing
from perpusdesk.ui.kit.tasks import Tasks

if TYPE_CHECKING:
    from perpusdesk.protocol.messages import Facts
    from perpusdesk.syncing.connections import Connection
    from perpusdesk.syncing.http_link import HttpLink
    from perpusdesk.syncing.http_transport import Exchanged
    from perpusdesk.syncing.identity import Member

T = TypeVar("T")
MakeKeys = Callable[[], KeyStore]

FIRST_MS: Final = 4_000
"""From the open window to the first exchange: the desk comes first."""
LOOK_MS: Final = 3_000
_TICK_MS: Final = 15_000
_SLEPT_S: Final = 60.0


class ExchangeRunner(QObject):
    """Drives the exchanges of one desk. Its signals come on the interface thread.

    ``changed`` carries a ``Standing``; ``arrived``: rows were changed that others wrote; ``ran``
    carries each ``Exchanged``; ``broke`` a ``KnownError`` of the library itself; ``keyless``: this
    device joined a server, but its key is not on this computer.
    """

    changed = Signal(object)
    arrived = Signal()
    ran = Signal(object)
    broke = Signal(object)
    keyless = Signal()
    _came_home = Signal(object)
    _line_home = Signal(object)

    def __init__(self, desk: Desk, tasks: Tasks, make_keys: MakeKeys | None = None) -> None:
        """``make_keys`` reads this device's secrets, on a side thread."""
        super().__init__()
        self._desk, self._tasks = desk, tasks
        self._make_keys = make_keys or self._system_keys
        self.rhythm = Rhythm()
        self.standing = Standing()
        self.running = self._closed = False
        self.keys: KeyStore | None = None
        self.member: Member | None = None
        self._links: list[HttpLink] = []
        self._seen = self._shown = self._written()
        self._due = self._ticked = 0.0
        self._left = 0
        self._next = self._clock(self._begin, single=True)
        self._look = self._clock(self._look_in, LOOK_MS)
        self._tick = self._clock(self._tick_on, _TICK_MS)
        self._network = ThreadPoolExecutor(1, "exchange")  # may take long: nobody waits for it
        self._came_home.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        self._line_home.connect(self._tell_home, Qt.ConnectionType.QueuedConnection)
        tasks.idle.connect(self._rested)

    def _clock(self, run: Callable[[], object], every: int = 0, *, single: bool = False) -> QTimer:
        clock = QTimer(self)
        clock.setSingleShot(single)
        clock.setInterval(every)
        clock.timeout.connect(run)
        return clock

    # --- from outside ------------------------------------------------------------------------

    def start(self) -> None:
        """Begin, a moment after the window is up."""
        self._ticked = time.time()
        self._tick.start()
        QTimer.singleShot(FIRST_MS, self, self.join)

    def join(self) -> None:
        """Find out with whom to exchange; again after this device joined a server."""
        self.member = None
        self._tasks.run(lambda: membership(self._desk.library) is not None, self._known)

    @property
    def first(self) -> Connection | None:
        """The server that is asked before all others."""
        return self._links[0].connection if self._links else None

    def exchange_now(self) -> None:
        """Exchange at once, whatever failed before."""
        self.rhythm.found_network()
        self._begin()

    def network_came(self) -> None:
        """A network is there again: exchange soon."""
        self.rhythm.found_network()
        if self.member is not None and not self.running:
            self._plan(self.rhythm.nudged())

    def on_line(
        self,
        work: Callable[[HttpLink], T],
        then: Callable[[T], object],
        failed: Callable[[Exception], object],
    ) -> None:
        """Use a line to the server between two exchanges, for something short.

        ``then`` and ``failed`` (``LinkError`` of the last line, ``UpdateError``, ``KnownError``)
        are called on the interface thread.
        """
        from perpusdesk.protocol.update import UpdateError
        from perpusdesk.syncing.link_faults import LinkError, LinkFault

        def run() -> None:
            error: Exception = LinkError(LinkFault.NOT_ENROLLED)
            for link in list(self._links):
                try:
                    found = work(link)
                except LinkError as broken:
                    error = broken
                    continue
                except (UpdateError, KnownError) as known:
                    error = known
                    break
                self._send_home(partial(then, found))
                return
            self._send_home(partial(failed, error))

        if not self._closed:
            self._network.submit(run)

    def _send_home(self, call: Callable[[], object]) -> None:
        with contextlib.suppress(RuntimeError):  # the program is closing and Qt is gone
            self._line_home.emit(call)

    def _tell_home(self, call: Callable[[], object]) -> None:
        if not self._closed:
            call()

    def tell(self) -> None:
        """Look up how the exchange stands, and say it."""
        self._tasks.run(lambda: standing(self._desk.library), self._told)

    def use_links(self, chosen: list[Connection]) -> None:
        """Exchange with these, in this order."""
        from perpusdesk.syncing.http_link import HttpLink

        if self.member is not None:
            for link in self._links:
                link.close()
            identity = self.member.identity
            self._links = [HttpLink(one, identity) for one in chosen if not one.paused]

    def close(self) -> None:
        """End at once; what was acknowledged is saved, the rest goes on another day."""
        self._closed = True
        for clock in (self._next, self._look, self._tick):
            clock.stop()
        for link in self._links:
            link.stop()
        self._network.shutdown(wait=False, cancel_futures=True)

    # --- getting ready -----------------------------------------------------------------------

    def _known(self, enrolled: bool) -> None:
        self.tell()
        if enrolled and not self._closed:
            self._tasks.aside(self._prepare, self._hold, owner=self)

    def _prepare(self) -> KeyStore:
        """Read secrets and modules, beside everything else."""
        importlib.import_module("perpusdesk.syncing.http_transport")
        return self._make_keys()

    def read_keys(self) -> KeyStore:
        """Return this device's secrets; on a side thread, for a keyring may be slow."""
        return self.keys or self._make_keys()

    def _system_keys(self) -> KeyStore:
        from perpusdesk.app.held_keys import held_keys

        return held_keys(self._desk.library.folder, self._desk.library.device)

    def _hold(self, keys: KeyStore) -> None:
        from perpusdesk.syncing.connections import connections
        from perpusdesk.syncing.identity import member_of

        self.keys, library = keys, self._desk.library
        self._tasks.run(
            lambda: (member_of(library, keys), connections(library)),
            lambda read: self._ready(*read),
            owner=self,
        )

    def _ready(self, member: Member | None, chosen: list[Connection]) -> None:
        self.member = member
        if self._closed:
            return
        if member is None:
            self.keyless.emit()
            return
        self.use_links(chosen)
        self._begin()

    # --- one exchange ------------------------------------------------------------------------

    def _begin(self) -> None:
        if self.running or self._closed or self.member is None or not self._links:
            return
        self._next.stop()
        self.running = True
        self._look.start()
        self.changed.emit(self.standing)
        self._network.submit(self._exchange).add_done_callback(self._bring_home)

    def _bring_home(self, future: Future[Exchanged | None]) -> None:
        with contextlib.suppress(RuntimeError):  # the program is closing and Qt is gone
            self._came_home.emit(future)

    def _deliver(self, future: Future[Exchanged | None]) -> None:
        if self._closed:
            return
        try:
            self._over(future.result())
        except CancelledError:
            return
        except KnownError as error:
            self._broke(error)
        except Exception:
            self._end()  # a bug: it is told, and the exchange goes on later
            self._plan(self.rhythm.after(done=False, moved=False))
            raise

    def _exchange(self) -> Exchanged | None:
        """Exchange with the first that answers; on a side thread."""
        from perpusdesk.syncing.http_transport import exchange_once

        member, done = self.member, None
        self.seal()
        for link in list(self._links):
            if member is None or self._closed:
                break
            done = exchange_once(member, link, on_store=self._on_store, facts=self._facts)
            if done.done:
                break
        return done

    def seal(self) -> None:
        """Sign what was not signed yet, in short turns; on a side thread."""
        exchange = self._desk.library.exchange
        while not self._closed and self._on_store(exchange.seal_some):
            continue

    def _on_store(self, step: Callable[[], T]) -> T:
        with self._tasks.turn():
            return step()

    def _facts(self) -> Facts:
        from perpusdesk.syncing.http_transport import own_facts

        library = self._desk.library
        return own_facts(library, conflicts=conflict_count(library))

    def _over(self, done: Exchanged | None) -> None:
        self._end()
        if done is None:
            return
        moved = bool(done.outcome.sent or done.outcome.received)
        self._left = done.waiting
        self._plan(self.rhythm.after(done=done.done, moved=moved))
        self.ran.emit(done)

    def _broke(self, error: KnownError) -> None:
        """The library itself failed: that a person must know."""
        self._end()
        self._plan(self.rhythm.after(done=False, moved=False))
        self.broke.emit(error)

    def _end(self) -> None:
        self.running = False
        self._look.stop()
        self._look_in()
        self._seen = self._written()
        self.tell()

    # --- when --------------------------------------------------------------------------------

    def _plan(self, seconds: float) -> None:
        if self._closed:
            return
        self._due = time.time() + seconds
        self._next.start(int(seconds * 1000))

    def _rested(self) -> None:
        """Plan an exchange when something was written here, now that nothing is under way."""
        written = self._written()
        if written == self._seen or self._closed:
            return
        if self.running:
            self._look_in()
            return
        self._seen = self._shown = written
        if self.member is not None:
            self.tell()
            self._hurry()

    def _hurry(self) -> None:
        """Do not wait longer than a pause after something was written here."""
        soon = self.rhythm.nudged()
        if not self._next.isActive() or self._due - time.time() > soon:
            self._plan(soon)

    def _look_in(self) -> None:
        """Tell while an exchange is under way that rows were changed by it."""
        written = self._written()
        if written != self._shown:
            self._shown = written
            self.arrived.emit()

    def _tick_on(self) -> None:
        """Notice that the computer slept: then what is due is done at once."""
        before, self._ticked = self._ticked, time.time()
        if self._ticked - before > _TICK_MS / 1000 + _SLEPT_S:
            self.network_came()
        elif not self.running and self._ticked > self._due + 1:
            self._begin()

    def _written(self) -> int:
        return sum(list(self._desk.library.versions.values()))

    def _told(self, now: Standing) -> None:
        self.standing = now
        self.changed.emit(now)
        if self.member is not None and not self.running and now.waiting > self._left:
            self._hurry()  # written while the last exchange was under way
