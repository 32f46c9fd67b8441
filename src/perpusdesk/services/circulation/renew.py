"""Renewing loans."""

from __future__ import annotations

from uuid import UUID

from perpusdesk.domain.circulation_requests import RenewRequest
from perpusdesk.domain.decisions import Override, Reason, Refused
from perpusdesk.domain.merge import loans as loan_events
from perpusdesk.domain.renewals import decide_renew, renew_refusals
from perpusdesk.services.circulation.lend import refuse_special
from perpusdesk.services.desk import Desk
from perpusdesk.services.results import Done, Lent, Notice, NoticeKind
from perpusdesk.storage.queries import circulation as find
from perpusdesk.storage.queries.loans import line_of

VERB = "renew"


def renew(desk: Desk, loan: UUID, *, override: Override | None = None) -> Done[Lent] | Refused:
    """Renew one loan and commit it; the new due date is never earlier than the old one."""
    refusal = refuse_special(desk, override, None)
    request = refusal or _request(desk, loan, override)
    if isinstance(request, Refused):
        return request
    terms = decide_renew(request)
    if isinstance(terms, Refused):
        return terms
    action = desk.action(VERB)
    action.event(
        loan_events.RENEWED,
        "loan",
        loan,
        due=terms.due,
        rule=terms.rule.id,
        rule_version=terms.rule.version,
        overridden=sorted(terms.overridden) or None,
        why=override.reason if override and terms.overridden else None,
    )
    written = desk.commit(action)
    line = line_of(desk.library, loan, desk.today())
    assert line is not None
    notices = (
        (Notice(NoticeKind.OVERRIDDEN, {"of": tuple(sorted(terms.overridden))}),)
        if terms.overridden
        else ()
    )
    return Done(Lent(line, terms.left), written.action, VERB, frozenset({"loan"}), notices)


def renew_objections(desk: Desk, loan: UUID) -> tuple[Refused, ...]:
    """Return everything that speaks against this renewal, so that one override can name it all."""
    request = _request(desk, loan, None)
    return (request,) if isinstance(request, Refused) else renew_refusals(request)


def renew_all(desk: Desk, member: UUID) -> list[Done[Lent] | Refused]:
    """Renew every open loan of a member, each an action of its own, the most urgent first."""
    loans = find.open_loans_of_member(desk.library, member)
    return [renew(desk, loan.id) for loan in loans]


def _request(desk: Desk, loan_id: UUID, override: Override | None) -> RenewRequest | Refused:
    library = desk.library
    loan = find.loan_by_id(library, loan_id)
    if loan is None:
        return Refused(Reason.LOAN_UNKNOWN, {"loan": loan_id})
    member = find.member_by_id(library, loan.member)
    copy = find.copy_by_id(library, loan.copy)
    if member is None or copy is None:
        reason = Reason.MEMBER_UNKNOWN if member is None else Reason.COPY_UNKNOWN
        return Refused(reason, {"loan": loan_id})
    holds = find.live_holds_of_title(library, copy.title)
    return RenewRequest(
        loan=loan,
        member=member,
        copy=copy,
        rules=desk.rules,
        calendar=desk.calendar(),
        at=desk.now(),
        branch=desk.branch,
        house=desk.house,
        loan_rule=desk.rule(loan.rule),
        open_loans=find.open_loans_of_member(library, member.id),
        debt=find.debt_of(library, member.id),
        holds=holds,
        other_copies_free=find.free_copies(library, copy.title, copy.id) if holds else 0,
        override=override,
    )
