"""Keeping the figures counted: short pieces on the library's thread, long counts beside the work.

Order: stale days (the latest first), sums of their months, then different persons and registers.
"""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from perpusdesk.domain.figures.measures import UNUSED_MONTHS
from perpusdesk.domain.figures.months import Period, day_of, month_of, moved
from perpusdesk.services.desk import Desk
from perpusdesk.services.figures.figures import this_month
from perpusdesk.storage.figures import keeper, persons, registers
from perpusdesk.storage.figures.days import Fact
from perpusdesk.storage.figures.keeper import Waiting
from perpusdesk.storage.library import Library
from perpusdesk.storage.queries import figures as query
from perpusdesk.storage.queries.values import bounds_of_day

REGISTER_MONTHS: Final = 36
"""How far back stock and members are counted by their dates: three years, as accreditation asks."""
_SOON_MS: Final = 10 * 60_000
_LATER_MS: Final = 20 * 3_600_000
_KEPT: Final = "figures/"


@dataclass(slots=True)
class Page:
    """What was counted of one month or period, and the measures that it replaces."""

    period: str
    facts: list[Fact]
    measures: tuple[str, ...]
    done: Waiting | None = None


@dataclass(slots=True)
class Counted:
    """Pages to write down, one short transaction each, and then what to remember of it."""

    pages: deque[Page]
    remember: dict[str, str] = field(default_factory=dict)


def count_some(desk: Desk) -> int:
    """Do one piece of some milliseconds on the library's thread; return how many are left."""
    library = desk.library
    keeper.begin(library)
    day = keeper.next_stale(library)
    if day is not None:
        keeper.count_stale_day(library, day)
        month, after = month_of(day_of(day)), keeper.next_stale(library)
        if after is not None and month_of(day_of(after)) != month:
            _sum(library, month)  # so that the latest months can be seen while others wait
        return keeper.stale_days(library) + len(keeper.waiting(library, keeper.SUMS))
    months = keeper.waiting(library, keeper.SUMS)
    if months:
        keeper.sum_month(library, months[0].month)
    return max(0, len(months) - 1)


def _sum(library: Library, month: str) -> None:
    if any(one.month == month for one in keeper.waiting(library, keeper.SUMS)):
        keeper.sum_month(library, month)


