"""When one branch is open: hours by weekday and date range, and dated closures.

Asked by due dates, days late and the days that a held copy waits.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from uuid import UUID

from perpusdesk.domain.policy_types import Closure, Hours

MONDAY_TO_SATURDAY = frozenset(range(6))
FARTHEST = 400
"""Days that ``next_open`` looks ahead before it gives up on a branch that never opens."""

WHOLE_DAY = (time.min, time.max)
ONE_DAY = timedelta(days=1)


def in_range(day: date, first: date | None, last: date | None) -> bool:
    """Whether a day lies in a range that includes both ends; ``None`` leaves that end open."""
    return (first is None or first <= day) and (last is None or day <= last)


def range_length(first: date | None, last: date | None) -> int:
    """Days in a range; a range with an open end is longer than every closed one."""
    return ((last or date.max) - (first or date.min)).days


@dataclass(frozen=True, slots=True)
class Calendar:
    """The opening days of ``branch``; rows of other branches are ignored.

    Where no row of ``hours`` matches a day, the branch is closed if it has lasting hours (rows that
    open it and do not end, or did not begin, on a date); else ``default_open_weekdays`` decides
    (Monday = 0). So a Ramadan row for Fridays alone closes no other day. A closure
    with ``applies=False`` closes nothing, and when it names the branch it also lifts the general
    closure of the same name. A calendar remembers the days it was asked about: keep it as long
    as its tables do not change.
    """

    branch: UUID | None = None
    hours: tuple[Hours, ...] = ()
    closures: tuple[Closure, ...] = ()
    default_open_weekdays: frozenset[int] = MONDAY_TO_SATURDAY
    _known: dict[date, bool] = field(default_factory=dict, init=False, compare=False, repr=False)

    def is_open(self, day: date) -> bool:
        """Whether anybody could bring a book back on this day."""
        known = self._known.get(day)
        if known is None:
            known = self._known[day] = bool(self._planned(day)) and not self.closure_names(day)
        return known

    def sessions(self, day: date) -> tuple[tuple[time, time], ...]:
        """The opening times of a day, two when there is a break, none when closed.

        A day that is open without known hours is one session from midnight to midnight.
        """
        return self._planned(day) if self.is_open(day) else ()

    def closure_names(self, day: date) -> tuple[str, ...]:
        """Why the branch is closed on a day: the names of its closures, sorted, each once."""
        rows = [row for row in self.closures if row.first_day <= day <= row.last_day]
        mine = [row for row in rows if row.branch is None or row.branch == self.branch]
        lifted = {row.name for row in mine if row.branch is not None and not row.applies}
        names = {
            row.name
            for row in mine
            if row.applies and not (row.branch is None and row.name in lifted)
        }
        return tuple(sorted(names))

    def next_open(self, day: date) -> date:
        """The first open day on or after ``day``; ``day`` itself if none is near (400 days)."""
        return next((found for found in _days(day, FARTHEST) if self.is_open(found)), day)

    def last_open(self, day: date, not_before: date) -> date | None:
        """The last open day on or before ``day`` but not before ``not_before``."""
        for back in range((day - not_before).days + 1):
            if self.is_open(day - timedelta(days=back)):
                return day - timedelta(days=back)
        return None

    def open_days(self, after: date, until: date) -> int:
        """How many open days follow ``after``, up to and including ``until``."""
        return sum(
            self.is_open(after + timedelta(days=step + 1)) for step in range((until - after).days)
        )

    def after_open_days(self, day: date, count: int) -> date:
        """The ``count``-th open day after ``day`` (``day`` plus ``count`` where none is near)."""
        found = day
        for _ in range(count):
            found = self.next_open(found + ONE_DAY)
        return found

    def _planned(self, day: date) -> tuple[tuple[time, time], ...]:
        """The sessions that the hours give a day, before closures are looked at."""
        dated = [
            row
            for row in self.hours
            if row.branch in (None, self.branch) and in_range(day, row.first_day, row.last_day)
        ]
        matching = [row for row in dated if row.weekday in (None, day.weekday())]
        if matching:
            return _sessions(max(matching, key=_rank))
        if any(_is_lasting(row) for row in dated):
            return ()
        return (WHOLE_DAY,) if day.weekday() in self.default_open_weekdays else ()


def _days(first: date, count: int) -> Iterator[date]:
    return (first + timedelta(days=step) for step in range(count))


def _is_lasting(row: Hours) -> bool:
    return row.opens is not None and (row.first_day is None or row.last_day is None)


def _sessions(row: Hours) -> tuple[tuple[time, time], ...]:
    if row.opens is None:
        return ()
    closes = row.closes or time.max
    if row.break_from is None or row.break_until is None:
        return ((row.opens, closes),)
    return ((row.opens, row.break_from), (row.break_until, closes))


def _rank(row: Hours) -> tuple[int, int, int, str]:
    """Which row wins; the last element only makes the order independent of the table's order."""
    named = (row.branch is not None) + (row.weekday is not None)
    return (row.priority, -range_length(row.first_day, row.last_day), named, repr(row))
