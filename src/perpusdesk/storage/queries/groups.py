"""Groups that came, and bookings of groups."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, Final
from uuid import UUID

from perpusdesk.domain.bookings import BookingState, Slot
from perpusdesk.storage.library import Library
from perpusdesk.storage.queries.values import as_clock, as_day, as_id, as_moment, sure_id


@dataclass(frozen=True, slots=True)
class PartyRow:
    """A group that came; ``people`` are those that were counted and not taken back."""

    id: UUID
    at: datetime
    institution: str
    level: str
    people: int
    room_name: str
    contact: UUID | None
    booking: UUID | None
    note: str


@dataclass(frozen=True, slots=True)
class BookingRow:
    """A booking as it stands."""

    id: UUID
    branch: UUID | None
    room: UUID | None
    room_name: str
    day: date
    starts: time
    ends: time
    institution: str
    level: str
    contact: UUID | None
    people: int
    letter: str
    purpose: str
    state: BookingState
    why: str
    note: str

    @property
    def slot(self) -> Slot:
        """Return when, where and how many."""
        return Slot(
            self.id,
            self.day,
            self.starts,
            self.ends,
            self.room,
            self.people,
            self.institution,
            self.state,
        )


_BOOKING: Final = (
    "select b.id, b.branch, b.room, r.name, b.day, b.starts, b.ends, b.institution, b.level,"
    " b.contact, b.people, b.letter, b.purpose, b.state, b.why, b.note from booking b"
    " left join room r on r.id = b.room where b.deleted = 0"
)
_STATES: Final = frozenset(BookingState)


def bookings_between(library: Library, branch: UUID, first: date, last: date) -> list[BookingRow]:
    """Return the bookings of a branch from one day to another, by day and hour."""
    rows = library.rows(
        f"{_BOOKING} and b.branch = ? and b.day >= ? and b.day <= ? order by b.day, b.starts, b.id",
        branch.bytes,
        str(first),
        str(last),
    )
    return [read for row in rows if (read := _booking(row)) is not None]


def booking_by_id(library: Library, booking: UUID) -> BookingRow | None:
    """Return a booking, or ``None``."""
    row = library.row(f"{_BOOKING} and b.id = ?", booking.bytes)
    return _booking(row) if row else None


def parties_between(library: Library, branch: UUID, first: int, after: int) -> list[PartyRow]:
    """Return the groups of a span (Unix ms) at a branch, newest first."""
    rows = library.rows(
        "select p.id, min(v.at), min(v.zone), p.institution, p.level, sum(v.people), max(r.name),"
        " p.contact, p.booking, p.note from party p join visit v on v.party = p.id"
        " left join room r on r.id = v.room where p.deleted = 0 and v.voided = 0"
        " and v.branch = ? and v.at >= ? and v.at < ? group by p.id order by 2 desc",
        branch.bytes,
        first,
        after,
    )
    return [_party(row) for row in rows]


def party_of_booking(library: Library, booking: UUID) -> UUID | None:
    """Return the group that a booking became."""
    return as_id(
        library.value("select id from party where booking = ? and deleted = 0", booking.bytes)
    )


def institutions(library: Library, text: str, limit: int = 8) -> list[str]:
    """Return institutions that came or booked before and have ``text`` in their names."""
    rows = library.rows(
        "select institution, count(*) from (select institution from party where deleted = 0"
        " union all select institution from booking where deleted = 0)"
        " where institution like ? escape '!' group by institution order by 2 desc, 1 limit ?",
        f"%{text.replace('!', '!!').replace('%', '!%').replace('_', '!_')}%",
        limit,
    )
    return [name for name, _count in rows if name]


def _booking(row: Sequence[Any]) -> BookingRow | None:
    id_, branch, room, room_name, day, starts, ends, institution, level, contact, *told = row
    people, letter, purpose, state, why, note = told
    read = as_day(day)
    if read is None:
        return None
    return BookingRow(
        sure_id(id_),
        as_id(branch),
        as_id(room),
        room_name or "",
        read,
        as_clock(starts) or time.min,
        as_clock(ends) or time.max,
        institution or "",
        level or "",
        as_id(contact),
        people or 0,
        letter or "",
        purpose or "",
        BookingState(state) if state in _STATES else BookingState.ASKED,
        why or "",
        note or "",
    )


def _party(row: Sequence[Any]) -> PartyRow:
    id_, at, zone, institution, level, people, room, contact, booking, note = row
    return PartyRow(
        sure_id(id_),
        as_moment(at, zone),
        institution or "",
        level or "",
        int(people),
        room or "",
        as_id(contact),
        as_id(booking),
        note or "",
    )
