"""The columns of a body into ops again; whatever the bytes are, all that goes wrong is known."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import repeat
from typing import Any, Final
from uuid import UUID

import msgspec

from perpusdesk.domain.ids import id_of, joined
from perpusdesk.domain.merge.ops import Op, Stamp
from perpusdesk.protocol.wire import header as head
from perpusdesk.protocol.wire.columns import (
    AT_LIMIT,
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
from perpusdesk.protocol.wire.errors import WireError, WireFault
from perpusdesk.protocol.wire.ids import take_ids
from perpusdesk.protocol.wire.known import KNOWN
from perpusdesk.protocol.wire.numbers import Reader, total, unfolded
from perpusdesk.protocol.wire.packing import unpack
from perpusdesk.protocol.wire.stamps import StampReader
from perpusdesk.protocol.wire.templates import (
    DAY,
    ID,
    NUMBER,
    OTHER,
    SHARED,
    STAMP,
    Template,
    builder,
    checked,
    day_text,
    leaves,
)

_BROKEN: Final = (
    ValueError,
    IndexError,
    OverflowError,
    RecursionError,
    msgspec.DecodeError,
    TypeError,
)
_from_messagepack = msgspec.msgpack.Decoder().decode


def decode(body: bytes, device: bytes) -> list[Op]:
    """Return the ops of a body; ``device`` is the full id of the device it names.

    Raises ``WireError`` whatever the bytes may be: damaged, too new, too large (over 8 MiB or
    20,000 ops), of another device, or with a value out of range.
    """
    opened = head.open_header(body)
    if len(device) != 16 or opened.header.device_name != head.short_name(device):
        raise WireError(WireFault.WRONG_DEVICE)
    try:
        return list(_Reading(opened, unpack(opened.packing, body[opened.rest :]), device).ops())
    except _BROKEN as error:
        raise WireError(WireFault.DAMAGED, error=type(error).__name__) from error


class _Shape:
    """Ops that differ in their values alone."""

    def __init__(self, words: tuple[str, str, str], template: Template, ways: int) -> None:
        self.verb, self.type, self.kind = words
        self.template = template
        self.codes = leaves(template)
        self.entity_way, self.action_way = ways & 3, ways >> 2 & 3
        self.place: tuple[UUID | None, UUID | None, int] = (None, None, 0)
        self.places: list[int] = []
        self.entities: Iterator[UUID] = iter(())
        self.actions: Iterator[UUID] = iter(())
        self.payloads: Iterator[Any] = iter(())

    def references(self) -> int:
        """How many ids of each op are told by reference."""
        ways = (self.entity_way, self.action_way)
        return ways.count(Way.REFERENCE) + self.codes.count(ID)


class _Reading:
    """One body: first the shapes, then column by column, at last op by op."""

    def __init__(self, opened: head.Opened, data: bytes, device: bytes) -> None:
        self._header = opened.header
        self._device = device
        self._tag = head.tag_of(device, opened.header.incarnation)
        self._palette = head.palette_ids(opened.palette, self._tag)
        self._palette_ids = [None, *(id_of(id_) for id_ in self._palette)]
        self._reader = Reader(data)
        self._count = opened.header.count
        self._mask = self._reader.number()
        if self._mask >> len(Column):
            raise WireError(WireFault.DAMAGED)
        base = unfolded(self._reader.number()) + EPOCH_MS
        self._shapes = self._take_shapes()
        self._numbers = self._take_numbers()
        self._clocks = self._take_clocks(base)
        self._at = self._take_at()
        self._own: list[int] = []
        self._own_after: list[int] = []
        self._entities: list[Any] = []
        self._actions: list[Any] = []
        self._take_drawn()
        self._take_values()

    def _column(self, column: Column, count: int) -> Sequence[int]:
        if not self._mask >> column & 1:
            return bytes(count)
        return self._reader.column(count)

    # -- shapes ---------------------------------------------------------------------------------

    def _take_shapes(self) -> list[_Shape]:
        count = self._reader.number()
        if not 0 < count <= self._count:
            raise WireError(WireFault.DAMAGED)
        place, shapes = FIRST_PLACE, []
        for _ in range(count):
            known, ways = self._reader.number(), self._reader.take(1)[0]
            if ways > 0x1F or ways & 3 == 3 or ways >> 2 & 3 == 3:
                raise WireError(WireFault.DAMAGED)
            if ways & 0x10:
                place = self._take_place()
            words, template = self._known(known) if known else self._take_words()
            shape = _Shape(words, template, ways)
            staff, branch, zone = place
            shape.place = (self._palette_ids[staff], self._palette_ids[branch], zone)
            shapes.append(shape)
        return shapes

    def _take_place(self) -> tuple[int, int, int]:
        number = self._reader.number
        place = (number(), number(), unfolded(number()))
        if abs(place[2]) > MOST_ZONE:
            raise WireError(WireFault.OUT_OF_RANGE)
        return place

    def _known(self, number: int) -> tuple[tuple[str, str, str], Template]:
        verb, type_, kind, template = KNOWN[number - 1]
        return (verb, type_, kind), template

    def _take_words(self) -> tuple[tuple[str, str, str], Template]:
        told = _from_messagepack(self._reader.take(self._reader.number()))
        if type(told) is not list or len(told) != 4:
            raise WireError(WireFault.DAMAGED)
        verb, type_, kind, template = told
        for word in (verb, type_, kind):
            if type(word) is not str or len(word) > LONGEST_WORD:
                raise WireError(WireFault.DAMAGED)
        return (verb, type_, kind), checked(template)

    def _take_numbers(self) -> Sequence[int]:
        numbers = self._column(Column.SHAPES, self._count)
        if max(numbers) >= len(self._shapes):
            raise WireError(WireFault.DAMAGED)
        for place, number in enumerate(numbers):
            self._shapes[number].places.append(place)
        total(len(shape.codes) * len(shape.places) for shape in self._shapes)
        return numbers

    # -- times and drawn ids --------------------------------------------------------------------

    def _take_clocks(self, ms: int) -> list[int]:
        steps = [0, *map(unfolded, self._reader.column(self._count - 1))]
        clocks, counter = [], -1
        surprises = self._column(Column.COUNTERS, self._count)
        for step, surprise in zip(steps, surprises, strict=True):
            if step:
                ms += step
                counter = -1
            counter += 1 + unfolded(surprise)
            if not 0 <= counter <= 0xFFFF or not 0 <= ms < 2**47:
                raise WireError(WireFault.OUT_OF_RANGE)
            clocks.append(ms << 16 | counter)
        return clocks

    def _take_at(self) -> list[int]:
        found: list[int] = []
        at = 0
        surprises = self._column(Column.AT, self._count)
        for clock, number, surprise in zip(self._clocks, self._numbers, surprises, strict=True):
            if self._shapes[number].action_way != Way.SAME:
                at = clock >> 16
            at += unfolded(surprise)
            if not -AT_LIMIT <= at < AT_LIMIT:
                raise WireError(WireFault.OUT_OF_RANGE)
            found.append(at)
        return found

    def _take_drawn(self) -> None:
        drawn = sum(
            len(shape.places) * (shape.entity_way, shape.action_way).count(Way.DRAWN)
            for shape in self._shapes
        )
        back = iter(self._column(Column.OWN_MS, drawn))
        surprises = iter(self._column(Column.OWN_COUNTER, drawn))
        highest = 0
        for at, number in zip(self._at, self._numbers, strict=True):
            shape = self._shapes[number]
            for way, ids in (
                (shape.entity_way, self._entities),
                (shape.action_way, self._actions),
            ):
                if way != Way.DRAWN:
                    ids.append(None)
                    continue
                counter = highest + 1 + unfolded(next(surprises))
                ms = at - unfolded(next(back))
                if not (0 <= counter < 2**24 and 0 <= ms < 2**48):
                    raise WireError(WireFault.OUT_OF_RANGE)
                highest = max(highest, counter)
                id_ = joined(ms, counter, self._tag)
                self._own.append(id_)
                ids.append(id_of(id_.to_bytes(16, "big")))
            self._own_after.append(len(self._own))

    # -- values ---------------------------------------------------------------------------------

    def _take_values(self) -> None:
        counts = {code: self._leaves(code) for code in (SHARED, DAY, NUMBER, STAMP, OTHER)}
        shared = iter(self._column(Column.SHARED, counts[SHARED]))
        count = total(len(shape.places) * shape.references() for shape in self._shapes)
        references = self._column(Column.REFERENCES, count)
        new = references.count(0)
        foreign = take_ids(self._reader, new, self._tag) if new else []
        refer = _Referring(references, foreign, self._own, self._own_after).take
        days = iter(self._column(Column.DAYS, counts[DAY]))
        numbers = iter(self._column(Column.NUMBERS, counts[NUMBER]))
        stream = (self._device, self._header.incarnation)
        stamps = StampReader(stream, self._header.first, self._clocks, self._column, counts[STAMP])
        stamps.take_streams(self._reader)
        others = iter(self._take_others(counts[OTHER]))
        for shape in self._shapes:
            places = shape.places
            if shape.entity_way == Way.REFERENCE:
                shape.entities = iter([id_of(id_) for id_ in refer(places)])
            if shape.action_way == Way.REFERENCE:
                shape.actions = iter([id_of(id_) for id_ in refer(places)])
            columns: list[Any] = []
            before: Sequence[Any] = [None] * len(places)
            for code in shape.codes:
                if code == ID:
                    columns.append(refer(places))
                elif code == NUMBER:
                    columns.append([unfolded(next(numbers)) for _ in places])
                elif code == DAY:
                    columns.append(
                        [
                            day_text(
                                unfolded(next(days)) + local_day(self._at[place], shape.place[2])
                            )
                            for place in places
                        ]
                    )
                elif code == SHARED:
                    columns.append([self._palette[next(shared)] for _ in places])
                elif code == STAMP:
                    before = stamps.take(places, before)
                    columns.append(before)
                else:
                    columns.append([next(others) for _ in places])
            rows = zip(*columns, strict=True) if columns else repeat((), len(places))
            shape.payloads = map(builder(shape.template), rows)

    def _leaves(self, code: str) -> int:
        return sum(len(shape.places) * shape.codes.count(code) for shape in self._shapes)

    def _take_others(self, count: int) -> list[Any]:
        if not count:
            self._reader.end()
            return []
        others = _from_messagepack(self._reader.rest())
        if type(others) is not list or len(others) != count:
            raise WireError(WireFault.DAMAGED)
        if any(isinstance(one, list | dict) and depth(one) > DEEPEST for one in others):
            raise WireError(WireFault.TOO_LARGE)
        return others

    # -- ops ------------------------------------------------------------------------------------

    def ops(self) -> Iterator[Op]:
        """Yield the ops in order."""
        seq, device, incarnation = self._header.first, self._device, self._header.incarnation
        entity: UUID | None = None
        action: UUID | None = None
        for clock, number, at, drawn, drawn_action in zip(
            self._clocks, self._numbers, self._at, self._entities, self._actions, strict=True
        ):
            shape = self._shapes[number]
            if shape.entity_way != Way.SAME:
                entity = drawn or next(shape.entities)
            if shape.action_way != Way.SAME:
                action = drawn_action or next(shape.actions)
            if entity is None or action is None:
                raise WireError(WireFault.DAMAGED)
            staff, branch, zone = shape.place
            yield Op(
                stamp=Stamp(clock, device, incarnation, seq),
                action=action,
                verb=shape.verb,
                staff=staff,
                branch=branch,
                at=at,
                zone=zone,
                kind=shape.kind,
                entity_type=shape.type,
                entity=entity,
                payload=next(shape.payloads),
            )
            seq += 1


class _Referring:
    """Gives the ids that are told by reference, in the order they were told."""

    def __init__(
        self,
        references: Sequence[int],
        foreign: Sequence[bytes],
        own: Sequence[int],
        own_after: Sequence[int],
    ) -> None:
        self._references = iter(references)
        self._foreign = foreign
        self._own = own
        self._own_after = own_after
        self._known = 0

    def take(self, places: Sequence[int]) -> list[bytes]:
        """Return one id for each op."""
        return [self._one(next(self._references), place) for place in places]

    def _one(self, reference: int, place: int) -> bytes:
        if reference == 0:
            self._known += 1
            return self._foreign[self._known - 1]
        if reference & 1:
            at, ids = self._known - (reference + 1 >> 1), self._foreign
            if at < 0:
                raise WireError(WireFault.DAMAGED)
            return ids[at]
        at = self._own_after[place] - (reference >> 1)
        if at < 0:
            raise WireError(WireFault.DAMAGED)
        return self._own[at].to_bytes(16, "big")
