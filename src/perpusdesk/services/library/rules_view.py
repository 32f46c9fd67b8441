"""The loan rules in force, for whom they hold, and which one decides in a given case."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from typing import Any
from uuid import UUID

from perpusdesk.domain.decisions import Reason, Refused
from perpusdesk.domain.policy import Explanation, explain
from perpusdesk.domain.policy_types import HouseRules, LoanRule
from perpusdesk.services.desk import HOUSE_SETTING, Desk
from perpusdesk.services.results import Done
from perpusdesk.services.set_up import put_setting

RIGHT = "rules"


@dataclass(frozen=True, slots=True)
class RuleLine:
    """A rule with names in place of ids; an empty name means "any"."""

    rule: LoanRule
    category: str
    kind: str
    branch: str


@dataclass(frozen=True, slots=True)
class RulesView:
    """Everything a look at the rules needs, read at once."""

    rules: tuple[RuleLine, ...]
    house: HouseRules
    categories: tuple[tuple[UUID, str], ...]
    kinds: tuple[tuple[UUID, str], ...]
    may_change: bool


def rules_view(desk: Desk) -> RulesView:
    """Return the rules in force, the widest last, and the names to ask about."""
    ranked = [one.rule for one in explain(desk.rules, None, None, None, desk.today())]
    lines = sorted((_line(desk, rule) for rule in ranked), key=_breadth)
    return RulesView(
        tuple(lines),
        desk.house,
        tuple((one.id, one.name) for one in desk.categories.values()),
        tuple((one.id, one.name) for one in desk.kinds.values()),
        desk.may(RIGHT),
    )


def explain_here(
    desk: Desk, category: UUID | None, kind: UUID | None
) -> tuple[tuple[RuleLine, Explanation], ...]:
    """Return what becomes of each rule for this member category and kind, here and today."""
    told = explain(desk.rules, category, kind, desk.branch, desk.today())
    return tuple((_line(desk, one.rule), one) for one in told)


def set_house_rule(desk: Desk, **changes: Any) -> Done[HouseRules] | Refused:
    """Change rules of the whole house; they hold for every decision from now on.

    ``RIGHT_MISSING``. Raises ``ValueError`` for a rule that does not exist.
    """
    known = {field.name for field in fields(HouseRules)}
    if not changes.keys() <= known:
        raise ValueError(f"no such house rule: {set(changes) - known}")
    if not desk.may(RIGHT):
        return Refused(Reason.RIGHT_MISSING, {"right": RIGHT})
    house = HouseRules(**{**asdict(desk.house), **changes})
    action = desk.action("set_house_rule")
    put_setting(action, HOUSE_SETTING, asdict(house))
    written = desk.commit(action)
    return Done(house, written.action, "set_house_rule", frozenset({"setting"}))


def _line(desk: Desk, rule: LoanRule) -> RuleLine:
    category = desk.categories.get(rule.category) if rule.category else None
    kind = desk.kinds.get(rule.kind) if rule.kind else None
    branch = desk.branches.get(rule.branch) if rule.branch else None
    return RuleLine(
        rule,
        category.name if category else "",
        kind.name if kind else "",
        branch.name if branch else "",
    )


def _breadth(line: RuleLine) -> tuple[int, int, str, str]:
    """Sort by priority, then by how much a rule names, then by its words."""
    named = sum(bool(part) for part in (line.category, line.kind, line.branch))
    return (-line.rule.priority, -named, line.category, line.kind)
