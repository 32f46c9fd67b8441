"""Which loan rule decides, and why.

Of the rules that match, the highest ``priority`` wins; then the one that names more (category,
kind, branch, weekdays, dates); then the narrower dates; then the latest version; then the id. So
exactly one rule decides, whatever the order of the table.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from perpusdesk.domain.calendar import in_range, range_length
from perpusdesk.domain.policy_types import LoanRule


class Mismatch(StrEnum):
    """Why a rule does not apply."""

    CATEGORY = "category"
    KIND = "kind"
    BRANCH = "branch"
    WEEKDAY = "weekday"
    NOT_YET = "not_yet"
    OVER = "over"


class DecidedBy(StrEnum):
    """What put a matching rule behind the chosen one, in the order that they are compared."""

    PRIORITY = "priority"
    NAMES_MORE = "names_more"
    NARROWER_DATES = "narrower_dates"
    VERSION = "version"
    ID = "id"


@dataclass(frozen=True, slots=True)
class Explanation:
    """What became of one rule: chosen, not matching (and why), or beaten (and by what)."""

    rule: LoanRule
    chosen: bool = False
    mismatches: tuple[Mismatch, ...] = ()
    beaten_by: DecidedBy | None = None


def choose_rule(
    rules: Iterable[LoanRule],
    category: UUID | None,
    kind: UUID | None,
    branch: UUID | None,
    day: date,
) -> LoanRule | None:
    """The rule that decides for this category of member and kind of copy, at a branch, on a day."""
    matching = (rule for rule in rules if not mismatches(rule, category, kind, branch, day))
    return max(matching, key=_rank, default=None)


def explain(
    rules: Iterable[LoanRule],
    category: UUID | None,
    kind: UUID | None,
    branch: UUID | None,
    day: date,
) -> tuple[Explanation, ...]:
    """Every rule with what became of it: the chosen, the beaten by rank, then the others."""
    ranked = sorted(rules, key=_rank, reverse=True)
    why_not = [(rule, mismatches(rule, category, kind, branch, day)) for rule in ranked]
    matching = [rule for rule, wrong in why_not if not wrong]
    return (
        *(Explanation(rule, chosen=True) for rule in matching[:1]),
        *(Explanation(rule, beaten_by=_difference(matching[0], rule)) for rule in matching[1:]),
        *(Explanation(rule, mismatches=wrong) for rule, wrong in why_not if wrong),
    )


def mismatches(
    rule: LoanRule,
    category: UUID | None,
    kind: UUID | None,
    branch: UUID | None,
    day: date,
) -> tuple[Mismatch, ...]:
    """All the reasons why a rule does not apply; empty when it does."""
    found = {
        Mismatch.CATEGORY: rule.category not in (None, category),
        Mismatch.KIND: rule.kind not in (None, kind),
        Mismatch.BRANCH: rule.branch not in (None, branch),
        Mismatch.WEEKDAY: bool(rule.weekdays) and day.weekday() not in rule.weekdays,
        Mismatch.NOT_YET: not in_range(day, rule.first_day, None),
        Mismatch.OVER: not in_range(day, None, rule.last_day),
    }
    return tuple(reason for reason, wrong in found.items() if wrong)


def _rank(rule: LoanRule) -> tuple[int, int, int, int, UUID]:
    dated = rule.first_day is not None or rule.last_day is not None
    named: Sequence[object] = (rule.category, rule.kind, rule.branch, rule.weekdays or None)
    return (
        rule.priority,
        sum(field is not None for field in named) + dated,
        -range_length(rule.first_day, rule.last_day),
        rule.version,
        rule.id,
    )


def _difference(winner: LoanRule, loser: LoanRule) -> DecidedBy:
    pairs = zip(DecidedBy, _rank(winner), _rank(loser), strict=True)
    return next((by for by, won, lost in pairs if won != lost), DecidedBy.ID)
