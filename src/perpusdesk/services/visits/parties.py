"""Groups that come: who leads them, where they are from, and heads by class, all in one action."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from perpusdesk.domain.bookings import BookingState, may_follow
from perpusdesk.domain.decisions import Reason, Refused
from perpusdesk.domain.visiting import Count, HeadClass, class_profile
from perpusdesk.services.desk import Desk
from perpusdesk.services.members.outsiders import Contact, put_contact
from perpusdesk.services.results import Done
from perpusdesk.services.visits.guest_book import (
    Where,
    is_open_now,
    people_today,
    put_visit,
    refuse_people,
)
from perpusdesk.services.visits.visit_profile import lists_here
from perpusdesk.storage.drafts import Action
from perpusdesk.storage.queries import groups as query
from perpusdesk.storage.queries.groups import PartyRow
from perpusdesk.storage.queries.values import bounds_of_day

VERB: Final = "count_party"
LONGEST: Final = 160
CHANGED: Final = frozenset({"party", "visit", "outsider", "booking"})
UNDIVIDED: Final = "pupils"
"""The class for heads that nobody told apart."""


@dataclass(frozen=True, slots=True)
class PartyForm:
    """What is entered for a group; ``heads`` are people by class (``ProfileLists.party``)."""

    institution: str
    heads: Mapping[str, int]
    level: str = ""
    contact: Contact = field(default_factory=Contact)
    room: UUID | None = None
    purpose: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class PartyCounted:
    """A counted group: how many it was, and how many came today so far."""

    party: UUID
    people: int
    open: bool
    today: int


def count_party(desk: Desk, form: PartyForm) -> Done[PartyCounted] | Refused:
    """Count a group that came. ``NAME_MISSING`` institution, ``PEOPLE_INVALID``."""
    if not form.institution.strip():
        return Refused(Reason.NAME_MISSING)
    action = desk.action(VERB)
    contact = put_contact(desk, action, form.contact)
    return _commit(desk, action, form, contact)


def arrive(
    desk: Desk, booking: UUID, heads: Mapping[str, int] | None = None
) -> Done[PartyCounted] | Refused:
    """Count a group that was booked: the booking has come. Without ``heads``: as many as booked.

    ``BOOKING_UNKNOWN``, ``BOOKING_STEP`` state, ``PEOPLE_INVALID``.
    """
    found = query.booking_by_id(desk.library, booking)
    if found is None:
        return Refused(Reason.BOOKING_UNKNOWN)
    if not may_follow(found.state, BookingState.CAME):
        return Refused(Reason.BOOKING_STEP, {"state": found.state.value})
    told = {UNDIVIDED: found.people} if heads is None else heads
    form = PartyForm(found.institution, told, found.level, room=found.room, purpose=found.purpose)
    action = desk.action(VERB)
    action.set("booking", booking, {"state": BookingState.CAME.value})
    return _commit(desk, action, form, found.contact, booking)


def parties(desk: Desk, first: date, last: date) -> list[PartyRow]:
    """Return the groups that came to this branch from one day to another, newest first."""
    start, _after = bounds_of_day(first, desk.zone)
    _start, after = bounds_of_day(last, desk.zone)
    return query.parties_between(desk.library, desk.branch, start, after)


def parties_lately(desk: Desk, days: int = 31) -> list[PartyRow]:
    """Return the groups of the last days, today's included."""
    return parties(desk, desk.today() - timedelta(days=days), desk.today())


def known_institutions(desk: Desk, text: str) -> list[str]:
    """Return institutions that came or booked before and have ``text`` in their names."""
    return query.institutions(desk.library, text.strip()) if text.strip() else []


def _commit(
    desk: Desk,
    action: Action,
    form: PartyForm,
    contact: UUID | None,
    booking: UUID | None = None,
) -> Done[PartyCounted] | Refused:
    heads = {code: people for code, people in form.heads.items() if people > 0}
    people = sum(heads.values())
    if refusal := refuse_people(people):
        return refusal
    party = desk.library.new_id()
    fields = {
        "branch": desk.branch,
        "institution": form.institution.strip()[:LONGEST],
        "level": form.level,
        "contact": contact,
        "booking": booking,
        "note": form.note.strip(),
    }
    action.set("party", party, fields, fresh=True)
    where = Where(form.room, form.institution[:LONGEST])
    for count in _counts(desk, form, heads):
        put_visit(desk, action, count, where, party=party)
    written = desk.commit(action)
    value = PartyCounted(party, people, is_open_now(desk), people_today(desk))
    return Done(value, written.action, VERB, CHANGED)


def _counts(desk: Desk, form: PartyForm, heads: Mapping[str, int]) -> list[Count]:
    """Return one count per class that is known; what is not known is counted without a class."""
    lists = lists_here(desk)
    known: dict[str, HeadClass] = {one.code: one for one in lists.party}
    level = lists.level(form.level)
    return [
        Count(
            people,
            replace(
                class_profile(known.get(code, HeadClass(code, "")), level), purpose=form.purpose
            ),
        )
        for code, people in heads.items()
    ]
