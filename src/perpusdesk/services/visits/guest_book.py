"""Counting visitors: by card, by what they say of themselves, or by a key; a group at once."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from perpusdesk.domain.decisions import Reason, Refused
from perpusdesk.domain.members import Member
from perpusdesk.domain.merge.facts import VISITED
from perpusdesk.domain.visiting import (
    MOST_PEOPLE,
    Count,
    is_same_visit,
    known_profile,
)
from perpusdesk.services.desk import Desk
from perpusdesk.services.looks import How
from perpusdesk.services.privacy.restrict_member import restricted_since
from perpusdesk.services.results import Done
from perpusdesk.services.visits.visit_profile import lists_here, member_profile
from perpusdesk.services.visits.visit_settings import settings_of
from perpusdesk.storage.drafts import Action
from perpusdesk.storage.queries import circulation as find
from perpusdesk.storage.queries import visits as query
from perpusdesk.storage.queries.values import as_moment, as_ms, bounds_of_day

VERB: Final = "count_visit"
CHANGED: Final = frozenset({"visit"})


@dataclass(frozen=True, slots=True)
class Where:
    """Where and from whom: the room, and the institution that visitors come from."""

    room: UUID | None = None
    institution: str = ""


@dataclass(frozen=True, slots=True)
class Counted:
    """A counted visit. ``open``: within the opening hours; ``today``: people so far today here.

    ``name`` is the member's, for a greeting; nothing else of the member is told.
    """

    visit: UUID
    member: UUID | None
    name: str
    people: int
    at: datetime
    open: bool
    today: int


def count_visitor(
    desk: Desk,
    count: Count | None = None,
    where: Where | None = None,
    *,
    at: datetime | None = None,
) -> Done[Counted] | Refused:
    """Count visitors without a card; nothing of the profile must be known.

    ``PEOPLE_INVALID`` people, most; ``DATE_IN_FUTURE``; ``RIGHT_MISSING`` for an earlier day.
    Outside opening hours they count as well, and ``open`` says so.
    """
    wanted = count or Count(1)
    refusal = refuse_people(wanted.people) or _refuse_moment(desk, at)
    if refusal:
        return refusal
    action = desk.action(VERB, at)
    visit = put_visit(desk, action, wanted, where)
    return _done(desk, action, visit, wanted.people)


def count_member(
    desk: Desk,
    member: UUID,
    where: Where | None = None,
    *,
    purpose: str = "",
    again: bool = False,
    at: datetime | None = None,
) -> Done[Counted] | Refused:
    """Count a member's visit, with age, sex and category as they are today.

    ``MEMBER_UNKNOWN``; ``VISIT_COUNTED`` at, minutes: the same visit, unless ``again``; else as
    ``count_visitor``. Expired and blocked members are counted like all others. Whose data may only
    be kept is counted without a name.
    """
    found = find.member_by_id(desk.library, member)
    if found is None:
        return Refused(Reason.MEMBER_UNKNOWN, {"member": member})
    refusal = _refuse_moment(desk, at) or (None if again else _same_visit(desk, found, at))
    if refusal:
        return refusal
    profile, category = member_profile(desk, found.id)
    kept = None if restricted_since(desk, found.id) else found.id
    if kept is not None:
        desk.saw(kept, How.VISIT)
    action = desk.action(VERB, at)
    count = Count(1, known_profile(lists_here(desk), replace(profile, purpose=purpose)))
    visit = put_visit(desk, action, count, where, member=kept, category=category)
    done = _done(desk, action, visit, 1)
    return replace(done, value=replace(done.value, member=kept, name=found.name if kept else ""))


def count_card(
    desk: Desk, card: str, where: Where | None = None, *, purpose: str = "", again: bool = False
) -> Done[Counted] | Refused:
    """Count a visit by the number on a card. ``MEMBER_UNKNOWN`` card; else ``count_member``."""
    code = card.strip()
    found = find.members_by_card(desk.library, code) if code else []
    if not found:
        return Refused(Reason.MEMBER_UNKNOWN, {"card": code})
    return count_member(desk, found[0].id, where, purpose=purpose, again=again)


def put_visit(
    desk: Desk,
    action: Action,
    count: Count,
    where: Where | None = None,
    **beside: Any,
) -> UUID:
    """Add a visit to an action and return its id; ``beside``: member, category, party."""
    place = where or Where()
    known = known_profile(lists_here(desk), count.profile)
    visit = desk.library.new_id()
    said: dict[str, Any] = {**known.fields(), **beside}
    said |= {"room": place.room, "institution": place.institution.strip() or None}
    action.event(VISITED, "visit", visit, fresh=True, people=count.people, **said)
    return visit


def refuse_people(people: int) -> Refused | None:
    """Return why so many cannot be counted at once."""
    if 1 <= people <= MOST_PEOPLE:
        return None
    return Refused(Reason.PEOPLE_INVALID, {"people": people, "most": MOST_PEOPLE})


def is_open_now(desk: Desk, at: datetime | None = None) -> bool:
    """Whether a moment (default: now) lies within the opening hours of this branch."""
    moment = desk.local(at) or desk.now()
    clock = moment.time().replace(tzinfo=None)
    sessions = desk.calendar().sessions(moment.date())
    return any(first <= clock <= last for first, last in sessions)


def people_today(desk: Desk) -> int:
    """Return how many people came to this branch today."""
    return query.people_between(desk.library, desk.branch, *bounds_of_day(desk.today(), desk.zone))


def _done(desk: Desk, action: Action, visit: UUID, people: int) -> Done[Counted]:
    written = desk.commit(action)
    moment = as_moment(written.at, desk.zone)
    value = Counted(visit, None, "", people, moment, is_open_now(desk, moment), people_today(desk))
    return Done(value, written.action, VERB, CHANGED)


def _same_visit(desk: Desk, member: Member, at: datetime | None) -> Refused | None:
    minutes = settings_of(desk).same_visit_minutes
    found = query.last_visit(desk.library, member.id, desk.branch)
    last = as_moment(*found) if found else None
    if last is None or not is_same_visit(last, at or desk.now(), minutes):
        return None
    return Refused(Reason.VISIT_COUNTED, {"member": member.id, "at": last, "minutes": minutes})


def _refuse_moment(desk: Desk, at: datetime | None) -> Refused | None:
    if at is None:
        return None
    if as_ms(at) > desk.library.now_ms():
        return Refused(Reason.DATE_IN_FUTURE, {"date": at})
    earlier = (desk.local(at) or at).date() < desk.today()
    if earlier and not desk.may("backdate"):
        return Refused(Reason.RIGHT_MISSING, {"right": "backdate"})
    return None
