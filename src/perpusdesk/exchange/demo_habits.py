"""What becomes of a demo loan: renewed or not, back in time, late, lost, or never back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from perpusdesk.domain.calendar import Calendar
from perpusdesk.exchange.demo_dice import Dice
from perpusdesk.exchange.demo_events import EventKind
from perpusdesk.exchange.rule_tables import RuleTable

LATE: Final = 0.12
LOST: Final = 0.004
NEVER_BACK: Final = 0.006
RENEWED: Final = 0.17
_LONGEST_DELAY: Final = 45


@dataclass(frozen=True, slots=True)
class LoanHabits:
    """What the library's rules give a category: days, books at a time, renewals and their days."""

    days: int
    limit: int
    renewals: int
    renewal_days: int


@dataclass(frozen=True, slots=True)
class Fate:
    """What becomes of a loan; ``due`` is the last due date, ``ends`` is ``None`` for never."""

    due: date
    renewed: date | None
    ends: date | None
    lost: bool


def habits_of(table: RuleTable) -> dict[str, LoanHabits]:
    """Return each category's habits by the rules that name no kind, branch or dates."""
    plain = [
        rule
        for rule in table.rules
        if rule.kind is None and rule.branch is None and rule.first_day is None and rule.may_lend
    ]
    ranked = sorted(plain, key=lambda rule: rule.priority)
    everybody = {category.name: category.name for category in table.categories}
    return {
        name: LoanHabits(
            rule.loan_days,
            rule.loan_limit,
            rule.renewals,
            rule.loan_days if rule.renewal_days is None else rule.renewal_days,
        )
        for rule in ranked
        for name in everybody
        if rule.category in (None, name)
    }


def fate(lent: date, habits: LoanHabits, calendar: Calendar, rng: Dice) -> Fate:
    """Decide what becomes of a loan made on the day ``lent``."""
    due = calendar.next_open(lent + timedelta(days=habits.days))
    renewed = None
    if habits.renewals and rng.random() < RENEWED:
        before = min(rng.randint(0, 2), max(0, (due - lent).days - 1))
        renewed = calendar.next_open(due - timedelta(days=before))
        due = calendar.next_open(renewed + timedelta(days=habits.renewal_days))
    throw = rng.random()
    if throw < NEVER_BACK:
        return Fate(due, renewed, None, lost=False)
    if throw < NEVER_BACK + LOST:
        return Fate(due, renewed, due + timedelta(days=rng.randint(2, 20)), lost=True)
    if throw < NEVER_BACK + LOST + LATE:
        delay = 1 + min(_LONGEST_DELAY, int(rng.expovariate(1 / 6)))
        return Fate(due, renewed, due + timedelta(days=delay), lost=False)
    early = int(rng.expovariate(1 / 2))
    soonest = (renewed or lent) + timedelta(days=1)
    return Fate(due, renewed, max(soonest, due - timedelta(days=early)), lost=False)


@dataclass(frozen=True, slots=True)
class Errand:
    """Why a member comes: to bring (RETURN), renew, report (LOST) or fetch (LEND) a copy."""

    kind: EventKind
    member: int
    copy: int


class Diary:
    """Who has an errand at which branch on which day; closed days move to the next open one."""

    def __init__(self, calendars: Sequence[Calendar]) -> None:
        self._calendars = calendars
        self._errands: dict[tuple[int, date], list[Errand]] = defaultdict(list)

    def note(self, branch: int, day: date, errand: Errand) -> None:
        """Write an errand down for the first open day from ``day``."""
        self._errands[branch, self._calendars[branch].next_open(day)].append(errand)

    def take(self, branch: int, day: date) -> dict[int, list[Errand]]:
        """Return the day's errands by member, and forget them."""
        found: dict[int, list[Errand]] = defaultdict(list)
        for errand in self._errands.pop((branch, day), ()):
            found[errand.member].append(errand)
        return dict(found)


def only(kind: EventKind, errands: Iterable[Errand]) -> bool:
    """Tell whether all errands are of one kind."""
    return all(errand.kind is kind for errand in errands)
