"""An exchange over HTTP: the network on the calling thread, the library's steps where it lives.

``on_store`` runs a step on the thread that uses the library and returns what it returned: each
step is short (at most one frame is read or written), so that a desk works on between two of them.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Final, Protocol, TypeVar

from perpusdesk import __version__
from perpusdesk.protocol.messages import Facts, Request, Response
from perpusdesk.storage.backup.log import newest_whole
from perpusdesk.storage.exchange_log import ExchangeEntry, latest_exchanges, note_exchange
from perpusdesk.storage.library import Library
from perpusdesk.syncing.bootstrap import fetch_snapshot, is_new
from perpusdesk.syncing.connections import Connection
from perpusdesk.syncing.engine.session import Exchange
from perpusdesk.syncing.engine.talk import BrokenOffError, Outcome, Talk
from perpusdesk.syncing.http_link import HttpLink
from perpusdesk.syncing.identity import Identity, Member
from perpusdesk.syncing.link_faults import LinkError
from perpusdesk.syncing.membership import membership

WAY: Final = "http"
_SANE_MS: Final = 1_577_836_800_000  # 1 January 2020: a server that says less forgot the time
T = TypeVar("T")


class OnStore(Protocol):
    """Runs a step on the library's thread, waits, and returns what it returned or raised."""

    def __call__(self, step: Callable[[], T], /) -> T:
        """Run one step."""


def at_once(step: Callable[[], T]) -> T:
    """Run steps on the calling thread: for commands, which have but one."""
    return step()


@dataclass(frozen=True, slots=True)
class Exchanged:
    """What an exchange came to; ``reason`` is empty when it came to its end, else a code.

    What was acknowledged before it broke off stays done, and is counted in ``outcome``.
    """

    connection: Connection
    outcome: Outcome
    reason: str = ""
    facts: dict[str, str | int] = field(default_factory=dict)
    took_ms: int = 0
    bytes_up: int = 0
    bytes_down: int = 0
    offset_ms: int | None = None
    waiting: int = 0

    @property
    def done(self) -> bool:
        """Whether it came to its end."""
        return not self.reason


def own_facts(library: Library, *, conflicts: int = 0, backup_ms: int = 0) -> Facts:
    """Return how this device is, for the list of devices at its server; on the store's thread."""
    exchange = library.exchange
    backup_ms = backup_ms or max((one.at_ms for one in newest_whole(library).values()), default=0)
    return Facts(
        now_ms=library.sources.wall_ms(),
        program=__version__,
        waiting=exchange.unsealed(),
        conflicts=conflicts,
        held=exchange.holds_back(),
        clock_suspect=library.clock_suspect,
        backup_ms=backup_ms,
        understanding=exchange.understanding(),
    )


def exchange_once(
    member: Member,
    link: HttpLink,
    *,
    on_store: OnStore = at_once,
    facts: Callable[[], Facts] | None = None,
    way: str = WAY,
) -> Exchanged:
    """Exchange everything with one server, note it in the history, and take its time over.

    ``facts`` is called on the store's thread. Network and server failures are told by ``reason``;
    raises ``KnownError`` when the library itself fails (a full disk).
    """
    library = member.library
    began, up, down = time.monotonic(), link.bytes_up, link.bytes_down
    tell = facts or (lambda: own_facts(library))
    run = Exchange(library.exchange, member.trust, tell, link.pace.frame)
    reason, why = "", dict[str, str | int]()
    try:
        peer = link.greet()
        on_store(lambda: _take_time_over(library, link))
        if library.folder.is_dir() and on_store(lambda: is_new(library)):
            into = library.folder / "snapshot-in"
            _drive(fetch_snapshot(library, into, member.identity.authority), link, on_store)
        _drive(run.run(peer), link, on_store)
    except LinkError as error:
        reason = error.reason
    except BrokenOffError as error:
        reason, why = error.reason, error.facts

    def finish() -> Exchanged:
        if link.newer_certificate:
            member.trust.keep([link.newer_certificate])
        return Exchanged(
            connection=link.connection,
            outcome=run.outcome,
            reason=reason,
            facts=why,
            took_ms=int((time.monotonic() - began) * 1000),
            bytes_up=link.bytes_up - up,
            bytes_down=link.bytes_down - down,
            offset_ms=link.offset_ms,
            waiting=library.exchange.waiting(link.peer or _known_peer(library, link)),
        )

    done = on_store(finish)
    on_store(lambda: note_exchange(library, entry_of(done, library.now_ms(), way)))
    return done


def _known_peer(library: Library, link: HttpLink) -> bytes:
    """Return which device answered at this address before, the server's own at the first time."""
    url = link.connection.url
    met = (one.peer for one in latest_exchanges(library) if one.where == url and one.peer)
    known = membership(library)
    return next(met, known.server if known else b"")


def entry_of(done: Exchanged, now_ms: int, way: str) -> ExchangeEntry:
    """Return an exchange as the history has it."""
    return ExchangeEntry(
        at_ms=now_ms,
        way=way,
        where=done.connection.url,
        peer=done.outcome.peer,
        reason=done.reason,
        sent=done.outcome.sent,
        received=done.outcome.received,
        bytes_up=done.bytes_up,
        bytes_down=done.bytes_down,
        took_ms=done.took_ms,
        offset_ms=done.offset_ms,
        repaired=done.outcome.repaired,
        server_restored=done.outcome.server_restored,
        differs=done.outcome.differs,
    )


@dataclass(frozen=True, slots=True)
class Tested:
    """How the way to a server is; ``reason`` is empty when it is open, else a code."""

    reason: str = ""
    round_trip_ms: int = 0
    offset_ms: int | None = None
    peer: bytes = b""


def test_connection(connection: Connection, identity: Identity) -> Tested:
    """Prove each other who we are, and exchange nothing; touches no library."""
    link = HttpLink(connection, identity)
    try:
        peer = link.greet()
    except LinkError as error:
        return Tested(error.reason)
    finally:
        link.close()
    return Tested("", link.round_trip_ms, link.offset_ms, peer)


def _drive(talk: Talk[T], link: HttpLink, on_store: OnStore) -> None:
    """Carry requests to the server and answers back until there is no more to say."""

    def next_request(answer: Response | None) -> Request | None:
        try:
            return next(talk) if answer is None else talk.send(answer)
        except StopIteration:
            return None

    try:
        request = on_store(partial(next_request, None))
        while request is not None:
            request = on_store(partial(next_request, link.ask(request)))
    finally:
        talk.close()


def _take_time_over(library: Library, link: HttpLink) -> None:
    """Go by the server's time while this program runs, unless the server forgot it."""
    if link.offset_ms is not None and link.offset_ms + library.sources.wall_ms() >= _SANE_MS:
        library.set_clock_offset(link.offset_ms)
