"""The values of payloads: taken from their columns, and given to the ops of each shape."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import repeat
from typing import Any

import msgspec

from perpusdesk.domain.ids import id_of
from perpusdesk.protocol.wire.columns import DEEPEST, Column, Way, depth, local_day
from perpusdesk.protocol.wire.errors import WireError, WireFault
from perpusdesk.protocol.wire.ids import take_ids
from perpusdesk.protocol.wire.numbers import Reader, total, unfolded
from perpusdesk.protocol.wire.references import ReferenceReader
from perpusdesk.protocol.wire.shapes import Shape
from perpusdesk.protocol.wire.stamps import StampReader
from perpusdesk.protocol.wire.templates import (
    DAY,
    ID,
    NUMBER,
    OTHER,
    SHARED,
    STAMP,
    builder,
    day_text,
)

_from_messagepack = msgspec.msgpack.Decoder().decode


class Values:
    """The values of all payloads, taken kind by kind, then given shape by shape."""

    def __init__(
        self,
        reader: Reader,
        column: Callable[[Column, int], Sequence[int]],
        shapes: Sequence[Shape],
        palette: Sequence[bytes],
    ) -> None:
        self._reader, self._column, self._shapes = reader, column, shapes
        shared = iter(column(Column.SHARED, self._count(SHARED)))
        self._takers: dict[str, Callable[[Sequence[int]], Sequence[Any]]] = {
            SHARED: lambda places: [palette[next(shared)] for _ in places]
        }

    def _count(self, code: str) -> int:
        return sum(len(shape.places) * shape.codes.count(code) for shape in self._shapes)

    def take_references(self, tag: int, own: Sequence[bytes], own_after: Sequence[int]) -> None:
        """Take all ids that were not drawn by the op that names them."""
        count = total(len(shape.places) * shape.references() for shape in self._shapes)
        numbers = self._column(Column.REFERENCES, count)
        new = numbers.count(0)
        told = take_ids(self._reader, new, tag) if new else []
        self._takers[ID] = ReferenceReader(numbers, told, own, own_after).take

    def take_days(self, at: Sequence[int]) -> None:
        """Take days, which are told from the day of the op, and numbers."""
        days = iter(self._column(Column.DAYS, self._count(DAY)))
        numbers = iter(self._column(Column.NUMBERS, self._count(NUMBER)))
        self._at, self._days = at, days
        self._takers[NUMBER] = lambda places: [unfolded(next(numbers)) for _ in places]

    def take_stamps(self, stream: tuple[bytes, int], first: int, clocks: Sequence[int]) -> None:
        """Take the stamps of other ops."""
        count = self._count(STAMP)
        self._stamps = StampReader(stream, first, clocks, self._column, count)
        self._stamps.take_streams(self._reader)

    def take_others(self) -> None:
        """Take the values that MessagePack tells: the last of the body."""
        others = iter(_take_others(self._reader, self._count(OTHER)))
        self._takers[OTHER] = lambda places: [next(others) for _ in places]

    def give(self, shape: Shape) -> None:
        """Give a shape the ids and payloads of its ops."""
        places, refer = shape.places, self._takers[ID]
        if shape.entity_way == Way.REFERENCE:
            shape.entities = map(id_of, refer(places))
        if shape.action_way == Way.REFERENCE:
            shape.actions = map(id_of, refer(places))
        columns: list[Sequence[Any]] = []
        stamps: Sequence[Any] = [None] * len(places)
        for code in shape.codes:
            if code == STAMP:
                stamps = self._stamps.take(places, stamps)
                columns.append(stamps)
            elif code == DAY:
                columns.append([self._day(place, shape.zone) for place in places])
            else:
                columns.append(self._takers[code](places))
        rows = zip(*columns, strict=True) if columns else repeat((), len(places))
        shape.payloads = map(builder(shape.template), rows)

    def _day(self, place: int, zone: int) -> str:
        return day_text(unfolded(next(self._days)) + local_day(self._at[place], zone))


def _take_others(reader: Reader, count: int) -> list[Any]:
    if not count:
        reader.end()
        return []
    others = _from_messagepack(reader.rest())
    if type(others) is not list or len(others) != count:
        raise WireError(WireFault.DAMAGED)
    if any(isinstance(one, list | dict) and depth(one) > DEEPEST for one in others):
        raise WireError(WireFault.TOO_LARGE)
    return others
