"""The table of shapes at the beginning of a body's data: what ops have in common."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final
from uuid import UUID

import msgspec

from perpusdesk.protocol.wire.columns import FIRST_PLACE, LONGEST_WORD, MOST_ZONE, Way
from perpusdesk.protocol.wire.errors import WireError, WireFault
from perpusdesk.protocol.wire.known import KNOWN, Known
from perpusdesk.protocol.wire.numbers import Reader, total, unfolded
from perpusdesk.protocol.wire.templates import ID, Template, checked, leaves, size

_WAYS: Final = 0x0F
_HAS_PLACE: Final = 0x10
_NO_WAY: Final = 3
_from_messagepack = msgspec.msgpack.Decoder().decode


class Shape:
    """Ops that differ in their values alone, and what was read of them so far."""

    def __init__(self, known: Known, ways: int) -> None:
        self.verb, self.type, self.kind, self.template = known
        self.codes = leaves(self.template)
        self.entity_way, self.action_way = ways & 3, ways >> 2 & 3
        self.staff: UUID | None = None
        self.branch: UUID | None = None
        self.zone = 0
        self.places: list[int] = []
        self.entities: Iterator[UUID] = iter(())
        self.actions: Iterator[UUID] = iter(())
        self.payloads: Iterator[Any] = iter(())

    def ways(self, way: Way) -> int:
        """How many of an op's entity and action are told in this way."""
        return (self.entity_way, self.action_way).count(way)

    def references(self) -> int:
        """How many ids of each op are told by reference."""
        return self.ways(Way.REFERENCE) + self.codes.count(ID)


def take_shapes(reader: Reader, most: int, people: Sequence[UUID | None]) -> list[Shape]:
    """Take the table; ``people`` are the ids that staff and branch are numbers of (0: none)."""
    count = reader.number()
    if not 0 < count <= most:
        raise WireError(WireFault.DAMAGED)
    place, values, shapes = FIRST_PLACE, 0, []
    for _ in range(count):
        number, ways = reader.number(), reader.take(1)[0]
        if ways > _WAYS | _HAS_PLACE or _NO_WAY in (ways & 3, ways >> 2 & 3):
            raise WireError(WireFault.DAMAGED)
        if ways & _HAS_PLACE:
            place = _take_place(reader)
        known = KNOWN[number - 1] if number else _take_words(reader)
        values = total((values, size(known[3])))
        shape = Shape(known, ways)
        shape.staff, shape.branch, shape.zone = people[place[0]], people[place[1]], place[2]
        shapes.append(shape)
    return shapes


def _take_place(reader: Reader) -> tuple[int, int, int]:
    staff, branch, zone = reader.number(), reader.number(), unfolded(reader.number())
    if abs(zone) > MOST_ZONE:
        raise WireError(WireFault.OUT_OF_RANGE)
    return staff, branch, zone


def _take_words(reader: Reader) -> Known:
    told = _from_messagepack(reader.take(reader.number()))
    if type(told) is not list or len(told) != 4:
        raise WireError(WireFault.DAMAGED)
    verb, type_, kind, template = told
    for word in (verb, type_, kind):
        if type(word) is not str or len(word) > LONGEST_WORD:
            raise WireError(WireFault.DAMAGED)
    made: Template = checked(template)
    return verb, type_, kind, made
