"""Taking a copy back: what it costs and where it goes next, saved before anybody is told."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from perpusdesk.domain.circulation_requests import ReturnRequest
from perpusdesk.domain.circulation_types import Hold, HoldState, Loan, ReturnTerms
from perpusdesk.domain.decisions import Reason, Refused
from perpusdesk.domain.items import Condition, Copy
from perpusdesk.domain.members import BlockKind
from perpusdesk.domain.merge import holds as hold_events
from perpusdesk.domain.merge import loans as loan_events
from perpusdesk.domain.merge.facts import ENTRY
from perpusdesk.domain.moves import Way, arrives, belongs_to
from perpusdesk.domain.returns import decide_arrival, decide_return
from perpusdesk.domain.susulan import date_refusal
from perpusdesk.services.circulation.found import add_found
from perpusdesk.services.circulation.lend import refuse_special
from perpusdesk.services.circulation.moves import end_way, way_of
from perpusdesk.services.circulation.sightings import note_handed_back
from perpusdesk.services.desk import Desk
from perpusdesk.services.results import Done, Notice, NoticeKind, Returned
from perpusdesk.storage.drafts import Action
from perpusdesk.storage.queries import circulation as find
from perpusdesk.storage.queries import names
from perpusdesk.storage.queries.loans import line_of

VERB = "return"
_GONE = (Condition.LOST, Condition.MISSING)


def take_back(desk: Desk, copy: UUID, *, at: datetime | None = None) -> Done[Returned] | Refused:
    """Take a copy back and commit it.

    A copy that was not on loan is taken in all the same when it is awaited, lost, missing, far from
    home, or arrives here; else ``COPY_NOT_ON_LOAN``, or ``COPY_IN_TRANSIT`` barcode, branch. In a
    library of several devices it is noted that a copy without a loan was handed back
    (``services.circulation.sightings``; the fact ``noted`` of the refusal). A copy that
    somebody waits for is kept for them: ready here, or on its way (ready without a last day)
    until the pickup branch takes it in. ``at`` (a slip written on paper, or the book drop of last
    night) needs the right "backdate" and a day that can be: not in the future, before the loan, or
    further back than the house allows.
    Raises ``KnownError`` when the disk refuses.
    """
    refusal = refuse_special(desk, None, at)
    at = desk.local(at)
    found = find.copy_by_id(desk.library, copy)
    if refusal or found is None:
        return refusal or Refused(Reason.COPY_UNKNOWN, {"copy": copy})
    loan, way = find.open_loan_of_copy(desk.library, copy), way_of(desk, copy)
    arrived = way is not None and arrives(way, desk.branch)
    home = belongs_to(found, way) if way and arrived else found.branch
    request = _request(desk, replace(found, branch=home), loan, at)
    terms = _decide(desk, request, at)
    if isinstance(terms, Refused):
        return terms
    if loan is None and not arrived and (way or not _matters(found, terms)):
        return _nothing_to_take_back(desk, found, way, at)
    action = desk.action(VERB if at is None else "return_backdated", at)
    ended = end_way(desk, action, found, way) if way else None
    if loan is not None:
        _close(desk, action, loan, terms)
    if found.condition in _GONE:
        add_found(desk, action, found)
    if terms.next_hold and not _kept_so(terms.next_hold, copy, terms):
        action.event(
            hold_events.READY, "hold", terms.next_hold.id, copy=copy, until=terms.pickup_until
        )
    if loan is None and way is None:
        note_handed_back(desk, copy, at, action)
    written = desk.commit(action) if action.drafts else None
    return Done(
        _result(desk, found, loan, terms, request.at),
        written.action if written else None,
        VERB,
        frozenset(draft.entity_type for draft in action.drafts),
        (*_notices(desk, found, loan, terms), *((ended,) if ended else ())),
    )


def _decide(desk: Desk, request: ReturnRequest, at: datetime | None) -> ReturnTerms | Refused:
    if at is not None:
        refusal = date_refusal(request, desk.now())
        if refusal is not None:
            return refusal
    return decide_arrival(request) if request.loan is None else decide_return(request)


def _kept_so(hold: Hold, copy: UUID, terms: ReturnTerms) -> bool:
    return (hold.state, hold.copy, hold.pickup_until) == (
        HoldState.READY,
        copy,
        terms.pickup_until,
    )


def _request(desk: Desk, copy: Copy, loan: Loan | None, at: datetime | None) -> ReturnRequest:
    return ReturnRequest(
        copy=replace(copy, condition=Condition.GOOD) if copy.condition in _GONE else copy,
        loan=loan,
        rule=desk.rule(loan.rule) if loan else None,
        calendar=desk.calendar(),
        at=at or desk.now(),
        branch=desk.branch,
        house=desk.house,
        holds=find.live_holds_of_title(desk.library, copy.title),
    )


def _matters(copy: Copy, terms: ReturnTerms) -> bool:
    return bool(terms.next_hold or terms.transit_to or copy.condition in _GONE)


def _nothing_to_take_back(desk: Desk, copy: Copy, way: Way | None, at: datetime | None) -> Refused:
    if way is not None:
        facts = {"copy": copy.id, "barcode": copy.barcode, "branch": way.to_branch}
        return Refused(Reason.COPY_IN_TRANSIT, facts)
    noted = {"noted": True} if note_handed_back(desk, copy.id, at) else {}
    return Refused(Reason.COPY_NOT_ON_LOAN, {"copy": copy.id, "barcode": copy.barcode, **noted})


def _close(desk: Desk, action: Action, loan: Loan, terms: ReturnTerms) -> None:
    action.event(
        loan_events.RETURNED,
        "loan",
        loan.id,
        days_late=terms.days_late,
        fine=terms.fine or None,
    )
    if terms.fine:
        action.event(
            ENTRY,
            "money",
            desk.library.new_id(),
            fresh=True,
            member=loan.member,
            amount=terms.fine,
            kind="fine",
            loan=loan.id,
        )
    if terms.suspended_until:
        action.set(
            "block",
            desk.library.new_id(),
            {
                "member": loan.member,
                "kind": BlockKind.SUSPENSION,
                "reason": "",
                "since": desk.today(),
                "until": terms.suspended_until,
                "lifted": 0,
                "loan": loan.id,
            },
            fresh=True,
        )


def _result(
    desk: Desk, copy: Copy, loan: Loan | None, terms: ReturnTerms, at: datetime
) -> Returned:
    title = names.title_brief(desk.library, copy.title)
    hold = terms.next_hold
    return Returned(
        copy=copy.id,
        barcode=copy.barcode,
        title_id=copy.title,
        title=title.title,
        author=title.author,
        call_number=title.call_number,
        line=line_of(desk.library, loan.id, desk.today()) if loan else None,
        returned_at=at,
        days_late=terms.days_late,
        fine=terms.fine,
        suspended_until=terms.suspended_until,
        hold=hold.id if hold else None,
        hold_member=names.member_name(desk.library, hold.member) if hold else "",
        pickup_until=terms.pickup_until,
        transit_to=_branch_name(desk, terms.transit_to),
        transit_branch=terms.transit_to,
    )


def _branch_name(desk: Desk, branch: UUID | None) -> str:
    found = desk.branches.get(branch) if branch else None
    return found.name if found else ""


def _notices(desk: Desk, copy: Copy, loan: Loan | None, terms: ReturnTerms) -> tuple[Notice, ...]:
    found = []
    if terms.next_hold:
        kind = NoticeKind.HOLD_READY_HERE if terms.pickup_until else NoticeKind.HOLD_TRANSIT
        facts = {
            "member": names.member_name(desk.library, terms.next_hold.member),
            "until": terms.pickup_until,
            "branch": _branch_name(desk, terms.transit_to),
        }
        found.append(Notice(kind, facts))
    elif terms.transit_to:
        found.append(Notice(NoticeKind.GO_HOME, {"branch": _branch_name(desk, terms.transit_to)}))
    if terms.fine:
        found.append(Notice(NoticeKind.FINE, {"amount": terms.fine, "days": terms.days_late}))
    if terms.suspended_until:
        found.append(Notice(NoticeKind.SUSPENDED, {"until": terms.suspended_until}))
    if terms.days_late and not terms.fine and not terms.suspended_until:
        found.append(Notice(NoticeKind.OVERDUE, {"days": terms.days_late}))
    if loan is None:
        found.append(Notice(NoticeKind.WAS_NOT_ON_LOAN))
    if copy.condition in _GONE:
        found.append(Notice(NoticeKind.WAS_LOST))
    if loan is not None and loan.claimed_returned:
        found.append(Notice(NoticeKind.WAS_CLAIMED))
    return tuple(found)
