"""Figures of any months, branch and stop, from the facts that were counted beside the work."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any, Final
from uuid import UUID

from perpusdesk.domain.figures.measures import CATALOGUE, Measure, Over
from perpusdesk.domain.figures.months import Period, month_of
from perpusdesk.services.desk import Desk
from perpusdesk.storage.figures.persons import count_persons
from perpusdesk.storage.queries import figures as query
from perpusdesk.storage.queries.figures import Where
from perpusdesk.storage.queries.values import as_id

_NEVER_SUMS: Final = frozenset({"titles", "titles.class", "titles_added"})
"""A title may stand in two branches: all together is no sum."""


class Group(StrEnum):
    """What figures are told apart by."""

    MONTH = "month"
    BRANCH = "branch"
    STOP = "stop"
    KEY = "key"


@dataclass(frozen=True, slots=True)
class Figure:
    """One number; what it is not told apart by is empty."""

    measure: str
    value: int
    month: str = ""
    branch: UUID | None = None
    stop: UUID | None = None
    key: str = ""


@dataclass(frozen=True, slots=True)
class FigureTable:
    """Figures that were asked for together."""

    period: Period
    rows: tuple[Figure, ...]

    def value(
        self,
        measure: str,
        month: str = "",
        branch: UUID | None = None,
        stop: UUID | None = None,
        key: str = "",
    ) -> int:
        """Return one number; 0 where nothing was counted."""
        wanted = (measure, month, branch, stop, key)
        return sum(
            one.value
            for one in self.rows
            if (one.measure, one.month, one.branch, one.stop, one.key) == wanted
        )

    def known(self, measure: str) -> bool:
        """Whether anything was counted of it."""
        return any(one.measure == measure for one in self.rows)

    def of(self, measure: str) -> list[Figure]:
        """Return all figures of one measure."""
        return [one for one in self.rows if one.measure == measure]

    def keys(self, measure: str) -> list[str]:
        """Return the keys of its parts, those with most first, what is not known last."""
        sums: dict[str, int] = defaultdict(int)
        for one in self.of(measure):
            sums[one.key] += one.value
        return sorted(sums, key=lambda key: (not key, -sums[key], key))


def this_month(desk: Desk) -> str:
    """Return the month of today at this desk."""
    return month_of(desk.today())


def figures(
    desk: Desk,
    measures: Sequence[str],
    first_month: str,
    last_month: str,
    *,
    branch: UUID | None = None,
    stop: UUID | None = None,
    by: Collection[Group] = (),
) -> FigureTable:
    """Return figures of whole months, told apart ``by`` what is asked for.

    Parts (``visits.sex``) told apart by key have one without a key: what is not known. The state
    at the end of a period that is not over is that of today. Raises ``KeyError`` for an unknown
    measure, ``ValueError`` for what is no period.
    """
    period = Period(first_month, last_month)
    asked = [CATALOGUE[name] for name in dict.fromkeys(measures)]
    rows: list[Figure] = []
    place = _Place(branch, stop, frozenset(by))
    rows += _added(desk, [one for one in asked if _adds(one)], period, place)
    rows += _at_end(desk, [one for one in asked if one.over is Over.END], period, place)
    whole = [one.id for one in asked if one.over is Over.DATED and one.id in _NEVER_SUMS]
    rows += _whole(desk, whole, period.months, place)
    rows += _persons(desk, [one.id for one in asked if one.over is Over.PEOPLE], period, place)
    calendar = [one.id for one in asked if one.over is Over.CALENDAR]
    rows += _calendar(desk, calendar, period, place)
    return FigureTable(period, tuple(rows))


@dataclass(frozen=True, slots=True)
class _Place:
    branch: UUID | None
    stop: UUID | None
    by: frozenset[Group]

    def where(self, months: Sequence[str]) -> Where:
        branch = None if self.branch is None else self.branch.bytes
        return Where(months, branch, None if self.stop is None else self.stop.bytes)


def _adds(one: Measure) -> bool:
    return one.over in {Over.DAYS, Over.DATED} and one.id not in _NEVER_SUMS


def _figure(row: tuple[Any, ...]) -> Figure:
    measure, month, branch, stop, key, value = row
    return Figure(measure, int(value), month or "", as_id(branch), as_id(stop), key or "")


def _added(desk: Desk, asked: list[Measure], period: Period, place: _Place) -> Iterator[Figure]:
    if not asked:
        return
    with_rest = {one.id: one.of for one in asked if one.keys and Group.KEY in place.by}
    names = [*dict.fromkeys((*(one.id for one in asked), *with_rest.values()))]
    rows = query.sums(desk.library, names, place.where(period.months), place.by)
    found = [_figure(row) for row in rows]
    wanted = {one.id for one in asked}
    yield from (one for one in found if one.measure in wanted)
    for part, base in with_rest.items():
        yield from _rest(found, part, base)


def _rest(found: Sequence[Figure], part: str, base: str) -> Iterator[Figure]:
    """Yield what is missing from the parts to the whole, place by place."""
    left: dict[tuple[str, UUID | None, UUID | None], int] = defaultdict(int)
    for one in found:
        sign = {base: 1, part: -1}.get(one.measure, 0)
        left[one.month, one.branch, one.stop] += sign * one.value
    for (month, branch, stop), value in left.items():
        if value > 0:
            yield Figure(part, value, month, branch, stop)


def _at_end(desk: Desk, asked: list[Measure], period: Period, place: _Place) -> Iterator[Figure]:
    if not asked:
        return
    today = this_month(desk)
    months = (
        period.months if Group.MONTH in place.by else [max(period.first, min(period.last, today))]
    )
    names = [one.id for one in asked if one.id not in _NEVER_SUMS]
    if names:
        rows = query.sums(desk.library, names, place.where(months), place.by)
        yield from map(_figure, rows)
    yield from _whole(desk, [one.id for one in asked if one.id in _NEVER_SUMS], months, place)


def _whole(
    desk: Desk, names: Sequence[str], months: Sequence[str], place: _Place
) -> Iterator[Figure]:
    """Yield what is never a sum of places; keys and months may still be added up."""
    if not names:
        return
    sums: dict[Figure, int] = defaultdict(int)
    for row in query.whole(desk.library, names, place.where(months), place.by):
        one = _figure(row)
        key = one.key if Group.KEY in place.by else ""
        sums[Figure(one.measure, 0, one.month, one.branch, one.stop, key)] += one.value
    for one, value in sums.items():
        yield Figure(one.measure, value, one.month, one.branch, one.stop, one.key)


def _persons(desk: Desk, names: Sequence[str], period: Period, place: _Place) -> Iterator[Figure]:
    if not names:
        return
    if Group.MONTH in place.by:
        yield from _whole(desk, names, period.months, place)
        return
    kept = query.has_any(desk.library, names, period.key)
    yield from _whole(desk, [name for name in names if name in kept], [period.key], place)
    missing = [name for name in names if name not in kept]
    if missing and period.first != period.last:
        yield from _counted_now(desk, missing, period, place)


def _counted_now(
    desk: Desk, names: Sequence[str], period: Period, place: _Place
) -> Iterator[Figure]:
    """Yield different persons of a period that nobody keeps: counted on the spot."""
    where = place.where([period.key])
    facts = [fact for fact in count_persons(desk.library, period) if fact[2] in names]
    for branch, stop, measure, key, value in query.chosen(facts, where, place.by):
        here = branch if Group.BRANCH in place.by else b""
        halt = stop if Group.STOP in place.by else b""
        yield _figure((measure, "", here, halt, key, value))


def _calendar(desk: Desk, names: Sequence[str], period: Period, place: _Place) -> Iterator[Figure]:
    """Yield planned opening: of all branches together the days on which any is open.

    Minutes of all branches together are those of the branch that is open longest. Up to today.
    """
    if not names or place.stop is not None:
        return
    branches = list(desk.branches) if place.branch is None else [place.branch]
    days: dict[tuple[str, UUID], set[date]] = defaultdict(set)
    minutes: dict[tuple[str, UUID], int] = defaultdict(int)
    for branch in branches:
        for day, open_minutes in _open_days(desk, branch, period):
            month = month_of(day) if Group.MONTH in place.by else ""
            days[month, branch].add(day)
            minutes[month, branch] += open_minutes
    for month in sorted({month for month, _branch in days}):
        shown: list[tuple[UUID | None, list[UUID]]] = [(None, branches)]
        if Group.BRANCH in place.by:
            shown = [(branch, [branch]) for branch in branches]
        for name, some in shown:
            open_on = set().union(*(days[month, one] for one in some))
            longest = max((minutes[month, one] for one in some), default=0)
            values = {"open_days": len(open_on), "open_minutes": longest}
            yield from (Figure(one, values[one], month, name) for one in names)


def _open_days(desk: Desk, branch: UUID, period: Period) -> Iterator[tuple[date, int]]:
    calendar, day = desk.calendar(branch), period.begins
    until = min(period.ends, desk.today())
    while day <= until:
        spans = calendar.sessions(day)
        length = sum(
            (datetime.combine(day, closes) - datetime.combine(day, opens)).seconds // 60
            for opens, closes in spans
        )
        if spans:
            yield day, length
        day += timedelta(days=1)
