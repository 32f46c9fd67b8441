"""Own reports as SQL: put together from the fixed expressions of ``own_report_columns`` alone.

What a person typed is never part of a statement, only a value of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from perpusdesk.domain.figures.months import Period
from perpusdesk.domain.own_reports.catalogue import Column
from perpusdesk.domain.own_reports.report import Condition, How, Report
from perpusdesk.storage.library import Library
from perpusdesk.storage.parts import in_parts
from perpusdesk.storage.queries.own_report_columns import SOURCES, Source
from perpusdesk.storage.queries.values import sure_id

Row = tuple[Any, ...]
_CHUNK: Final = 500
_DAY_MS: Final = 86_400_000
_EPOCH_DAY: Final = 719_163
"""1 January 1970 as Python counts days."""
_COMPARES: Final[Mapping[How, str]] = {
    How.EQUALS: "{column} = {value}",
    How.CONTAINS: "instr(lower({column}), lower({value})) > 0",
    How.AT_LEAST: "{column} >= {value}",
    How.AT_MOST: "{column} <= {value}",
}


@dataclass(frozen=True, slots=True)
class KeptReport:
    """A report that was saved: fields as they stand in the record, still packed."""

    id: UUID
    name: str
    subject: str
    packed: Mapping[str, bytes]
    note: str


def kept_reports(library: Library) -> list[KeptReport]:
    """Return all saved reports by name."""
    rows = library.rows(
        "select id, name, subject, columns, filters, ordering, totals, note from report"
        " where deleted = 0 order by name collate nocase, rid"
    )
    names = ("columns", "filters", "ordering", "totals")
    return [
        KeptReport(
            sure_id(row[0]),
            row[1] or "",
            row[2] or "",
            {name: bytes(value or b"") for name, value in zip(names, row[3:7], strict=True)},
            row[7] or "",
        )
        for row in rows
    ]


def schedules_of(library: Library, report: UUID) -> list[UUID]:
    """Return the schedules of a saved report."""
    query = "select id from report_schedule where deleted = 0 and report = ?"
    return [sure_id(row[0]) for row in library.rows(query, report.bytes)]


def row_numbers(library: Library, report: Report, period: Period | None) -> Sequence[int]:
    """Return the numbers of all rows in their order; of a million they take 8 MB."""
    source, values = SOURCES[report.subject], list[Any]()
    where = _where(report, source, period, values)
    query = f"select {source.number} from {source.tables} where {where} order by "
    return library.numbers(query + _order(report, source), *values)


def how_many(library: Library, report: Report, period: Period | None) -> int:
    """Return how many rows there are."""
    source, values = SOURCES[report.subject], list[Any]()
    where = _where(report, source, period, values)
    found = library.value(f"select count(*) from {source.tables} where {where}", *values)
    return int(found or 0)


def first_rows(library: Library, report: Report, period: Period | None, most: int) -> list[Row]:
    """Return the first rows in their order, with a cell for each column that is picked."""
    source, values = SOURCES[report.subject], list[Any]()
    where = _where(report, source, period, values)
    query = (
        f"select {_cells(report, source)} from {source.tables} where {where}"
        f" order by {_order(report, source)} limit {int(most)}"
    )
    return library.rows(query, *values)


def rows_of(library: Library, report: Report, numbers: Sequence[int]) -> dict[int, Row]:
    """Return the cells of the rows with these numbers."""
    source = SOURCES[report.subject]
    found: dict[int, Row] = {}
    for part in in_parts(numbers, _CHUNK):
        query = (
            f"select {source.number}, {_cells(report, source)} from {source.tables}"
            f" where {source.number} in ({','.join('?' * len(part))})"
        )
        found.update((row[0], row[1:]) for row in library.rows(query, *part))
    return found


def groups(library: Library, report: Report, period: Period | None) -> list[Row]:
    """Return a row for each value of the group's column: it, how many rows, and the sums."""
    source, values = SOURCES[report.subject], list[Any]()
    where = _where(report, source, period, values)
    group = source.columns[report.group]
    sums = "".join(f", sum({source.columns[one.key]})" for one in report.sums)
    way = "desc" if report.down else "asc"
    by_value = f"{_sorted_by(report, report.group, group)} {way}"
    order = by_value if report.order == report.group else f"count(*) desc, {group}"
    return library.rows(
        f"select {group}, count(*){sums} from {source.tables} where {where}"
        f" group by {group} order by {order}, {group}",
        *values,
    )


def people_of(library: Library, report: Report, period: Period | None) -> list[UUID]:
    """Return the members (or persons who are none) that the rows tell of."""
    source, values = SOURCES[report.subject], list[Any]()
    if not source.person:
        return []
    where = _where(report, source, period, values)
    rows = library.rows(
        f"select distinct {source.person} from {source.tables}"
        f" where {where} and {source.person} is not null",
        *values,
    )
    return [sure_id(row[0]) for row in rows]


def _cells(report: Report, source: Source) -> str:
    return ", ".join(source.columns[one.key] for one in report.shown)


def _order(report: Report, source: Source) -> str:
    way = "desc" if report.down else "asc"
    if not report.order:
        return f"{source.latest}, {source.number} desc"
    column = _sorted_by(report, report.order, source.columns[report.order])
    return f"{column} {way}, {source.number} {way}"


def _sorted_by(report: Report, key: str, expression: str) -> str:
    column = report.of.column(key)
    return expression if column is None or column.adds_up else f"{expression} collate nocase"


def _where(report: Report, source: Source, period: Period | None, values: list[Any]) -> str:
    parts = [source.counts]
    if period is not None and source.date:
        parts += _within(source, period, values)
    if report.branch is not None and source.branch:
        parts.append(f"{source.branch} = {_slot(values, report.branch.bytes)}")
    parts += _conditions(report, source, values)
    return " and ".join(parts)


def _within(source: Source, period: Period, values: list[Any]) -> Iterator[str]:
    first, last = period.begins, period.ends
    if source.moment:  # first what an index knows, with a day on both sides for the zones
        after = (first.toordinal() - _EPOCH_DAY - 1) * _DAY_MS
        before = (last.toordinal() - _EPOCH_DAY + 2) * _DAY_MS
        yield f"{source.moment} >= {_slot(values, after)}"
        yield f"{source.moment} < {_slot(values, before)}"
    day = source.columns[source.date]
    yield f"{day} between {_slot(values, first.isoformat())} and {_slot(values, last.isoformat())}"


def _conditions(report: Report, source: Source, values: list[Any]) -> Iterator[str]:
    for one in report.conditions:
        column = report.of.column(one.column)
        if column is not None:
            yield _condition(one, column, source, values)


def _condition(one: Condition, column: Column, source: Source, values: list[Any]) -> str:
    told = _COMPARES[one.how].format(
        column=source.columns[one.column], value=_slot(values, one.value)
    )
    if column.adds_up:
        return told
    there = f" and {source.columns[one.column]} <> ''" if one.how is How.AT_MOST else ""
    return f"({told} collate nocase{there})"


def _slot(values: list[Any], value: Any) -> str:
    values.append(value)
    return f"?{len(values)}"
