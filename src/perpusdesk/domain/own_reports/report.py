"""One own report: what is chosen of its subject; periods that move along with the day."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any, Final
from uuid import UUID

from perpusdesk.domain.figures.months import Period, month_of, moved
from perpusdesk.domain.own_reports.catalogue import SUBJECTS, Column, Kind, Subject

LONGEST: Final = 200
_QUARTER: Final = 3
_YEARS: Final = range(1900, 2200)
"""What a person can mean by a year; others are slips of the keyboard, and no calendar has them."""


class How(StrEnum):
    """How a condition compares. Upper and lower case of the letters a to z are the same."""

    EQUALS = "equals"
    CONTAINS = "contains"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"


class Span(StrEnum):
    """Periods that move along; any other is the key of a ``Period``."""

    ALL = ""
    MONTH = "month"
    LAST_MONTH = "last_month"
    LAST_QUARTER = "last_quarter"
    YEAR = "year"
    LAST_YEAR = "last_year"


@dataclass(frozen=True, slots=True)
class Condition:
    """Rows whose ``column`` compares so with ``value``: text, a whole number, or a day."""

    column: str
    how: How
    value: str | int


@dataclass(frozen=True, slots=True)
class Report:
    """What is picked. ``group``: one line for each value of that column, with count and sums.

    ``period`` is a ``Span`` or a period's key. ``order`` ``""``: the latest first, of groups the
    biggest first. A report with a column that is not in its subject is never made (``checked``).
    """

    subject: str
    columns: tuple[str, ...]
    conditions: tuple[Condition, ...] = ()
    period: str = ""
    branch: UUID | None = None
    group: str = ""
    order: str = ""
    down: bool = False

    @property
    def of(self) -> Subject:
        """The subject."""
        return SUBJECTS[self.subject]

    @property
    def shown(self) -> tuple[Column, ...]:
        """The columns that are picked, in their order."""
        found = (self.of.column(key) for key in self.columns)
        return tuple(one for one in found if one is not None)

    @property
    def sums(self) -> tuple[Column, ...]:
        """The columns that are summed for each group."""
        return tuple(one for one in self.shown if one.adds_up)

    @property
    def personal(self) -> bool:
        """Whether it shows, sorts or looks at what tells who somebody is."""
        used = {one.column for one in self.conditions}
        used |= {self.group} if self.group else {*self.columns, self.order}
        return any(one.personal for one in self.of.columns if one.key in used)

    def months(self, today: date) -> Period | None:
        """Return the months of its period on a day; ``None``: of all time."""
        return months_of(self.period, today) if self.of.date else None


def months_of(period: str, today: date) -> Period | None:
    """Return the months of a span or of a period's key. Raises ``ValueError``."""
    this = month_of(today)
    year, quarters = today.year, (today.month - 1) // _QUARTER
    quarter = Period.quarter(year, quarters) if quarters else Period.quarter(year - 1, 4)
    spans = {
        Span.ALL: None,
        Span.MONTH: Period(this, this),
        Span.LAST_MONTH: Period(moved(this, -1), moved(this, -1)),
        Span.LAST_QUARTER: quarter,
        Span.YEAR: Period.year(year),
        Span.LAST_YEAR: Period.year(year - 1),
    }
    return spans[Span(period)] if period in tuple(Span) else period_of_key(period)


def period_of_key(key: str) -> Period:
    """Return the period of ``2026``, ``2026-Q3``, ``2026-11`` or two months. ``ValueError``."""
    first, dots, last = key.partition("..")
    if any(
        int(month.partition("-")[0]) not in _YEARS for month in ((first, last) if dots else (key,))
    ):
        raise ValueError(f"not a year of a library's figures: {key!r}")
    if dots:
        return Period(first, last)
    year, dash, rest = key.partition("-")
    if not dash:
        return Period.year(int(year))
    if rest[:1].upper() == "Q":
        number = int(rest[1:])
        if not 1 <= number <= 12 // _QUARTER:
            raise ValueError(f"not a quarter: {key!r}")
        return Period.quarter(int(year), number)
    return Period(key, key)


def begun(subject: str) -> Report:
    """Return what a new report begins with. Raises ``KeyError``."""
    one = SUBJECTS[subject]
    return Report(subject, one.first, period=Span.YEAR if one.date else Span.ALL)


def checked(report: Report) -> Report | None:
    """Return a report without what its subject does not have; ``None`` if nothing is left."""
    if report.subject not in SUBJECTS:
        return None
    known = {one.key for one in report.of.columns}
    columns = tuple(dict.fromkeys(key for key in report.columns if key in known))
    kept = replace(
        report,
        columns=columns,
        conditions=tuple(one for one in report.conditions if condition_fits(report.of, one)),
        group=report.group if report.group in known else "",
        order=report.order if report.order in known else "",
        period=report.period if report.of.date and _is_period(report.period) else "",
        branch=report.branch if report.of.branch else None,
    )
    return kept if columns or kept.group else None


def _is_period(period: str) -> bool:
    try:
        months_of(period, date(2000, 1, 1))
    except ValueError:
        return False
    return True


def ways(kind: Kind) -> tuple[How, ...]:
    """Return how a column of a kind can be compared."""
    if kind is Kind.TEXT:
        return (How.CONTAINS, How.EQUALS)
    if kind is Kind.CODE:
        return (How.EQUALS,)
    return (How.AT_LEAST, How.AT_MOST, How.EQUALS)


def condition_fits(subject: Subject, condition: Condition) -> bool:
    """Whether a condition can be put to a subject's column."""
    column = subject.column(condition.column)
    if column is None or condition.how not in ways(column.kind):
        return False
    if column.adds_up:
        return isinstance(condition.value, int) and abs(condition.value) < 1 << 62
    return isinstance(condition.value, str) and len(condition.value) <= LONGEST


def packed(report: Report) -> dict[str, Any]:
    """Return a report as plain values, field by field of its record."""
    where = [[one.column, one.how.value, one.value] for one in report.conditions]
    branch = report.branch.hex if report.branch else ""
    return {
        "subject": report.subject,
        "columns": list(report.columns),
        "filters": {"period": report.period, "branch": branch, "where": where},
        "ordering": {"by": report.order, "down": report.down},
        "totals": {"by": report.group},
    }


def unpacked(fields: Mapping[str, Any]) -> Report | None:
    """Return the report in such fields, without what this program does not know."""
    try:
        filters, ordering = fields["filters"], fields["ordering"]
        report = Report(
            str(fields["subject"]),
            tuple(str(key) for key in fields["columns"]),
            tuple(_conditions(filters["where"])),
            str(filters["period"]),
            UUID(hex=filters["branch"]) if filters["branch"] else None,
            str(fields["totals"]["by"]),
            str(ordering["by"]),
            bool(ordering["down"]),
        )
    except (KeyError, TypeError, ValueError):
        return None
    return checked(report)


def _conditions(kept: Any) -> Iterator[Condition]:
    for column, how, value in kept:
        if how in tuple(How) and isinstance(value, str | int):
            yield Condition(str(column), How(how), value)
