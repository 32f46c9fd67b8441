"""How a copy's condition may change by itself; what a loan has to do with it is in ``lost``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from perpusdesk.domain.circulation_types import Hold, Loan
from perpusdesk.domain.decisions import Reason, Refused
from perpusdesk.domain.eligibility import copy_refusals
from perpusdesk.domain.holds import set_aside_for
from perpusdesk.domain.items import Condition, Copy

ALREADY = {
    Condition.GOOD: Reason.COPY_NOT_DAMAGED,
    Condition.DAMAGED: Reason.COPY_DAMAGED,
    Condition.LOST: Reason.COPY_LOST,
    Condition.MISSING: Reason.COPY_LOST,
    Condition.WITHDRAWN: Reason.COPY_WITHDRAWN,
}
"""What is answered to somebody who enters what is so already."""

NOT_FROM = {
    Condition.MISSING: frozenset({Condition.LOST, Condition.WITHDRAWN}),
    Condition.LOST: frozenset({Condition.WITHDRAWN}),
    Condition.DAMAGED: frozenset({Condition.WITHDRAWN}),
}
"""Steps that make no sense: what was withdrawn is not in the house, what is lost not missing."""


@dataclass(frozen=True, slots=True)
class ConditionTerms:
    """The copy's new condition, and the hold it was kept for, which waits again."""

    condition: Condition
    releases: UUID | None = None


def decide_condition(
    copy: Copy,
    to: Condition,
    day: date,
    copy_loan: Loan | None = None,
    holds: Sequence[Hold] = (),
) -> ConditionTerms | Refused:
    """Enter a copy as damaged, missing, lost, withdrawn, or as good again (repaired, found).

    A copy that is on loan has to come back first, or to be entered as lost with its loan
    (``COPY_ON_LOAN`` loan, member, due); else ``ALREADY`` says what is refused, fact: condition.
    """
    on_loan = [x for x in copy_refusals(copy, None, copy_loan) if x.reason is Reason.COPY_ON_LOAN]
    if on_loan:
        return on_loan[0]
    if copy.condition is to or copy.condition in NOT_FROM.get(to, ()):
        return Refused(ALREADY[copy.condition], {"condition": copy.condition})
    kept = set_aside_for(copy, holds, day)
    releases = kept.id if kept is not None and to is not Condition.GOOD else None
    return ConditionTerms(to, releases)
