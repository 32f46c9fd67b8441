"""Block loans: a school or a reading group takes many copies, due on one day.

Copies in a kit do not count towards the member's own limit; the kit has its own.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from perpusdesk.domain.circulation_requests import KitCopy, KitRequest, LendRequest
from perpusdesk.domain.circulation_types import KitTerms
from perpusdesk.domain.decisions import Reason, Refused
from perpusdesk.domain.due import due_date
from perpusdesk.domain.eligibility import member_refusals
from perpusdesk.domain.lending import lend_refusals, no_rule
from perpusdesk.domain.overriding import settle
from perpusdesk.domain.policy import choose_rule
from perpusdesk.domain.policy_types import LoanRule

OF_THE_KIT = frozenset(
    {
        Reason.MEMBER_BLOCKED,
        Reason.MEMBER_SUSPENDED,
        Reason.MEMBER_EXPIRED,
        Reason.GUARDIAN_CONSENT_MISSING,
        Reason.MEMBER_HAS_OVERDUE,
        Reason.MEMBER_OWES,
        Reason.LIMIT_REACHED,
    }
)
"""What is decided once for the kit and not again for each copy."""

Line = tuple[UUID, LoanRule, frozenset[Reason]]


def decide_kit(request: KitRequest) -> KitTerms | Refused:
    """Which copies go and until when; refused as a whole for the member or the kit's limit.

    Where no copy may go, the answer is the first copy's refusal. A copy named twice goes once.
    """
    settled = settle(kit_refusals(request), request.override)
    if isinstance(settled, Refused):
        return settled
    lines: list[Line] = []
    refused: list[tuple[UUID, Refused]] = []
    for copy in {line.copy.id: line for line in request.copies}.values():
        answer = _decide_copy(copy, request)
        if isinstance(answer, Refused):
            refused.append((copy.copy.id, answer))
        else:
            lines.append(answer)
    if refused and not lines:
        return refused[0][1]
    return KitTerms(
        due=_due(request, (rule for _, rule, _ in lines)),
        lines=tuple((copy, rule) for copy, rule, _ in lines),
        left=max(0, _limit(request) - request.already - len(lines)),
        refused=tuple(refused),
        overridden=settled.union(*(reasons for _, _, reasons in lines)),
    )


def kit_refusals(request: KitRequest) -> tuple[Refused, ...]:
    """All that speaks against the kit as a whole: the member's, and ``LIMIT_REACHED``.

    Its facts: limit, count (what the kit would hold), kind and rule ``None``.
    """
    day, count = request.at.date(), request.already + len({x.copy.id for x in request.copies})
    found = member_refusals(request.member, day, request.house, request.open_loans, request.debt)
    if count <= _limit(request):
        return found
    facts = {"limit": _limit(request), "count": count, "kind": None, "rule": None}
    return (*found, Refused(Reason.LIMIT_REACHED, facts, overridable=True))


def _decide_copy(line: KitCopy, request: KitRequest) -> Line | Refused:
    asked = LendRequest(
        member=request.member,
        copy=line.copy,
        rules=request.rules,
        calendar=request.calendar,
        at=request.at,
        branch=request.branch,
        house=request.house,
        copy_loan=line.copy_loan,
        holds=line.holds,
        other_copies_free=line.other_copies_free,
    )
    against = [x for x in lend_refusals(asked) if x.reason not in OF_THE_KIT]
    settled = settle(against, request.override)
    if isinstance(settled, Refused):
        return settled
    rule = choose_rule(
        request.rules,
        request.member.category,
        line.copy.kind,
        request.branch,
        request.at.date(),
    )
    return no_rule(asked) if rule is None else (line.copy.id, rule, settled)


def _due(request: KitRequest, rules: Iterable[LoanRule]) -> date:
    """The date the kit already has; else the agreed or shortest period, rolled like any other."""
    if request.due is not None:
        return request.due
    shortest = min((rule.loan_days for rule in rules), default=0)
    days = shortest if request.days is None else request.days
    ends = request.member.expires if request.house.expiry_caps_due else None
    return due_date(request.at.date(), days, request.calendar, ends)


def _limit(request: KitRequest) -> int:
    return request.house.kit_limit if request.limit is None else request.limit