class LongCounts:
    """What takes longer, asked on a connection that only reads; written by ``keep_page``.

    What changes with every loan is not counted again all the time: the month of today after ten
    minutes, its year and what does not move once a day; not ``patient``: once at all.
    """

    def __init__(self, *, patient: bool = True) -> None:
        self._patient = patient
        self._at: dict[str, int] = {}

    def next(self, desk: Desk) -> Counted | None:
        """Count the next thing that waits; ``None``: nothing does. Reads only."""
        today = this_month(desk)
        return (
            self._months(desk, today, now=True)
            or self._registers(desk, today)
            or self._months(desk, today, now=False)
            or self._unused(desk, today)
        )

    def _rests(self, desk: Desk, name: str, span: int) -> bool:
        """Whether something was counted so lately that it need not be again; else it is now."""
        now, before = desk.library.now_ms(), self._at.get(name)
        if before is not None and (not self._patient or now - before < span):
            return True
        self._at[name] = now
        return False

    def _months(self, desk: Desk, today: str, *, now: bool) -> Counted | None:
        waiting = keeper.waiting(desk.library, keeper.PERSONS)
        for one in sorted(waiting, key=lambda one: (len(one.month) != len(today), one.month)):
            period = keeper.period_of(one.month)
            current = period.first <= today <= period.last
            if now and one.month != today:
                continue
            if current and self._rests(
                desk, one.month, _SOON_MS if one.month == today else _LATER_MS
            ):
                continue
            return Counted(deque([self._persons(desk.library, one, period)]))
        return None

    @staticmethod
    def _persons(library: Library, one: Waiting, period: Period) -> Page:
        facts = persons.count_persons(library, period)
        if period.first != period.last:
            return Page(one.month, facts, persons.PERSONS, one)
        facts += persons.count_faithful(library, one.month)
        return Page(one.month, facts, persons.MONTHLY, one)

    def _registers(self, desk: Desk, today: str) -> Counted | None:
        for register in registers.REGISTERS:
            seen = registers.print_of(desk.library, register)
            key = f"{_KEPT}{register}"
            before = json.loads(desk.library.local(key) or "{}")
            if before.get("print") == seen and before.get("month") == today:
                continue
            if before.get("month") == today and self._rests(desk, register, _SOON_MS):
                continue
            pages = _register_pages(desk.library, register, today, before.get("month", ""))
            return Counted(pages, {key: json.dumps({"print": seen, "month": today})})
        return self._missed(desk, today)

    def _missed(self, desk: Desk, today: str) -> Counted | None:
        found = registers.missed_searches(desk.library)
        known = query.plain_months(desk.library, "searches_missed")
        pages = deque(
            Page(month, [(b"", b"", "searches_missed", "", count)], ("searches_missed",))
            for month, count in found.items()
            if known.get(month) != count
        )
        return Counted(pages) if pages else None

    def _unused(self, desk: Desk, today: str) -> Counted | None:
        """Count what does not move: today, and at the end of the month and the year before."""
        wanted = (today, moved(today, -1), f"{int(today[:4]) - 1:04d}-12")
        for month in dict.fromkeys(wanted):
            key = f"{_KEPT}unused/{month}"
            if month != today and desk.library.local(key) is not None:
                continue
            if month == today and self._rests(desk, key, _LATER_MS):
                continue
            period = Period.up_to(month, UNUSED_MONTHS)
            since, _after = bounds_of_day(period.begins, desk.zone)
            _since, until = bounds_of_day(period.ends, desk.zone)
            facts = registers.count_unused(desk.library, month, since, until)
            page = Page(month, facts, ("copies_unused", "copies_unused.class"))
            return Counted(deque([page]), {} if month == today else {key: "1"})
        return None


def _register_pages(library: Library, register: str, today: str, counted: str) -> deque[Page]:
    """Return the months that changed; ``counted``: the month in which this was last done."""
    period = Period.up_to(today, REGISTER_MONTHS)
    bases = registers.REGISTERS[register]
    pages: deque[Page] = deque()
    for month, now in registers.count_register(library, register, period).items():
        before = query.facts_of(library, month, bases)
        found = _with_kept(now, before) if month < counted else +now
        if found != before:
            names = tuple(sorted({fact[2] for fact in (*found, *before)}))
            pages.append(Page(month, registers.facts_of(found), names))
    return pages


def _with_kept(now: registers.Month, before: registers.Month) -> registers.Month:
    """Return the new facts, with the old ones of what only its own time could tell."""
    kept = {fact: value for fact, value in before.items() if fact[2] in registers.ONCE}
    if not kept:
        return +now
    found = registers.Month({fact: v for fact, v in now.items() if fact[2] not in registers.ONCE})
    found.update(kept)
    return +found


def keep_page(desk: Desk, counted: Counted) -> bool:
    """Write down one page, on the library's thread; return whether there are more."""
    if counted.pages:
        page = counted.pages.popleft()
        keeper.keep_month(desk.library, page.period, page.facts, page.measures, page.done)
    if counted.pages:
        return True
    for key, value in counted.remember.items():
        desk.library.put_local(key, value)
    return False


def freshen(desk: Desk, progress: Callable[[int], object] = lambda _left: None) -> None:
    """Count all that is to be counted, at once; ``progress`` hears how many pieces are left.

    For commands and reports: a library that never counted takes a while (a year of a city: see
    ``bench figures``).
    """
    while (left := count_some(desk)) > 0:
        progress(left)
    long = LongCounts(patient=False)
    while (counted := long.next(desk)) is not None:
        while keep_page(desk, counted):
            pass
    progress(0)
