"""The columns of a body into ops again; whatever the bytes are, all that goes wrong is known."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final
from uuid import UUID

import msgspec

from perpusdesk.domain.ids import id_of, joined
from perpusdesk.domain.merge.ops import Op, Stamp
from perpusdesk.protocol.wire import header as head
from perpusdesk.protocol.wire.columns import AT_LIMIT, EPOCH_MS, Column, Way
from perpusdesk.protocol.wire.errors import WireError, WireFault
from perpusdesk.protocol.wire.numbers import Reader, total, unfolded
from perpusdesk.protocol.wire.packing import unpack
from perpusdesk.protocol.wire.shapes import take_shapes
from perpusdesk.protocol.wire.values import Values

_BROKEN: Final = (
    ValueError,
    IndexError,
    OverflowError,
    RecursionError,
    msgspec.DecodeError,
    TypeError,
)


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


class _Reading:
    """One body: first the shapes, then column by column, at last op by op."""

    def __init__(self, opened: head.Opened, data: bytes, device: bytes) -> None:
        self._header = opened.header
        self._device = device
        self._tag = head.tag_of(device, opened.header.incarnation)
        self._palette = head.palette_ids(opened.palette, self._tag)
        self._reader = Reader(data)
        self._count = opened.header.count
        self._mask = self._reader.number()
        if self._mask >> len(Column):
            raise WireError(WireFault.DAMAGED)
        base = unfolded(self._reader.number()) + EPOCH_MS
        people = [None, *(id_of(id_) for id_ in self._palette)]
        self._shapes = take_shapes(self._reader, self._count, people)
        self._numbers = self._take_numbers()
        self._clocks = self._take_clocks(base)
        self._at = self._take_at()
        self._own: list[bytes] = []
        self._own_after: list[int] = []
        self._entities: list[Any] = []
        self._actions: list[Any] = []
        self._take_drawn()
        self._take_values()

    def _column(self, column: Column, count: int) -> Sequence[int]:
        if not self._mask >> column & 1:
            return bytes(count)
        return self._reader.column(count)

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
        drawn = sum(len(shape.places) * shape.ways(Way.DRAWN) for shape in self._shapes)
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
                id_ = joined(ms, counter, self._tag).to_bytes(16, "big")
                self._own.append(id_)
                ids.append(id_of(id_))
            self._own_after.append(len(self._own))

    # -- values ---------------------------------------------------------------------------------

    def _take_values(self) -> None:
        values = Values(self._reader, self._column, self._shapes, self._palette)
        values.take_references(self._tag, self._own, self._own_after)
        values.take_days(self._at)
        stream = (self._device, self._header.incarnation)
        values.take_stamps(stream, self._header.first, self._clocks)
        values.take_others()
        for shape in self._shapes:
            values.give(shape)

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
            yield Op(
                stamp=Stamp(clock, device, incarnation, seq),
                action=action,
                verb=shape.verb,
                staff=shape.staff,
                branch=shape.branch,
                at=at,
                zone=shape.zone,
                kind=shape.kind,
                entity_type=shape.type,
                entity=entity,
                payload=next(shape.payloads),
            )
            seq += 1
