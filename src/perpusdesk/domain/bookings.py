"""Group visits that are announced: their states, and what speaks against an hour."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, time
from enum import StrEnum
from typing import Final
from uuid import UUID

from perpusdesk.domain.calendar import Calendar


class BookingState(StrEnum):
    """How far a booking has come."""

    ASKED = "asked"
    CONFIRMED = "confirmed"
    CAME = "came"
    ABSENT = "absent"
    CANCELLED = "cancelled"


EXPECTED: Final = frozenset({BookingState.ASKED, BookingState.CONFIRMED})
"""States in which a group is still to come, and takes up room."""

STEPS: Final[Mapping[BookingState, tuple[BookingState, ...]]] = {
    BookingState.ASKED: (
        BookingState.CONFIRMED,
        BookingState.CAME,
        BookingState.ABSENT,
        BookingState.CANCELLED,
    ),
    BookingState.CONFIRMED: (BookingState.CAME, BookingState.ABSENT, BookingState.CANCELLED),
    BookingState.CAME: (),
    BookingState.ABSENT: (BookingState.CONFIRMED,),
    BookingState.CANCELLED: (BookingState.ASKED,),
}
"""What may follow each state; anything else is undone, not changed."""


class Objection(StrEnum):
    """What speaks against an hour; staff may keep it all the same."""

    CLOSED = "closed"
    OUTSIDE_HOURS = "outside_hours"
    CLASH = "clash"
    TOO_MANY = "too_many"


@dataclass(frozen=True, slots=True)
class Slot:
    """When and where a group is to be, and how many come; ``room`` ``None``: the whole branch."""

    id: UUID
    day: date
    starts: time
    ends: time
    room: UUID | None
    people: int
    institution: str = ""
    state: BookingState = BookingState.ASKED

    def overlaps(self, other: Slot) -> bool:
        """Whether both are there at one moment; one that begins when the other ends does not."""
        return self.day == other.day and self.starts < other.ends and other.starts < self.ends

    def shares_room(self, other: Slot) -> bool:
        """Whether both may be in one room; a group without a room is anywhere."""
        return self.room is None or other.room is None or self.room == other.room


@dataclass(frozen=True, slots=True)
class Doubt:
    """One objection with its facts: ``closed_for`` names, ``with_`` institutions, ``seats``."""

    what: Objection
    closed_for: tuple[str, ...] = ()
    with_: tuple[str, ...] = ()
    seats: int = 0
    people: int = 0


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What is known of the day: other bookings, the calendar, seats of the rooms (0: unknown)."""

    calendar: Calendar
    others: tuple[Slot, ...] = ()
    seats: Mapping[UUID, int] = field(default_factory=dict)


def may_follow(state: BookingState, after: BookingState) -> bool:
    """Whether a booking in a state may go on to another."""
    return after in STEPS[state]


def doubts(slot: Slot, around: Surroundings) -> tuple[Doubt, ...]:
    """Return what speaks against an hour, the weightiest first."""
    found = [*_closed(slot, around.calendar), *_clashes(slot, around)]
    seats = around.seats.get(slot.room, 0) if slot.room else 0
    together = slot.people + sum(other.people for other in _beside(slot, around.others, same=True))
    if seats and together > seats:
        found.append(Doubt(Objection.TOO_MANY, seats=seats, people=together))
    return tuple(found)


def _closed(slot: Slot, calendar: Calendar) -> Iterable[Doubt]:
    sessions = calendar.sessions(slot.day)
    if not sessions:
        yield Doubt(Objection.CLOSED, closed_for=calendar.closure_names(slot.day))
    elif not (sessions[0][0] <= slot.starts and slot.ends <= sessions[-1][1]):
        yield Doubt(Objection.OUTSIDE_HOURS)


def _clashes(slot: Slot, around: Surroundings) -> Iterable[Doubt]:
    names = tuple(other.institution for other in _beside(slot, around.others, same=False))
    if names:
        yield Doubt(Objection.CLASH, with_=names)


def _beside(slot: Slot, others: Iterable[Slot], *, same: bool) -> list[Slot]:
    """Return the groups that are expected at the same time (``same``: surely in the same room)."""
    return [
        other
        for other in others
        if other.id != slot.id
        and other.state in EXPECTED
        and slot.overlaps(other)
        and (slot.room == other.room if same else slot.shares_room(other))
    ]
