"""What the head of a library asks of a month: who came and borrowed, what moves, what is short."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from perpusdesk.domain.figures.months import MONTHS, Period, day_number, month_of, moved
from perpusdesk.services.desk import Desk
from perpusdesk.services.figures.figures import FigureTable, Group, figures, this_month
from perpusdesk.storage.figures import keeper
from perpusdesk.storage.queries import dashboard as query

TILES: Final = ("visits", "loans", "readings", "borrowers", "members_new", "questions")
TREND: Final = ("visits", "loans", "readings", "borrowers", "members_new", "questions")
HOUR_MONTHS: Final = 3
"""Months up to the chosen one that quiet hours are told from: one alone has too few days."""
FAITHFUL: Final = ("members_new", "borrowers.returning", "borrowers.lapsed")
SHORT_LISTS: Final = 8
_BY_DAY: Final = frozenset({"visits", "loans", "readings", "questions"})


@dataclass(frozen=True, slots=True)
class Scope:
    """Which month (``2026-11``), and of which branch or stop (``None``: all)."""

    month: str
    branch: UUID | None = None
    stop: UUID | None = None

    @property
    def year(self) -> Period:
        """The twelve months up to the chosen one."""
        return Period.up_to(self.month, MONTHS)


@dataclass(frozen=True, slots=True)
class Tile:
    """A figure of the month and that of a year before (``None``: nothing was counted then).

    ``until``: the day of the month up to which both count, when the month is not over; ``unequal``:
    then ``before`` is of the whole month all the same.
    """

    measure: str
    value: int
    before: int | None
    until: int | None = None
    unequal: bool = False


@dataclass(frozen=True, slots=True)
class PlaceLine:
    """A branch or one stop of a van, with what was counted in the month and a year before."""

    name: str
    branch: UUID | None
    stop: UUID | None
    values: Mapping[str, int]
    before: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class ClassLine:
    """A main class: its stock, how often it was used in a year, what nobody wanted, who waits."""

    key: str
    copies: int
    used: int
    unused: int
    holds: int

    @property
    def uses_per_copy(self) -> float:
        """Loans and readings a copy and year."""
        return self.used / self.copies if self.copies else 0.0


@dataclass(frozen=True, slots=True)
class Wanted:
    """A title that members wait for."""

    title: UUID
    name: str
    holds: int
    copies: int


@dataclass(frozen=True, slots=True)
class Dashboard:
    """All of it. ``trend`` has twelve months and the twelve before, by measure.

    ``hours``: visitors of an average open day by weekday and hour. ``waiting``: days that are still
    to be counted; ``anything``: whether there is a single figure.
    """

    scope: Scope
    tiles: tuple[Tile, ...]
    trend: Mapping[str, tuple[tuple[int, ...], tuple[int, ...]]]
    places: tuple[PlaceLine, ...]
    hours: Mapping[tuple[int, int], float]
    classes: tuple[ClassLine, ...]
    ages: Mapping[str, int]
    faithful: Mapping[str, tuple[int, ...]]
    wanted: tuple[Wanted, ...]
    missed: tuple[tuple[str, int], ...]
    waiting: int
    anything: bool


def dashboard(desk: Desk, scope: Scope) -> Dashboard:
    """Return the dashboard from what is counted by now. Reads only; some hundredths of a second."""
    tiles, trend = _tiles(desk, scope), _trend(desk, scope)
    classes, ages = _stock(desk, scope)
    anything = bool(ages) or any(any(pair[0]) or any(pair[1]) for pair in trend.values())
    return Dashboard(
        scope=scope,
        tiles=tiles,
        trend=trend,
        places=_places(desk, scope),
        hours=_hours(desk, scope),
        classes=classes,
        ages=ages,
        faithful=_faithful(desk, scope),
        wanted=_wanted(desk, scope),
        missed=tuple(query.missed(desk.library, scope.year, SHORT_LISTS)),
        waiting=keeper.stale_days(desk.library),
        anything=anything,
    )


def _table(
    desk: Desk, scope: Scope, measures: Sequence[str], period: Period, *by: Group
) -> FigureTable:
    return figures(
        desk, measures, period.first, period.last, branch=scope.branch, stop=scope.stop, by=by
    )


def _tiles(desk: Desk, scope: Scope) -> tuple[Tile, ...]:
    month = Period(scope.month, scope.month)
    year_before = month.year_before
    now = _table(desk, scope, TILES, month)
    before = _table(desk, scope, TILES, year_before)
    today = desk.today()
    until = today.day if month_of(today) == scope.month and today < month.ends else None
    earlier: Counter[str] = Counter()
    if until is not None:
        days = _span(year_before, until)
        branch, stop = _bytes(scope.branch), _bytes(scope.stop)
        earlier = query.day_sums(desk.library, tuple(_BY_DAY), days, branch, stop)
    known = query.begins(desk.library)
    counted = known is not None and known <= day_number(year_before.ends)
    tiles = []
    for name in TILES:
        partly = until is not None and name in _BY_DAY
        value = earlier[name] if partly else before.value(name)
        last_year = value if counted or before.known(name) else None
        unequal = until is not None and not partly
        tiles.append(Tile(name, now.value(name), last_year, until if partly else None, unequal))
    return tuple(tiles)


def _span(month: Period, until: int) -> tuple[int, int]:
    last = min(month.ends, month.begins + timedelta(days=until - 1))
    return day_number(month.begins), day_number(last)


def _bytes(id_: UUID | None) -> bytes | None:
    return None if id_ is None else id_.bytes


def _trend(desk: Desk, scope: Scope) -> dict[str, tuple[tuple[int, ...], tuple[int, ...]]]:
    both = Period.up_to(scope.month, 2 * MONTHS)
    table = _table(desk, scope, TREND, both, Group.MONTH)
    values = {(one.measure, one.month): one.value for one in table.rows}
    found = {}
    for name in TREND:
        line = [values.get((name, month), 0) for month in both.months]
        found[name] = (tuple(line[MONTHS:]), tuple(line[:MONTHS]))
    return found


def _places(desk: Desk, scope: Scope) -> tuple[PlaceLine, ...]:
    month = Period(scope.month, scope.month)
    names = ("visits", "loans", "readings")
    by = (Group.BRANCH,) if scope.branch is None else (Group.BRANCH, Group.STOP)
    now, before = (_table(desk, scope, names, period, *by) for period in (month, month.year_before))
    places = {(one.branch, one.stop) for one in (*now.rows, *before.rows)}
    if scope.branch is None:
        places |= {(branch, None) for branch in desk.branches}
    stops = query.stop_names(desk.library)
    lines = []
    for branch, stop in places:
        known = desk.branches.get(branch) if branch else None
        name = stops.get(stop, "") if stop else (known.name if known else "")
        values, earlier = (
            {one: table.value(one, branch=branch, stop=stop) for one in names}
            for table in (now, before)
        )
        lines.append(PlaceLine(name, branch, stop, values, earlier))
    return tuple(sorted(lines, key=lambda line: (-line.values["visits"], line.name)))


def _hours(desk: Desk, scope: Scope) -> dict[tuple[int, int], float]:
    period = Period.up_to(scope.month, HOUR_MONTHS)
    table = _table(desk, scope, ("visits.hour",), period, Group.KEY)
    days = _weekdays(period, desk.today())
    found = {}
    for one in table.rows:
        if one.key:
            weekday, _dash, hour = one.key.partition("-")
            found[int(weekday), int(hour)] = one.value / max(1, days[int(weekday)])
    return found


def _weekdays(period: Period, today: date) -> Counter[int]:
    """Return how many of each weekday a period has, up to today."""
    count = (min(period.ends, today) - period.begins).days + 1
    return Counter(
        (period.begins + timedelta(days=step)).weekday() for step in range(max(0, count))
    )


def _stock(desk: Desk, scope: Scope) -> tuple[tuple[ClassLine, ...], dict[str, int]]:
    month = Period(scope.month, scope.month)
    here = Scope(scope.month, scope.branch)
    table = _table(desk, here, ("copies.class", "copies.stock_age"), month, Group.KEY)
    unused = figures(
        desk,
        ["copies_unused.class"],
        *(min(scope.month, this_month(desk)),) * 2,
        branch=scope.branch,
        by=(Group.KEY,),
    )
    used = _table(desk, scope, ("loans.class", "readings.class"), scope.year, Group.KEY)
    holds = query.holds_by_class(desk.library, _bytes(scope.branch))
    keys = sorted({one.key for one in (*table.of("copies.class"), *used.rows)} | set(holds))
    lines = [
        ClassLine(
            key,
            table.value("copies.class", key=key),
            sum(used.value(name, key=key) for name in ("loans.class", "readings.class")),
            unused.value("copies_unused.class", key=key),
            holds.get(key, 0),
        )
        for key in sorted(keys, key=lambda key: (not key, key))
    ]
    ages = {one.key: one.value for one in table.of("copies.stock_age")}
    return tuple(lines), ages


def _faithful(desk: Desk, scope: Scope) -> dict[str, tuple[int, ...]]:
    here = Scope(scope.month, scope.branch)
    table = _table(desk, here, FAITHFUL, scope.year, Group.MONTH)
    values = {(one.measure, one.month): one.value for one in table.rows}
    return {
        name: tuple(values.get((name, month), 0) for month in scope.year.months)
        for name in FAITHFUL
    }


def _wanted(desk: Desk, scope: Scope) -> tuple[Wanted, ...]:
    rows = query.wanted(desk.library, _bytes(scope.branch), SHORT_LISTS)
    return tuple(Wanted(title, name, holds, copies) for title, name, holds, copies in rows)


def first_month(desk: Desk) -> str:
    """Return the first month of which anything is counted; this one when there is nothing."""
    known = query.begins(desk.library)
    return this_month(desk) if known is None else month_of(date(1970, 1, 1) + timedelta(days=known))


def years_back(desk: Desk) -> list[str]:
    """Return the months that can be chosen, the latest first."""
    today = this_month(desk)
    first = max(first_month(desk), moved(today, -10 * MONTHS))
    return list(reversed(Period(min(first, today), today).months))
