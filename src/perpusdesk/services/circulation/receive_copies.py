"""Taking in copies that another branch sent, by scanning each."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Final
from uuid import UUID

from perpusdesk.domain.circulation_requests import ReturnRequest
from perpusdesk.domain.decisions import Reason, Refused
from perpusdesk.domain.items import Copy
from perpusdesk.domain.merge import holds as hold_events
from perpusdesk.domain.moves import Way, decide_receive
from perpusdesk.domain.returns import decide_arrival
from perpusdesk.services.circulation.moves import end_way, way_of
from perpusdesk.services.desk import Desk
from perpusdesk.services.results import Done, Notice, NoticeKind
from perpusdesk.storage.drafts import Action
from perpusdesk.storage.queries import circulation as find
from perpusdesk.storage.queries.names import member_name, title_brief

VERB: Final = "receive_copy"


@dataclass(frozen=True, slots=True)
class Received:
    """A copy that was taken in; ``from_branch`` is empty when nobody had scanned its sending."""

    copy: UUID
    barcode: str
    title: str
    from_branch: str
    hold_member: str = ""
    pickup_until: date | None = None


def receive_copy(desk: Desk, copy: UUID, *, anyway: bool = False) -> Done[Received] | Refused:
    """Take in a copy at this branch; from now it belongs here, unless it came for a hold.

    Refused as ``domain.moves.decide_receive``; ``anyway`` takes a copy of another branch over
    although nobody scanned its sending. ``COPY_UNKNOWN``. A copy that somebody waits for here is
    kept for them: notice ``HOLD_READY_HERE`` member, until.
    """
    found = find.copy_by_id(desk.library, copy)
    if found is None:
        return Refused(Reason.COPY_UNKNOWN, {"copy": copy})
    loan, way = find.open_loan_of_copy(desk.library, copy), way_of(desk, copy)
    refusal = decide_receive(found, desk.branch, loan=loan, way=way)
    if refusal is not None and not (anyway and refusal.overridable):
        return refusal
    action = desk.action(VERB)
    notices = _arrive(desk, action, found, way)
    value = _value(desk, found, way, notices)
    written = desk.commit(action)
    changes = frozenset(draft.entity_type for draft in action.drafts)
    return Done(value, written.action, VERB, changes, tuple(notices))


def _arrive(desk: Desk, action: Action, copy: Copy, way: Way | None) -> list[Notice]:
    if way is None:
        action.set("copy", copy.id, {"branch": desk.branch})
        notices = []
    else:
        notices = [end_way(desk, action, copy, way)]
    request = ReturnRequest(
        copy=replace(copy, branch=desk.branch),
        loan=None,
        rule=None,
        calendar=desk.calendar(),
        at=desk.now(),
        branch=desk.branch,
        house=desk.house,
        holds=find.live_holds_of_title(desk.library, copy.title),
    )
    terms = decide_arrival(request)
    if terms.next_hold and terms.pickup_until:
        until = terms.pickup_until
        action.event(hold_events.READY, "hold", terms.next_hold.id, copy=copy.id, until=until)
        member = member_name(desk.library, terms.next_hold.member)
        facts = {"member": member, "until": until, "branch": ""}
        notices.insert(0, Notice(NoticeKind.HOLD_READY_HERE, facts))
    return notices


def _value(desk: Desk, copy: Copy, way: Way | None, notices: list[Notice]) -> Received:
    from_ = desk.branches.get(way.from_branch) if way and way.from_branch else None
    kept = next((one for one in notices if one.kind is NoticeKind.HOLD_READY_HERE), None)
    until = kept.facts["until"] if kept else None
    return Received(
        copy.id,
        copy.barcode,
        title_brief(desk.library, copy.title).title,
        from_.name if from_ else "",
        str(kept.facts["member"]) if kept else "",
        until if isinstance(until, date) else None,
    )
