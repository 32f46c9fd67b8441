"""Which copies may be weeded (penyiangan): by age, by use, by demand, by condition.

A rule proposes; people decide. A copy is proposed for every reason that holds.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from perpusdesk.domain.items import Condition


class Why(StrEnum):
    """Why a copy is proposed."""

    NEVER_LENT = "never_lent"
    NOT_LENT = "not_lent"
    OLD = "old"
    SURPLUS = "surplus"
    DAMAGED = "damaged"
    MISSING = "missing"
    PICKED = "picked"
    """Somebody took it from the shelf for it."""


@dataclass(frozen=True, slots=True)
class WeedingRule:
    """What is looked for; ``None`` and ``False`` look for nothing.

    ``never_lent``: years without any loan. ``not_lent``: years since the last loan. ``older_than``:
    years since publication. ``surplus``: more copies than were ever wanted at once in so many
    years, and one for the shelf. ``kind`` and ``branch`` narrow it to a part of the stock.
    """

    never_lent: int | None = None
    not_lent: int | None = None
    older_than: int | None = None
    surplus: int | None = None
    damaged: bool = False
    missing: bool = False
    kind: UUID | None = None
    branch: UUID | None = None


@dataclass(frozen=True, slots=True)
class StockCopy:
    """A copy that stands in the house (or is lost), as the rules see it.

    ``known_since``: the day from which on a loan of it would be known here.
    """

    id: UUID
    title: UUID
    condition: Condition
    year: int | None
    known_since: date
    last_lent: date | None
    loans: int


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason with what it rests on: a day, a year, or numbers."""

    why: Why
    since: date | None = None
    year: int | None = None
    copies: int = 0
    wanted: int = 0


@dataclass(frozen=True, slots=True)
class Candidate:
    """A copy and all that speaks for weeding it."""

    copy: UUID
    reasons: tuple[Reason, ...]


def years_before(day: date, years: int) -> date:
    """Return the same day so many years earlier (28 February for the 29th)."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)


def reasons_for(copy: StockCopy, rule: WeedingRule, today: date) -> tuple[Reason, ...]:
    """Return what speaks for weeding one copy, whatever other copies there are."""
    found = (
        _never_lent(copy, rule, today),
        _not_lent(copy, rule, today),
        _old(copy, rule, today),
        Reason(Why.DAMAGED) if rule.damaged and copy.condition is Condition.DAMAGED else None,
        Reason(Why.MISSING) if rule.missing and copy.condition in _GONE else None,
    )
    return tuple(reason for reason in found if reason is not None)


_GONE = (Condition.LOST, Condition.MISSING)


def _never_lent(copy: StockCopy, rule: WeedingRule, today: date) -> Reason | None:
    if rule.never_lent is None or copy.last_lent is not None or copy.condition in _GONE:
        return None
    if copy.known_since > years_before(today, rule.never_lent):
        return None
    return Reason(Why.NEVER_LENT, since=copy.known_since)


def _not_lent(copy: StockCopy, rule: WeedingRule, today: date) -> Reason | None:
    if rule.not_lent is None or copy.last_lent is None or copy.condition in _GONE:
        return None
    if copy.last_lent > years_before(today, rule.not_lent):
        return None
    return Reason(Why.NOT_LENT, since=copy.last_lent)


def _old(copy: StockCopy, rule: WeedingRule, today: date) -> Reason | None:
    if rule.older_than is None or copy.year is None or copy.year >= today.year - rule.older_than:
        return None
    return Reason(Why.OLD, year=copy.year)


def surplus(copies: Sequence[StockCopy], peak: int) -> dict[UUID, Reason]:
    """Return the copies of one title that nobody would miss.

    ``peak``: how many were on loan at once. That many stay, and one for the shelf; damaged ones go
    first, then those that were lent least and longest ago.
    """
    here = [copy for copy in copies if copy.condition not in _GONE]
    spare = len(here) - (peak + 1)
    if spare <= 0:
        return {}
    ranked = sorted(
        here,
        key=lambda copy: (
            copy.condition is Condition.GOOD,
            copy.last_lent or date.min,
            copy.loans,
            copy.id,
        ),
    )
    reason = Reason(Why.SURPLUS, copies=len(here), wanted=peak)
    return {copy.id: reason for copy in ranked[:spare]}


def peak_of(spans: Iterable[tuple[int, int | None]]) -> int:
    """Return how many of these spans of time (begin, end or open) there were at once."""
    steps: list[tuple[int, int]] = []
    for begin, end in spans:
        steps.append((begin, 1))
        if end is not None:
            steps.append((max(end, begin + 1), -1))
    count = most = 0
    for _at, step in sorted(steps):
        count += step
        most = max(most, count)
    return most


def candidates(
    stock: Iterable[StockCopy], rule: WeedingRule, today: date, peaks: dict[UUID, int]
) -> list[Candidate]:
    """Return every copy that something speaks for weeding, in the order of the stock.

    ``peaks``: per title how many copies were on loan at once (titles that are missing: none).
    """
    copies = list(stock)
    spare = _spare(copies, peaks) if rule.surplus is not None else {}
    found = []
    for copy in copies:
        reasons = reasons_for(copy, rule, today)
        if copy.id in spare:
            reasons = (*reasons, spare[copy.id])
        if reasons:
            found.append(Candidate(copy.id, reasons))
    return found


def _spare(copies: Sequence[StockCopy], peaks: dict[UUID, int]) -> dict[UUID, Reason]:
    of_title: dict[UUID, list[StockCopy]] = {}
    for copy in copies:
        of_title.setdefault(copy.title, []).append(copy)
    found: dict[UUID, Reason] = {}
    for title, mine in of_title.items():
        if len(mine) > 1:
            found.update(surplus(mine, peaks.get(title, 0)))
    return found
