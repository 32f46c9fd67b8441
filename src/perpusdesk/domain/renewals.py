"""Renewing: may this loan go on, and until when. A renewal never brings the due date forward."""

from __future__ import annotations

from datetime import date

from perpusdesk.domain.circulation_requests import RenewRequest
from perpusdesk.domain.circulation_types import Terms
from perpusdesk.domain.decisions import Reason, Refused
from perpusdesk.domain.due import due_date
from perpusdesk.domain.eligibility import member_refusals
from perpusdesk.domain.holds import queue_for_copy
from perpusdesk.domain.lending import counted, forbidden_by, no_rule
from perpusdesk.domain.overriding import settle
from perpusdesk.domain.policy import choose_rule
from perpusdesk.domain.policy_types import LoanRule


def decide_renew(request: RenewRequest) -> Terms | Refused:
    """The new due date, always later than the old one, or the first reason why not."""
    rule = rule_of_renewal(request)
    settled = settle(renew_refusals(request), request.override)
    if rule is None or isinstance(settled, Refused):
        return settled if isinstance(settled, Refused) else no_rule(request)
    others = [loan for loan in counted(request.open_loans) if loan.id != request.loan.id]
    used = len(others) + (request.loan.kit is None)
    return Terms(_new_due(request, rule), rule, max(0, rule.loan_limit - used), settled)


def renew_refusals(request: RenewRequest) -> tuple[Refused, ...]:
    """All reasons against this renewal, what nobody can override first.

    Facts, besides those of the member: ``LOAN_CLOSED`` loan, end · ``NO_RULE`` as in lending ·
    ``RENEWAL_TOO_EARLY`` due, new_due (nothing would be gained) · ``RENEWAL_TOO_LATE`` due, days ·
    ``RENEWALS_USED_UP`` limit, used · ``RENEWAL_WAITED_FOR`` waiting, hold.
    """
    rule, day = rule_of_renewal(request), request.at.date()
    others = [loan for loan in request.open_loans if loan.id != request.loan.id]
    found = (
        _closed(request),
        no_rule(request) if rule is None else _gains_nothing(request, rule),
        *member_refusals(request.member, day, request.house, others, request.debt),
        _too_late(request, day),
        None if rule is None else _used_up(request, rule),
        forbidden_by(rule),
        _waited_for(request, day),
    )
    return tuple(refusal for refusal in found if refusal is not None)


def rule_of_renewal(request: RenewRequest) -> LoanRule | None:
    """The rule in force today, or that of the loan where none matches any more."""
    chosen = choose_rule(
        request.rules,
        request.member.category,
        request.copy.kind,
        request.branch,
        request.at.date(),
    )
    return chosen or request.loan_rule


def _new_due(request: RenewRequest, rule: LoanRule) -> date:
    today, due = request.at.date(), request.loan.due
    start = today if request.house.renew_from_today or due < today else due
    days = rule.loan_days if rule.renewal_days is None else rule.renewal_days
    ends = request.member.expires if request.house.expiry_caps_due else None
    return due_date(start, days, request.calendar, ends)


def _closed(request: RenewRequest) -> Refused | None:
    if request.loan.end is None:
        return None
    return Refused(Reason.LOAN_CLOSED, {"loan": request.loan.id, "end": request.loan.end})


def _gains_nothing(request: RenewRequest, rule: LoanRule) -> Refused | None:
    new_due = _new_due(request, rule)
    if new_due > request.loan.due:
        return None
    return Refused(Reason.RENEWAL_TOO_EARLY, {"due": request.loan.due, "new_due": new_due})


def _too_late(request: RenewRequest, day: date) -> Refused | None:
    due = request.loan.due
    if request.house.renew_when_overdue or day <= due:
        return None
    facts = {"due": due, "days": (day - due).days}
    return Refused(Reason.RENEWAL_TOO_LATE, facts, overridable=True)


def _used_up(request: RenewRequest, rule: LoanRule) -> Refused | None:
    if request.loan.renewals < rule.renewals:
        return None
    facts = {"limit": rule.renewals, "used": request.loan.renewals}
    return Refused(Reason.RENEWALS_USED_UP, facts, overridable=True)


def _waited_for(request: RenewRequest, day: date) -> Refused | None:
    waiting = [
        hold
        for hold in queue_for_copy(request.copy, request.holds, day)
        if hold.member != request.member.id
    ]
    if len(waiting) <= max(0, request.other_copies_free):
        return None
    facts = {"waiting": len(waiting), "hold": waiting[0].id}
    return Refused(Reason.RENEWAL_WAITED_FOR, facts, overridable=True)
