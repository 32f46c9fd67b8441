"""Visits of groups that are announced: by day and hour, with what speaks against an hour."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from datetime import date, time, timedelta
from typing import Any, Final
from uuid import UUID

from perpusdesk.domain.bookings import (
    BookingState,
    Doubt,
    Slot,
    Surroundings,
    doubts,
    may_follow,
)
from perpusdesk.domain.decisions import Reason, Refused
from perpusdesk.services.desk import Desk
from perpusdesk.services.members.outsiders import Contact, contact_of, put_contact
from perpusdesk.services.results import Done
from perpusdesk.services.visits.guest_book import refuse_people
from perpusdesk.services.visits.rooms import rooms
from perpusdesk.storage.drafts import Action
from perpusdesk.storage.queries import groups as query
from perpusdesk.storage.queries.groups import BookingRow

SAVE: Final = "save_booking"
STEP: Final = "step_booking"
LONGEST: Final = 160
_CHANGED: Final = frozenset({"booking", "outsider"})
_WEEK: Final = 7


@dataclass(frozen=True, slots=True)
class BookingForm:
    """What is entered for a booking; ``letter`` is the number of the letter that asks for it."""

    day: date
    starts: time
    ends: time
    institution: str
    people: int
    level: str = ""
    room: UUID | None = None
    contact: Contact = field(default_factory=Contact)
    letter: str = ""
    purpose: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class BookingLine:
    """A booking with what speaks against its hour, who answers for it, and the group it became."""

    row: BookingRow
    contact: Contact
    doubts: tuple[Doubt, ...] = ()
    party: UUID | None = None


@dataclass(frozen=True, slots=True)
class DayPlan:
    """One day of the week view: its opening times and its bookings by hour."""

    day: date
    sessions: tuple[tuple[time, time], ...]
    closed_for: tuple[str, ...]
    lines: tuple[BookingLine, ...]


@dataclass(frozen=True, slots=True)
class Saved:
    """A booking that was written, with what speaks against its hour."""

    booking: UUID
    doubts: tuple[Doubt, ...]


def save_booking(
    desk: Desk, form: BookingForm, booking: UUID | None = None
) -> Done[Saved] | Refused:
    """Enter a booking, or change one; what speaks against the hour is told, not forbidden.

    ``NAME_MISSING`` institution, ``TIME_INVALID``, ``PEOPLE_INVALID``, ``BOOKING_UNKNOWN``.
    """
    before = query.booking_by_id(desk.library, booking) if booking else None
    refusal = _refuse(form)
    if refusal is None and booking is not None and before is None:
        refusal = Refused(Reason.BOOKING_UNKNOWN)
    if refusal is not None:
        return refusal
    action, id_ = desk.action(SAVE), booking or desk.library.new_id()
    fields = _fields(form)
    fields["contact"] = _put_contact(desk, action, form.contact, before)
    if before is None:
        fields |= {"branch": desk.branch, "state": BookingState.ASKED.value}
    action.set("booking", id_, fields, fresh=before is None)
    written = desk.commit(action)
    return Done(Saved(id_, doubts_about(desk, form, id_)), written.action, SAVE, _CHANGED)


def step_booking(
    desk: Desk, booking: UUID, state: BookingState, why: str = ""
) -> Done[BookingState] | Refused:
    """Take a booking further: confirmed, did not come, cancelled (with why), asked anew.

    That a group came is told by ``parties.arrive``. ``BOOKING_UNKNOWN``, ``BOOKING_STEP`` state.
    """
    found = query.booking_by_id(desk.library, booking)
    if found is None:
        return Refused(Reason.BOOKING_UNKNOWN)
    if state is BookingState.CAME or not may_follow(found.state, state):
        return Refused(Reason.BOOKING_STEP, {"state": found.state.value})
    action = desk.action(STEP)
    action.set("booking", booking, {"state": state.value, "why": why.strip()[:LONGEST]})
    return Done(state, desk.commit(action).action, STEP, _CHANGED)


def week(desk: Desk, day: date) -> tuple[DayPlan, ...]:
    """Return the seven days, from Monday on, of the week that a day is in."""
    first = day - timedelta(days=day.weekday())
    rows = query.bookings_between(desk.library, desk.branch, first, first + timedelta(days=6))
    calendar, seats = desk.calendar(), _seats(desk)
    slots = tuple(row.slot for row in rows)
    around = Surroundings(calendar, slots, seats)
    days = [first + timedelta(days=step) for step in range(_WEEK)]
    return tuple(
        DayPlan(
            one,
            calendar.sessions(one),
            calendar.closure_names(one),
            tuple(_line(desk, row, around) for row in rows if row.day == one),
        )
        for one in days
    )


def booking_line(desk: Desk, booking: UUID) -> BookingLine | None:
    """Return one booking, or ``None``."""
    row = query.booking_by_id(desk.library, booking)
    return None if row is None else _line(desk, row, _around(desk, row.day))


def expected_today(desk: Desk) -> list[BookingLine]:
    """Return the groups that are still expected today."""
    rows = query.bookings_between(desk.library, desk.branch, desk.today(), desk.today())
    around = _around(desk, desk.today())
    open_ = [row for row in rows if may_follow(row.state, BookingState.CAME)]
    return [_line(desk, row, around) for row in open_]


def doubts_about(desk: Desk, form: BookingForm, booking: UUID | None = None) -> tuple[Doubt, ...]:
    """Return what speaks against the hour of a form, before it is saved or after."""
    id_ = booking or UUID(int=0)
    slot = Slot(id_, form.day, form.starts, form.ends, form.room, form.people, form.institution)
    return doubts(slot, _around(desk, form.day))


def form_of(line: BookingLine) -> BookingForm:
    """Return what can be changed of a booking."""
    row = line.row
    return BookingForm(
        row.day,
        row.starts,
        row.ends,
        row.institution,
        row.people,
        row.level,
        row.room,
        line.contact,
        row.letter,
        row.purpose,
        row.note,
    )


def _refuse(form: BookingForm) -> Refused | None:
    if not form.institution.strip():
        return Refused(Reason.NAME_MISSING)
    if form.ends <= form.starts:
        return Refused(Reason.TIME_INVALID)
    return refuse_people(form.people)


def _fields(form: BookingForm) -> dict[str, Any]:
    return {
        "room": form.room,
        "day": form.day,
        "starts": form.starts.isoformat("minutes"),
        "ends": form.ends.isoformat("minutes"),
        "institution": form.institution.strip()[:LONGEST],
        "level": form.level,
        "people": form.people,
        "letter": form.letter.strip()[:LONGEST],
        "purpose": form.purpose,
        "note": form.note.strip(),
    }


def _put_contact(
    desk: Desk, action: Action, contact: Contact, before: BookingRow | None
) -> UUID | None:
    """Write who answers for a booking; the one who is known already is changed."""
    known = before.contact if before else None
    was = contact_of(desk, known)
    if known is None or was is None:
        return put_contact(desk, action, contact)
    if was != contact.tidy():
        action.set("outsider", known, asdict(contact.tidy()))
    return known


def _around(desk: Desk, day: date) -> Surroundings:
    rows = query.bookings_between(desk.library, desk.branch, day, day)
    return Surroundings(desk.calendar(), tuple(row.slot for row in rows), _seats(desk))


def _seats(desk: Desk) -> dict[UUID, int]:
    return {room.id: room.seats for room in rooms(desk)}


def _line(desk: Desk, row: BookingRow, around: Surroundings) -> BookingLine:
    expected = may_follow(row.state, BookingState.CAME)
    return BookingLine(
        row,
        contact_of(desk, row.contact) or Contact(),
        doubts(row.slot, around) if expected else (),
        query.party_of_booking(desk.library, row.id),
    )
