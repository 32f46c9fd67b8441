"""Months as text (``2026-11``), periods of them, and the days they are made of."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

_MONTH: Final = re.compile(r"(\d{4})-(\d{2})")
MONTHS: Final = 12
_QUARTER: Final = 3
_EPOCH: Final = date(1970, 1, 1)


def month_of(day: date) -> str:
    """Return the month of a day."""
    return f"{day.year:04d}-{day.month:02d}"


def moved(month: str, by: int) -> str:
    """Return the month so many months later (earlier where ``by`` is negative)."""
    year, place = divmod(_place(month) + by, MONTHS)
    return f"{year:04d}-{place + 1:02d}"


def first_day(month: str) -> date:
    """Return the first day of a month. Raises ``ValueError``."""
    year, place = divmod(_place(month), MONTHS)
    return date(year, place + 1, 1)


def last_day(month: str) -> date:
    """Return the last day of a month."""
    return first_day(moved(month, 1)) - timedelta(days=1)


def day_number(day: date) -> int:
    """Return the days since 1 January 1970, as facts are kept by."""
    return (day - _EPOCH).days


def day_of(number: int) -> date:
    """Return the day of such a number."""
    return _EPOCH + timedelta(days=number)


def _place(month: str) -> int:
    found = _MONTH.fullmatch(month)
    if not found or not 1 <= int(found[2]) <= MONTHS:
        raise ValueError(f"not a month: {month!r}")
    return int(found[1]) * MONTHS + int(found[2]) - 1


@dataclass(frozen=True, slots=True)
class Period:
    """Whole months, from the first to the last one, both included."""

    first: str
    last: str

    def __post_init__(self) -> None:
        """Refuse what is no period. Raises ``ValueError``."""
        if _place(self.last) < _place(self.first):
            raise ValueError(f"{self.last} is before {self.first}")

    @classmethod
    def year(cls, year: int) -> Period:
        """Return a calendar year."""
        return cls(f"{year:04d}-01", f"{year:04d}-12")

    @classmethod
    def quarter(cls, year: int, number: int) -> Period:
        """Return a quarter (triwulan), ``number`` from 1 to 4."""
        first = f"{year:04d}-{(number - 1) * _QUARTER + 1:02d}"
        return cls(first, moved(first, _QUARTER - 1))

    @classmethod
    def up_to(cls, last: str, months: int) -> Period:
        """Return so many months that end with ``last``."""
        return cls(moved(last, 1 - months), last)

    @property
    def months(self) -> list[str]:
        """All its months, the earliest first."""
        count = _place(self.last) - _place(self.first) + 1
        return [moved(self.first, step) for step in range(count)]

    @property
    def begins(self) -> date:
        """Its first day."""
        return first_day(self.first)

    @property
    def ends(self) -> date:
        """Its last day."""
        return last_day(self.last)

    @property
    def year_before(self) -> Period:
        """The same months a year before."""
        return Period(moved(self.first, -MONTHS), moved(self.last, -MONTHS))

    @property
    def key(self) -> str:
        """What counts of this period are kept by: ``2026-11``, ``2026-Q4``, ``2026``, else both."""
        if self.first == self.last:
            return self.first
        year = int(self.first[:4])
        if self == Period.year(year):
            return f"{year:04d}"
        for number in range(1, 5):
            if self == Period.quarter(year, number):
                return f"{year:04d}-Q{number}"
        return f"{self.first}..{self.last}"
