"""Receiving: packages are opened, checked to be without gap, and kept with the cursor."""

from __future__ import annotations

from collections.abc import Sequence

from perpusdesk.domain.merge.lanes import LANES
from perpusdesk.protocol.messages import (
    Certificates,
    CertificatesWanted,
    Cursor,
    Heads,
    Package,
    Piece,
    Pull,
    Pulled,
    Push,
    Pushed,
)
from perpusdesk.protocol.opened import Opened, PeerState
from perpusdesk.storage.packages import next_hash
from perpusdesk.syncing.engine.opening import open_all
from perpusdesk.syncing.engine.ports import Store, Trust
from perpusdesk.syncing.engine.serve import whole_package
from perpusdesk.syncing.engine.talk import BrokenOffError, Outcome, Talk, ask

_START = (0, bytes(8))


class Incoming:
    """The receiving half of an exchange with one peer."""

    def __init__(self, store: Store, trust: Trust, outcome: Outcome, frame: int) -> None:
        self._store, self._trust, self.outcome, self._frame = store, trust, outcome, frame
        self.peer = b""
        self.state = PeerState()
        self.told = Cursor(b"", {})
        """The furthest of the peer's log that it told us of in this exchange."""

    def pull(self, *, urgent: bool = False) -> Talk[bytes]:
        """Receive what arrived at the peer since, frame by frame, each kept at once.

        Returns what all rows of the peer come to.
        """
        got: tuple[bytes, int] | None = None
        while True:
            cursor = Cursor(self.state.epoch, self.state.cursor)
            pulled = yield from ask(Pull(cursor, self._frame, got, urgent), Pulled)
            if pulled.piece is not None:
                got, whole = self.keep_piece(pulled.piece)
                if whole is not None:
                    yield from self.take([whole], self._behind(pulled.lane, [whole]))
                continue
            got = None
            if not pulled.more:
                return pulled.essence
            behind = self._behind(pulled.lane, pulled.packages)
            if not pulled.packages or behind != pulled.cursor.heads:
                raise BrokenOffError("gap")
            yield from self.take(pulled.packages, behind)

    def _behind(self, lane: int, packages: Sequence[Package]) -> Heads:
        """Return where the peer's log stands after some packages: nothing may be left out.

        Nor may it be another log than the one that we were told of before.
        """
        arrival, hash_ = self.state.cursor.get(lane, _START)
        told, told_hash = self.state.witness.get(lane, _START)
        for package in packages:
            arrival, hash_ = arrival + 1, next_hash(hash_, package)
            if arrival == told and hash_ != told_hash:
                raise BrokenOffError("other_log")
        return {**self.state.cursor, lane: (arrival, hash_)}

    def note_told(self, cursor: Cursor) -> None:
        """Remember how far the peer says that its log goes: it must never be shorter again.

        Nor may the same place of it have another hash. Whether a log that is longer now goes on
        from what we were told before, only the peer can say (``prove``).
        """
        if self.told.epoch not in (b"", cursor.epoch):
            raise BrokenOffError("other_log")
        for lane, (arrival, hash_) in self.told.heads.items():
            there, now = cursor.heads.get(lane, _START)
            if there < arrival or (there == arrival and now != hash_):
                raise BrokenOffError("other_log")
        self.told = Cursor(cursor.epoch, further(self.told.heads, cursor.heads))
        if self.state.epoch == cursor.epoch:
            self.state.witness = further(self.state.witness, self.told.heads)

    def prove(self, told: Cursor) -> Talk[None]:
        """Let the peer say that its log still goes on from what it told us of."""
        if told != self.told:
            for one in (told, self.told):
                pushed = yield from ask(Push([], one), Pushed)
                self.note_told(pushed.cursor)

    def keep_piece(self, piece: Piece) -> tuple[tuple[bytes, int] | None, Package | None]:
        """Keep a piece; return how much of its package is here, or all of it with the last."""
        got, whole = self._store.put_piece(piece, self.peer)
        if whole is not None:
            return None, whole_package(whole)
        if got == piece.start:
            raise BrokenOffError("pieces_refused")
        return (piece.digest, got), None

    def take(self, packages: Sequence[Package], heads: Heads | None) -> Talk[list[Opened]]:
        """Keep packages and, in the same transaction, how far that brings us."""
        opened = yield from self._open(packages)
        state = self.state
        if heads is not None:
            state = PeerState(
                state.epoch, heads, further(state.witness, heads), state.sent, state.last_ms
            )
        done = self._store.accept(opened, self.peer, {self.peer: state})
        self.state = state
        self.outcome.received += done.new
        self.outcome.held += done.held
        return opened

    def read(self, packages: Sequence[Package]) -> list[Opened]:
        """Return packages of ours opened, as far as that can be done."""
        return open_all(packages, self._trust, self._store.library).opened

    def _open(self, packages: Sequence[Package]) -> Talk[list[Opened]]:
        """Return all packages opened; raises ``BrokenOffError`` when one cannot be.

        Then nothing of them is kept and the cursor stays before them: to leave one out is to lose
        it.
        """
        found = open_all(packages, self._trust, self._store.library)
        if found.unknown:
            answer = yield from ask(CertificatesWanted(sorted(found.unknown)), Certificates)
            self._trust.keep(answer.certificates)
            found = open_all(packages, self._trust, self._store.library)
        if found.unknown:
            raise BrokenOffError("unknown_device")
        if found.refused:
            raise BrokenOffError(found.refused[0][1])
        return found.opened


def further(one: Heads, other: Heads) -> Heads:
    """Return by lane the head that is further on."""
    return {lane: max(one.get(lane, _START), other.get(lane, _START)) for lane in LANES}
