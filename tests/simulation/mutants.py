"""Programs that lack one protection each: the stories must tell every one from the right one."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from typing import Any, Final
from unittest.mock import patch

from perpusdesk.domain.merge import fields, judgement, loans
from perpusdesk.domain.merge.lanes import LANES, stream_of
from perpusdesk.protocol import wire
from perpusdesk.protocol.messages import Cursor, Hello, Package, Pull, Pulled
from perpusdesk.syncing.engine import session
from perpusdesk.syncing.engine.incoming import Incoming
from perpusdesk.syncing.engine.outgoing import Outgoing
from perpusdesk.syncing.engine.serve import Server
from perpusdesk.syncing.engine.talk import Talk, ask
from simulation.memory_store import MemoryStore

Mutant = Callable[[], AbstractContextManager[Any]]


def same_incarnation() -> AbstractContextManager[Any]:
    """A program goes on with the streams that it finds on its disk."""
    begin = MemoryStore.__init__

    def started(self: MemoryStore, *args: Any) -> None:
        begin(self, *args)
        pen = self.pen
        pen._run = int.from_bytes(self.device[:7], "big")
        pen._seqs = {
            lane: self.disk.top.get((self.device, stream_of(pen._run, lane)), 0) for lane in LANES
        }

    return patch.object(MemoryStore, "__init__", started)


def no_relay() -> AbstractContextManager[Any]:
    """A device sends what it wrote itself alone."""
    push = Outgoing.push

    def own(self: Outgoing, packages: list[Package]) -> Talk[None]:
        name = wire.short_name(self._store.device)
        mine = [one for one in packages if wire.read_header(one.body).device_name == name]
        yield from push(self, mine)

    return patch.object(Outgoing, "push", own)


def epoch_stays() -> AbstractContextManager[Any]:
    """A restored server goes on as if it were the one before."""
    begin = MemoryStore.begin_epoch

    def once(self: MemoryStore, random: bytes) -> None:
        if not self.disk.values.get("epoch"):
            begin(self, random)

    return patch.object(MemoryStore, "begin_epoch", once)


def restore_unnoticed() -> AbstractContextManager[Any]:
    """A server believes whatever cursor it is shown."""
    return patch.object(Server, "_reached", lambda _self, _cursor: True)


def witness_ignored() -> AbstractContextManager[Any]:
    """A device forgets what was acknowledged, and keeps only how far it read."""

    def without(*args: Any) -> Hello:
        library, device, cursor, _, facts = args
        return Hello(library, device, cursor, None, facts)

    return patch.object(session, "Hello", without)


def cursor_first() -> AbstractContextManager[Any]:
    """A device notes that it has read packages before it keeps them."""
    take = Incoming.take

    def early(self: Incoming, packages: list[Package], heads: Any) -> Any:
        if heads is not None:
            self.state.cursor = heads
            self._store.put_peer(self.peer, self.state)
        return (yield from take(self, packages, heads))

    return patch.object(Incoming, "take", early)


def gap_unnoticed() -> AbstractContextManager[Any]:
    """A device believes the cursor that comes with an answer."""

    def pull(self: Incoming, *, urgent: bool = False) -> Any:
        got: tuple[bytes, int] | None = None
        while True:
            request = Pull(Cursor(self.state.epoch, self.state.cursor), self._frame, got, urgent)
            pulled = yield from ask(request, Pulled)
            if pulled.piece is not None:
                got, whole = self.keep_piece(pulled.piece)
                if whole is not None:
                    yield from self.take([whole], self._behind(pulled.lane, [whole]))
                continue
            got = None
            if not pulled.more:
                return pulled.essence
            yield from self.take(pulled.packages, pulled.cursor.heads)

    return patch.object(Incoming, "pull", pull)


def latest_return() -> AbstractContextManager[Any]:
    """A loan ends at the last return instead of the first."""
    return patch.object(loans, "min", max, create=True)


def base_unchecked() -> AbstractContextManager[Any]:
    """Whoever wrote last is taken to have seen all that was there."""
    return patch.object(fields, "_line_of", lambda _name, _kept, sets: set(sets))


def _some_judge(change: Callable[[judgement.Judgement], judgement.Judgement]) -> Any:
    learn = MemoryStore._learn

    def learned(self: MemoryStore) -> None:
        learn(self)
        if self.device[0] % 2:
            self.judgement = change(self.judgement)

    return patch.object(MemoryStore, "_learn", learned)


def caps_ignored() -> AbstractContextManager[Any]:
    """Some devices go by the clocks that others claim."""
    return _some_judge(lambda said: replace(said, caps={}))


def cuts_ignored() -> AbstractContextManager[Any]:
    """Some devices count what shut-out ones still sent."""
    return _some_judge(lambda said: replace(said, cuts={}))


MUTANTS: Final[dict[str, tuple[Mutant, int]]] = {
    "same_incarnation": (same_incarnation, 20),
    "no_relay": (no_relay, 20),
    "epoch_stays": (epoch_stays, 80),
    "restore_unnoticed": (restore_unnoticed, 20),
    "witness_ignored": (witness_ignored, 200),
    "cursor_first": (cursor_first, 80),
    "gap_unnoticed": (gap_unnoticed, 80),
    "latest_return": (latest_return, 20),
    "base_unchecked": (base_unchecked, 20),
    "caps_ignored": (caps_ignored, 20),
    "cuts_ignored": (cuts_ignored, 20),
}
"""By name: what is taken away, and within how many stories that must show."""
