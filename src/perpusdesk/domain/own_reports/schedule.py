"""When a scheduled report is due: after its period has ended, each period once."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Final

from perpusdesk.domain.figures.months import Period, month_of, moved
from perpusdesk.domain.own_reports.report import period_of_key

MOST_BEHIND: Final = 36
"""Periods that are made up for at most, after the device was switched off for long."""
_MONTHS: Final = {"month": 1, "quarter": 3, "year": 12}


class Every(StrEnum):
    """How often."""

    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


def period_with(every: Every, month: str) -> Period:
    """Return the period that a month lies in."""
    year, number = int(month[:4]), int(month[5:])
    if every is Every.MONTH:
        return Period(month, month)
    if every is Every.QUARTER:
        return Period.quarter(year, (number - 1) // _MONTHS["quarter"] + 1)
    return Period.year(year)


def last_ended(every: Every, today: date) -> Period:
    """Return the latest period that is over on a day."""
    return before(every, period_with(every, month_of(today)))


def before(every: Every, period: Period) -> Period:
    """Return the period before one."""
    return period_with(every, moved(period.first, -_MONTHS[every]))


def due(every: Every, last: str, today: date) -> list[Period]:
    """Return the periods that are over and were not written yet, the earliest first.

    ``last`` is the key of the last one that was; where it says nothing, only the latest is due.
    """
    ended = last_ended(every, today)
    found: list[Period] = []
    written = _known(last)
    while (written is None or written.last < ended.last) and len(found) < MOST_BEHIND:
        found.append(ended)
        ended = before(every, ended)
        if written is None:
            break
    return found[::-1]


def _known(key: str) -> Period | None:
    try:
        return period_of_key(key)
    except ValueError:
        return None
