"""Ops of one stream into the columns of a body (``docs/developers/wire.md`` tells the format)."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any, Final
from uuid import UUID

import msgspec

from perpusdesk.domain.ids import parts_of
from perpusdesk.domain.merge.ops import Op
from perpusdesk.protocol.wire import header as head
from perpusdesk.protocol.wire.columns import (
    AT_LIMIT,
    CLOCK_LIMIT,
    DEEPEST,
    EPOCH_MS,
    FIRST_PLACE,
    LONGEST_WORD,
    MOST_ZONE,
    Column,
    Way,
    depth,
    local_day,
)
from perpusdesk.protocol.wire.ids import put_ids
from perpusdesk.protocol.wire.known import NUMBER_OF
from perpusdesk.protocol.wire.numbers import folded, put, put_column
from perpusdesk.protocol.wire.packing import MOST_BYTES, pack
from perpusdesk.protocol.wire.references import ReferenceWriter
from perpusdesk.protocol.wire.stamps import StampWriter
from perpusdesk.protocol.wire.templates import (
    DAY,
    ID,
    NUMBER,
    SHARED,
    STAMP,
    Template,
    leaves,
    plain,
    take_apart,
)

_TAG: Final = 2**50 - 1
_to_messagepack = msgspec.msgpack.Encoder().encode


def encode(ops: Sequence[Op]) -> bytes:
    """Return the body of a package: ops of one stream, in order and without a gap.

    The same ops always make the same body. Raises ``ValueError`` for ops of several streams, with
    a gap, or of which a number is out of range.
    """
    first = ops[0].stamp
    for seq, op in enumerate(ops, first.seq):
        if op.stamp[1:] != (first.device, first.incarnation, seq):
            raise ValueError("not one stream without a gap")
    writing = _Writing(ops)
    data = writing.data()
    if len(data) > MOST_BYTES or first.seq < 1 or len(ops) > head.MOST_OPS:
        raise ValueError("out of range")
    packing, rest = pack(data)
    palette = head.palette_bytes(list(writing.palette), writing.tag)
    header = head.Header(
        head.FORMAT, head.short_name(first.device), first.incarnation, first.seq, len(ops)
    )
    out = bytearray()
    head.put_header(out, packing, header, palette)
    return bytes(out + rest)


class _Shape:
    """Ops that differ in their values alone."""

    def __init__(
        self, number: int, entry: bytes, template: Template, ways: tuple[Way, Way]
    ) -> None:
        self.number = number
        self.entry = entry
        self.codes = leaves(template)
        self.entity_way, self.action_way = ways
        self.places: list[int] = []
        self.rows: list[list[Any]] = []


class _Writing:
    """One body in the making: first op by op, then column by column."""

    def __init__(self, ops: Sequence[Op]) -> None:
        self.ops = ops
        first = ops[0].stamp
        self.tag = head.tag_of(first.device, first.incarnation)
        self.palette: dict[bytes, int] = {}
        self._shapes: dict[tuple[Any, ...], _Shape] = {}
        self._columns: dict[Column, list[int]] = {column: [] for column in Column}
        self._moments: list[int] = []
        self._own: dict[int, int] = {}
        self._own_after: list[int] = []
        self._highest_draw = 0
        self._references = ReferenceWriter(self._own, self._own_after)
        self._others: list[Any] = []
        self._place = FIRST_PLACE
        self._stamps = StampWriter(ops, self._columns)
        self._read_ops()

    # -- op by op -------------------------------------------------------------------------------

    def _read_ops(self) -> None:
        before: Op | None = None
        numbers = self._columns[Column.SHAPES]
        for place, op in enumerate(self.ops):
            same = before is not None and op.action == before.action
            self._read_times(op, before, same=same)
            at = op.at
            if before is not None and op.entity == before.entity:
                entity_way = Way.SAME
            else:
                entity_way = self._drawn(op.entity.int, at)
            action_way = Way.SAME if same else self._drawn(op.action.int, at)
            self._own_after.append(len(self._own))
            template, values = take_apart(op.payload)
            key = (
                entity_way,
                action_way,
                op.verb,
                op.kind,
                op.entity_type,
                op.staff and op.staff.int,
                op.branch and op.branch.int,
                op.zone,
                template,
            )
            shape = self._shapes.get(key)
            if shape is None:
                shape = self._shapes[key] = self._new_shape(op, template, (entity_way, action_way))
            numbers.append(shape.number)
            shape.places.append(place)
            shape.rows.append(values)
            before = op

    def _read_times(self, op: Op, before: Op | None, *, same: bool) -> None:
        clock = op.stamp.clock
        if not (0 <= clock < CLOCK_LIMIT and -AT_LIMIT <= op.at < AT_LIMIT):
            raise ValueError("out of range")
        ms, counter, expected = clock >> 16, clock & 0xFFFF, 0
        if before is not None and before.stamp.clock >> 16 == ms:
            expected = (before.stamp.clock & 0xFFFF) + 1
        self._moments.append(ms)
        self._columns[Column.COUNTERS].append(folded(counter - expected))
        at = before.at if before is not None and same else ms
        self._columns[Column.AT].append(folded(op.at - at))

    def _drawn(self, value: int, at: int) -> Way:
        """Tell an id that this run drew just now; any other is told by reference."""
        if value & _TAG != self.tag or value in self._own:
            return Way.REFERENCE
        parts = parts_of(value)
        if parts is None:
            return Way.REFERENCE
        surprise = parts.counter - self._highest_draw - 1
        if self._own and surprise < -64:
            return Way.REFERENCE
        self._own[value] = len(self._own)
        self._highest_draw = max(self._highest_draw, parts.counter)
        self._columns[Column.OWN_MS].append(folded(at - parts.ms))
        self._columns[Column.OWN_COUNTER].append(folded(surprise))
        return Way.DRAWN

    def _new_shape(self, op: Op, template: Template, ways: tuple[Way, Way]) -> _Shape:
        words = (op.verb, op.entity_type, op.kind)
        if abs(op.zone) > MOST_ZONE or any(len(word) > LONGEST_WORD for word in words):
            raise ValueError("out of range")
        entry = bytearray()
        known = NUMBER_OF.get((*words, template), 0)
        put(entry, known)
        place = (self._in_palette(op.staff), self._in_palette(op.branch), op.zone)
        entry.append(ways[0] | ways[1] << 2 | (place != self._place) << 4)
        if place != self._place:
            put(entry, place[0])
            put(entry, place[1])
            put(entry, folded(place[2]))
            self._place = place
        if not known:
            told = _to_messagepack((*words, plain(template)))
            put(entry, len(told))
            entry += told
        return _Shape(len(self._shapes), bytes(entry), template, ways)

    def _in_palette(self, id_: UUID | None) -> int:
        return 0 if id_ is None else self._shared(id_.bytes) + 1

    def _shared(self, id_: bytes) -> int:
        return self.palette.setdefault(id_, len(self.palette))

    # -- column by column -----------------------------------------------------------------------

    def data(self) -> bytes:
        """Return everything behind the header."""
        for shape in self._shapes.values():
            self._read_shape(shape)
        self._columns[Column.REFERENCES] = self._references.numbers
        moments = self._moments
        out = bytearray()
        put(out, sum(1 << column for column, values in self._columns.items() if any(values)))
        put(out, folded(moments[0] - EPOCH_MS))
        put(out, len(self._shapes))
        for shape in self._shapes.values():
            out += shape.entry
        self._put(out, Column.SHAPES)
        put_column(out, [folded(b - a) for a, b in pairwise(moments)])
        for column in (Column.COUNTERS, Column.AT, Column.OWN_MS, Column.OWN_COUNTER):
            self._put(out, column)
        self._put(out, Column.SHARED)
        self._put(out, Column.REFERENCES)
        if self._references.told:
            put_ids(out, list(self._references.told), self.tag)
        self._put(out, Column.DAYS)
        self._put(out, Column.NUMBERS)
        self._stamps.put(out)
        if self._others:
            out += _to_messagepack(self._others)
        return bytes(out)

    def _put(self, out: bytearray, column: Column) -> None:
        if any(self._columns[column]):
            put_column(out, self._columns[column])

    def _read_shape(self, shape: _Shape) -> None:
        ops, places = self.ops, shape.places
        if shape.entity_way == Way.REFERENCE:
            self._references.tell(places, [ops[place].entity.bytes for place in places])
        if shape.action_way == Way.REFERENCE:
            self._references.tell(places, [ops[place].action.bytes for place in places])
        self._stamps.next_shape(places)
        for code, values in zip(shape.codes, zip(*shape.rows, strict=True), strict=True):
            if code == ID:
                self._references.tell(places, values)
            elif code == NUMBER:
                self._columns[Column.NUMBERS] += map(folded, values)
            elif code == DAY:
                self._columns[Column.DAYS] += [
                    folded(day - local_day(ops[place].at, ops[place].zone))
                    for place, day in zip(places, values, strict=True)
                ]
            elif code == SHARED:
                self._columns[Column.SHARED] += map(self._shared, values)
            elif code == STAMP:
                self._stamps.read(values)
            else:
                self._others += values
                if any(isinstance(one, list | dict) and depth(one) > DEEPEST for one in values):
                    raise ValueError("out of range")
