"""Stamps inside payloads: what a writer had seen (``base``) and what is taken back (``of``).

Each is told by its kind: 0 the same as the value before it in this op, 1 an op of this body, 2 an
earlier op of this stream, 3 and more an op of the streams listed, in order. Then come the seqs (of
this stream: how far back), and of kinds 2 and more the clocks, as ms back and counter.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from perpusdesk.domain.merge.ops import Op
from perpusdesk.protocol.wire.columns import Column, StampKind
from perpusdesk.protocol.wire.errors import WireError, WireFault
from perpusdesk.protocol.wire.numbers import Reader, folded, put_column, unfolded

_LIMIT = 2**63
_STREAM_BYTES = 24


class StampWriter:
    """Tells the stamps of one body, a value of all ops of a shape after the other."""

    def __init__(self, ops: Sequence[Op], columns: dict[Column, list[int]]) -> None:
        self._ops = ops
        self._columns = columns
        self._own = ops[0].stamp[1:3]
        self._first = ops[0].stamp.seq
        self._streams: dict[tuple[bytes, int], int] = {}
        self._places: Sequence[int] = ()
        self._before: Sequence[Any] = ()

    def next_shape(self, places: Sequence[int]) -> None:
        """Go on with the ops of another shape."""
        self._places, self._before = places, [None] * len(places)

    def read(self, stamps: Sequence[list[Any]]) -> None:
        """Take one stamp of each op."""
        kinds = self._columns[Column.STAMP_KINDS]
        for place, before, stamp in zip(self._places, self._before, stamps, strict=True):
            kinds.append(StampKind.SAME if stamp == before else self._tell(self._ops[place], stamp))
        self._before = stamps

    def _tell(self, op: Op, stamp: list[Any]) -> int:
        clock, device, incarnation, seq = stamp
        seqs = self._columns[Column.STAMP_SEQS]
        if (device, incarnation) == self._own:
            seqs.append(folded(op.stamp.seq - seq))
            place = seq - self._first
            if 0 <= place < len(self._ops) and self._ops[place].stamp.clock == clock:
                return StampKind.OWN_HERE
            kind = int(StampKind.OWN_BEFORE)
        else:
            seqs.append(seq)
            number = self._streams.setdefault((device, incarnation), len(self._streams))
            kind = StampKind.FOREIGN + number
        self._columns[Column.STAMP_MS].append(folded((op.stamp.clock >> 16) - (clock >> 16)))
        self._columns[Column.STAMP_COUNTERS].append(clock & 0xFFFF)
        return kind

    def put(self, out: bytearray) -> None:
        """Add the columns and the streams."""
        for column in (
            Column.STAMP_KINDS,
            Column.STAMP_SEQS,
            Column.STAMP_MS,
            Column.STAMP_COUNTERS,
        ):
            if any(self._columns[column]):
                put_column(out, self._columns[column])
        for device, incarnation in self._streams:
            out += device + incarnation.to_bytes(8, "big")


class StampReader:
    """Gives the stamps of one body back in the order they were told."""

    def __init__(
        self, stream: tuple[bytes, int], first: int, clocks: Sequence[int], columns: Any, count: int
    ) -> None:
        """``columns(reader's column, count)`` takes a column; ``count`` stamps are told."""
        self._stream, self._first, self._clocks = stream, first, clocks
        self._kinds = columns(Column.STAMP_KINDS, count)
        timed = sum(1 for kind in self._kinds if kind >= StampKind.OWN_BEFORE)
        told = count - self._kinds.count(StampKind.SAME)
        self._seqs = iter(columns(Column.STAMP_SEQS, told))
        self._ms = iter(columns(Column.STAMP_MS, timed))
        self._counters = iter(columns(Column.STAMP_COUNTERS, timed))
        self._next = 0
        self._streams: list[tuple[bytes, int]] = []

    def take_streams(self, reader: Reader) -> None:
        """Take the list of other streams."""
        count = max(self._kinds, default=0) - StampKind.FOREIGN + 1
        for _ in range(count):
            data = reader.take(_STREAM_BYTES)
            self._streams.append((data[:16], int.from_bytes(data[16:], "big")))

    def take(self, places: Sequence[int], before: Sequence[Any]) -> list[list[Any]]:
        """Return one stamp for each op; ``before`` are their stamps that came last."""
        kinds = self._kinds[self._next : self._next + len(places)]
        self._next += len(places)
        return [
            list(last) if kind == StampKind.SAME and last else self._one(kind, place)
            for kind, place, last in zip(kinds, places, before, strict=True)
        ]

    def _one(self, kind: int, place: int) -> list[Any]:
        if kind == StampKind.SAME:
            raise WireError(WireFault.DAMAGED)
        own, seq = kind < StampKind.FOREIGN, next(self._seqs)
        if own:
            seq = self._first + place - unfolded(seq)
        if kind == StampKind.OWN_HERE:
            if not 0 <= seq - self._first < len(self._clocks):
                raise WireError(WireFault.OUT_OF_RANGE)
            clock = self._clocks[seq - self._first]
        else:
            counter = next(self._counters)
            clock = ((self._clocks[place] >> 16) - unfolded(next(self._ms)) << 16) + counter
            if counter > 0xFFFF:
                raise WireError(WireFault.OUT_OF_RANGE)
        if not (0 <= seq < _LIMIT and 0 <= clock < _LIMIT):
            raise WireError(WireFault.OUT_OF_RANGE)
        return [clock, *(self._stream if own else self._streams[kind - StampKind.FOREIGN]), seq]
