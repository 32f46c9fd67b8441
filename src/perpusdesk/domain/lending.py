"""Lending: may this member take this copy, until when, and all that speaks against it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from perpusdesk.domain.circulation_requests import LendRequest, ReadRequest, RenewRequest
from perpusdesk.domain.circulation_types import Loan, Quota, ReadTerms, Terms
from perpusdesk.domain.decisions import Reason, Refused
from perpusdesk.domain.due import due_date
from perpusdesk.domain.eligibility import (
    access_refusal,
    copy_refusals,
    damage_refusal,
    member_refusals,
)
from perpusdesk.domain.holds import hold_conflict, own_hold, set_aside_for
from perpusdesk.domain.members import Member
from perpusdesk.domain.overriding import settle
from perpusdesk.domain.policy import choose_rule
from perpusdesk.domain.policy_types import LoanRule


def decide_lend(request: LendRequest) -> Terms | Refused:
    """Until when the member may have the copy, or the first reason why not."""
    rule = _rule_for(request)
    settled = settle(lend_refusals(request), request.override)
    if rule is None or isinstance(settled, Refused):
        return settled if isinstance(settled, Refused) else no_rule(request)
    day, member = request.at.date(), request.member
    ends = member.expires if request.house.expiry_caps_due else None
    filled = own_hold(request.copy, member.id, request.holds, day)
    return Terms(
        due=due_date(day, rule.loan_days, request.calendar, ends),
        rule=rule,
        left=max(0, rule.loan_limit - len(counted(request.open_loans)) - 1),
        overridden=settled,
        fills_hold=None if filled is None else filled.id,
    )


def lend_refusals(request: LendRequest) -> tuple[Refused, ...]:
    """All reasons against this loan: first what nobody can override, then the member, the copy.

    Facts, besides those of ``eligibility`` and ``hold_conflict``: ``NO_RULE`` category, kind,
    branch · ``LIMIT_REACHED`` limit, count, kind (``None``: all loans), rule ·
    ``COPY_NOT_FOR_LOAN`` access, or rule when a rule forbids it.
    """
    rule, day, copy = _rule_for(request), request.at.date(), request.copy
    hard = copy_refusals(copy, request.member.id, request.copy_loan)
    if rule is None:
        hard = (*hard, no_rule(request))
    soft = (
        access_refusal(copy) or forbidden_by(rule),
        hold_conflict(copy, request.member.id, request.holds, day, request.other_copies_free),
        damage_refusal(copy),
    )
    return (
        *hard,
        *member_refusals(request.member, day, request.house, request.open_loans, request.debt),
        *(() if rule is None else limit_refusals(rule, copy.kind, request.open_loans)),
        *(refusal for refusal in soft if refusal is not None),
    )


def decide_read_on_site(request: ReadRequest) -> ReadTerms | Refused:
    """Any copy that stands in the house may be read there, unless it is kept for another."""
    day = request.at.date()
    kept = set_aside_for(request.copy, request.holds, day)
    conflict = hold_conflict(request.copy, request.member, request.holds, day)
    refusals = copy_refusals(request.copy, request.member, request.copy_loan)
    if kept is not None and conflict is not None:
        refusals = (*refusals, conflict)
    settled = settle(refusals, request.override)
    return settled if isinstance(settled, Refused) else ReadTerms(settled)


def member_quota(
    member: Member,
    rules: Iterable[LoanRule],
    open_loans: Iterable[Loan],
    branch: UUID | None,
    day: date,
) -> Quota:
    """The quota to show before any copy is scanned.

    By the rule for copies of no particular kind; where there is none, by the most generous of the
    rules for kinds. A kind with a rule of its own may still allow more or fewer.
    """
    known = tuple(rules)
    kinds = [None, *{rule.kind for rule in known if rule.kind is not None}]
    chosen = [choose_rule(known, member.category, kind, branch, day) for kind in kinds]
    limits = [rule.loan_limit if rule is not None and rule.may_lend else 0 for rule in chosen]
    limit, used = limits[0] or max(limits), len(counted(open_loans))
    return Quota(limit, used, max(0, limit - used))


def counted(open_loans: Iterable[Loan]) -> tuple[Loan, ...]:
    """The loans that count towards a member's limit: all open ones but those of kits."""
    return tuple(loan for loan in open_loans if loan.end is None and loan.kit is None)


def limit_refusals(
    rule: LoanRule, kind: UUID | None, open_loans: Iterable[Loan]
) -> tuple[Refused, ...]:
    """The member has as many as the rule allows, of all kinds or of this kind."""
    loans = counted(open_loans)
    of_kind = sum(loan.kind == kind for loan in loans)
    limits = ((rule.loan_limit, len(loans), None), (rule.kind_limit, of_kind, kind))
    return tuple(
        Refused(
            Reason.LIMIT_REACHED,
            {"limit": limit, "count": count, "kind": which, "rule": rule.id},
            overridable=True,
        )
        for limit, count, which in limits
        if limit is not None and count >= limit
    )


def no_rule(request: LendRequest | RenewRequest) -> Refused:
    """No loan rule matches; there is no due date to give, so nobody can override it."""
    facts = {
        "category": request.member.category,
        "kind": request.copy.kind,
        "branch": request.branch,
    }
    return Refused(Reason.NO_RULE, facts)


def forbidden_by(rule: LoanRule | None) -> Refused | None:
    """The rule that decides says that such copies are not lent."""
    if rule is None or rule.may_lend:
        return None
    return Refused(Reason.COPY_NOT_FOR_LOAN, {"rule": rule.id}, overridable=True)


def _rule_for(request: LendRequest) -> LoanRule | None:
    return choose_rule(
        request.rules,
        request.member.category,
        request.copy.kind,
        request.branch,
        request.at.date(),
    )
