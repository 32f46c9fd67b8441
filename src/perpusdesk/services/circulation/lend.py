"""Lending one copy to one member: decided by the rules, saved before anybody is told."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from perpusdesk.domain.circulation_requests import LendRequest
from perpusdesk.domain.circulation_types import Terms
from perpusdesk.domain.decisions import Override, Reason, Refused
from perpusdesk.domain.holds import set_aside_for
from perpusdesk.domain.items import Copy
from perpusdesk.domain.lending import decide_lend, lend_refusals
from perpusdesk.domain.members import Member
from perpusdesk.domain.merge import holds as hold_events
from perpusdesk.domain.merge import loans as loan_events
from perpusdesk.domain.susulan import decide_susulan
from perpusdesk.services.circulation.moves import end_way, way_of
from perpusdesk.services.desk import Desk
from perpusdesk.services.results import Done, Lent, Notice, NoticeKind
from perpusdesk.storage.drafts import Action
from perpusdesk.storage.queries import circulation as find
from perpusdesk.storage.queries.loans import line_of

VERB = "lend"


def lend(
    desk: Desk,
    member: UUID,
    copy: UUID,
    *,
    override: Override | None = None,
    at: datetime | None = None,
) -> Done[Lent] | Refused:
    """Lend a copy to a member and commit it.

    ``override`` needs the right "override". ``at`` (an aware time, for a slip written on paper)
    needs the right "backdate"; the rule of that day decides, and the day may not lie in the
    future, before the copy's last return, or further back than the house allows. A copy that was on
    its way to a branch is so no more: notice ``ARRIVED`` or ``WAS_IN_TRANSIT`` branch. Raises
    ``KnownError`` only when the disk refuses; then nothing was lent.
    """
    refusal = refuse_special(desk, override, at)
    if refusal:
        return refusal
    at = desk.local(at)
    request = _request(desk, member, copy, override, at)
    if isinstance(request, Refused):
        return request
    terms = (
        decide_lend(request)
        if at is None
        else decide_susulan(request, desk.now(), find.last_return(desk.library, copy))
    )
    if isinstance(terms, Refused):
        return terms
    loan = desk.library.new_id()
    action = desk.action(VERB if at is None else "lend_backdated", at)
    _open(action, loan, request, terms, override)
    way = way_of(desk, copy)
    ended = (end_way(desk, action, request.copy, way),) if way else ()
    written = desk.commit(action)
    line = line_of(desk.library, loan, desk.today())
    assert line is not None
    changes = frozenset(draft.entity_type for draft in action.drafts)
    notices = (*ended, *_notices(request, terms))
    return Done(Lent(line, terms.left), written.action, VERB, changes, notices)


def lend_objections(desk: Desk, member: UUID, copy: UUID) -> tuple[Refused, ...]:
    """Return everything that speaks against this loan, so that one override can name it all."""
    request = _request(desk, member, copy, None, None)
    return (request,) if isinstance(request, Refused) else lend_refusals(request)


def refuse_special(desk: Desk, override: Override | None, at: datetime | None) -> Refused | None:
    """Refuse an override or a back-dated entry to a person without the right to it."""
    if override is not None and not desk.may("override"):
        return Refused(Reason.RIGHT_MISSING, {"right": "override"})
    if at is not None and not desk.may("backdate"):
        return Refused(Reason.RIGHT_MISSING, {"right": "backdate"})
    return None


def _request(
    desk: Desk, member_id: UUID, copy_id: UUID, override: Override | None, at: datetime | None
) -> LendRequest | Refused:
    member = find.member_by_id(desk.library, member_id)
    if member is None:
        return Refused(Reason.MEMBER_UNKNOWN, {"member": member_id})
    copy = find.copy_by_id(desk.library, copy_id)
    if copy is None:
        return Refused(Reason.COPY_UNKNOWN, {"copy": copy_id})
    return request_for(desk, member, copy, override, at)


def request_for(
    desk: Desk, member: Member, copy: Copy, override: Override | None, at: datetime | None
) -> LendRequest:
    """Bring together what the rules need to know of one loan."""
    library = desk.library
    holds = find.live_holds_of_title(library, copy.title)
    return LendRequest(
        member=member,
        copy=copy,
        rules=desk.rules,
        calendar=desk.calendar(),
        at=at or desk.now(),
        branch=desk.branch,
        house=desk.house,
        open_loans=find.open_loans_of_member(library, member.id),
        debt=find.debt_of(library, member.id),
        copy_loan=find.open_loan_of_copy(library, copy.id),
        holds=holds,
        other_copies_free=find.free_copies(library, copy.title, copy.id) if holds else 0,
        override=override,
    )


def _open(
    action: Action, loan: UUID, request: LendRequest, terms: Terms, override: Override | None
) -> None:
    action.event(
        loan_events.OPENED,
        "loan",
        loan,
        fresh=True,
        copy=request.copy.id,
        member=request.member.id,
        due=terms.due,
        rule=terms.rule.id,
        rule_version=terms.rule.version,
        overridden=sorted(terms.overridden) or None,
        why=override.reason if override and terms.overridden else None,
    )
    if terms.fills_hold:
        action.event(hold_events.FILLED, "hold", terms.fills_hold, loan=loan)
    kept = set_aside_for(request.copy, request.holds, request.at.date())
    if kept is not None and kept.id != terms.fills_hold:
        action.event(hold_events.RELEASED, "hold", kept.id)


def _notices(request: LendRequest, terms: Terms) -> tuple[Notice, ...]:
    found = []
    if terms.overridden:
        found.append(Notice(NoticeKind.OVERRIDDEN, {"of": tuple(sorted(terms.overridden))}))
    if terms.left == 0:
        found.append(Notice(NoticeKind.LAST_LOAN))
    if request.debt > 0:
        found.append(Notice(NoticeKind.DEBT, {"amount": request.debt}))
    return tuple(found)
