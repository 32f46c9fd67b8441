"""When the issues of a serial are due, and what they are called."""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from types import MappingProxyType
from typing import Final

_DAYS: Final = MappingProxyType({"daily": 1, "weekly": 7, "biweekly": 14})
_MONTHS: Final = MappingProxyType(
    {
        "monthly": 1,
        "bimonthly": 2,
        "quarterly": 3,
        "three_a_year": 4,
        "half_yearly": 6,
        "yearly": 12,
    }
)
SEMIMONTHLY: Final = "semimonthly"
IRREGULAR: Final = "irregular"
FREQUENCIES: Final = (*_DAYS, SEMIMONTHLY, *_MONTHS, IRREGULAR)
"""How often a serial comes; issues of an irregular one are entered as they come."""

_GRACE: Final = MappingProxyType({"daily": 2, "weekly": 7, "biweekly": 10, SEMIMONTHLY: 14})
_USUAL_GRACE: Final = 30
_MOST: Final = 400


@dataclass(frozen=True, slots=True)
class Numbering:
    """The volume and number of the first issue; ``restarts``: numbers begin at 1 each year.

    Without a number issues go by their dates alone. The volume goes up with the year.
    """

    volume: int | None = None
    number: int | None = None
    restarts: bool = True


@dataclass(frozen=True, slots=True)
class Expected:
    """An issue that is due on a day."""

    day: date
    volume: str
    number: str


def due_days(frequency: str, first: date, last: date) -> Iterator[date]:
    """Yield the days from ``first`` to ``last`` on which issues are due; at most 400."""
    for count in range(_MOST):
        day = _nth(frequency, first, count)
        if day is None or day > last:
            return
        yield day


def _nth(frequency: str, first: date, count: int) -> date | None:
    try:
        if frequency in _DAYS:
            return first + timedelta(days=_DAYS[frequency] * count)
        if frequency in _MONTHS:
            return _months_on(first, _MONTHS[frequency] * count)
        if frequency == SEMIMONTHLY:
            return _months_on(first, count // 2) + timedelta(days=15 * (count % 2))
    except (OverflowError, ValueError):
        pass
    return first if count == 0 and frequency == IRREGULAR else None


def _months_on(day: date, months: int) -> date:
    """Return the same day some months later; the last of a month that is shorter."""
    month = day.month - 1 + months
    year, month = day.year + month // 12, month % 12 + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def expected_issues(
    frequency: str, first: date, last: date, numbering: Numbering
) -> Iterator[Expected]:
    """Yield the issues that are due in a period, with their volumes and numbers."""
    now, year = numbering, first.year
    for day in due_days(frequency, first, last):
        if day.year != year:
            volume = None if now.volume is None else now.volume + day.year - year
            number = 1 if now.restarts and now.number is not None else now.number
            now, year = replace(now, volume=volume, number=number), day.year
        yield Expected(day, _said(now.volume), _said(now.number))
        if now.number is not None:
            now = replace(now, number=now.number + 1)


def _said(number: int | None) -> str:
    return "" if number is None else str(number)


def grace_days(frequency: str) -> int:
    """Return after how many days an issue that has not come is called late."""
    return _GRACE.get(frequency, _USUAL_GRACE)


def issue_name(volume: str, number: str, when: str) -> str:
    """Return what an issue is called: ``Vol. 12 No. 3 (Maret 2026)``."""
    parts = [f"Vol. {volume}" if volume else "", f"No. {number}" if number else ""]
    name = " ".join(part for part in parts if part)
    return f"{name} ({when})" if name and when else name or when
