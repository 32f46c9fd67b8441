"""Sending: packages frame by frame, each acknowledged; loans before the catalogue."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from perpusdesk.domain.merge.lanes import BULK, LANES
from perpusdesk.protocol.messages import Certificates, Package, Piece, Push, Pushed
from perpusdesk.protocol.opened import Arrival
from perpusdesk.syncing.engine.incoming import Incoming
from perpusdesk.syncing.engine.ports import Store, Trust
from perpusdesk.syncing.engine.serve import package_bytes_of
from perpusdesk.syncing.engine.talk import BrokenOffError, Outcome, Talk, ask

_URGENT_EVERY: Final = 4
"""After so many frames of the catalogue, look for the other side's loans."""


class Outgoing:
    """The sending half of an exchange with one peer; shares the peer's state with ``incoming``."""

    def __init__(
        self, store: Store, trust: Trust, outcome: Outcome, frame: int, incoming: Incoming
    ) -> None:
        self._store, self._trust, self._outcome, self._frame = store, trust, outcome, frame
        self._incoming = incoming

    def push_all(self, *, pulls: bool) -> Talk[None]:
        """Send what the peer lacks; loans that are made meanwhile go before the next frame."""
        frames = 0
        while frame := self._next_frame():
            lane, arrivals = frame
            incoming = self._incoming
            yield from self.push([one.package for one in arrivals if one.source != incoming.peer])
            incoming.state.sent = {**incoming.state.sent, lane: arrivals[-1].arrival}
            self._store.put_peer(incoming.peer, incoming.state)
            frames += lane == BULK
            if pulls and lane == BULK and frames % _URGENT_EVERY == 0:
                yield from incoming.pull(urgent=True)

    def _next_frame(self) -> tuple[int, list[Arrival]] | None:
        self._store.seal()
        for lane in LANES:
            found = self._store.after(lane, self._incoming.state.sent.get(lane, 0))
            if found:
                return lane, self._cut(found)
        return None

    def _cut(self, found: list[Arrival]) -> list[Arrival]:
        """Return the first arrivals that fit into a frame, at least one."""
        used, cut = 0, 0
        for arrival in found:
            used += 0 if arrival.source == self._incoming.peer else arrival.package.size
            if used > self._frame and cut:
                break
            cut += 1
        return found[:cut]

    def push_each(self, packages: Iterable[Package]) -> Talk[None]:
        """Send packages, as many in a frame as fit."""
        frame: list[Package] = []
        for package in packages:
            if frame and sum(one.size for one in frame) + package.size > self._frame:
                yield from self.push(frame)
                frame = []
            frame.append(package)
        yield from self.push(frame)

    def push(self, packages: Sequence[Package]) -> Talk[None]:
        """Send packages of one frame until they are acknowledged, with certificates if need be."""
        if not packages:
            return
        pushed = yield from self._send(packages)
        if pushed.unknown:
            certificates = self._trust.certificates(pushed.unknown)
            yield from ask(Certificates(certificates), Certificates)
            pushed = yield from self._send(packages)
        if pushed.unknown:
            raise BrokenOffError("unknown_device")
        self._outcome.sent += pushed.new
        self._outcome.refused += [reason for _, reason in pushed.refused]
        self._incoming.note_told(pushed.cursor)

    def _send(self, packages: Sequence[Package]) -> Talk[Pushed]:
        if len(packages) == 1 and packages[0].size > self._frame:
            return (yield from self._send_pieces(packages[0]))
        return (yield from ask(Push(list(packages), self._incoming.told), Pushed))

    def _send_pieces(self, package: Package) -> Talk[Pushed]:
        data, start = package_bytes_of(package), 0
        while True:
            part = data[start : start + self._frame]
            piece = Piece(package.content, start, len(data), part, self._incoming.told)
            pushed = yield from ask(piece, Pushed)
            if pushed.got >= len(data):
                return pushed
            if pushed.got <= start:
                raise BrokenOffError("pieces_refused")
            start = pushed.got
