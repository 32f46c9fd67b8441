"""Whatever is picked: the SQL of an own report finds what a plain walk over the rows finds."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from helpers.library import SmallLibrary, build
from helpers.plain_reports import Tables, rows_of, seed, sorting_key
from perpusdesk.domain.own_reports.catalogue import SUBJECTS
from perpusdesk.domain.own_reports.report import (
    Condition,
    Report,
    Span,
    checked,
    packed,
    unpacked,
    ways,
)
from perpusdesk.storage.queries import own_reports as query
from perpusdesk.storage.queries.own_report_columns import SOURCES

Seeded = tuple[SmallLibrary, Tables]
_PERIODS = ("", "2026", "2026-03", "2026-Q3", "2026-02..2026-04", *Span)


@pytest.fixture(scope="module")
def seeded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Seeded]:
    """A library of odd rows that all examples share; they only read."""
    small = build(tmp_path_factory.mktemp("reports") / "library")
    seed(small)
    yield small, Tables(small.library)
    small.library.close()


def test_every_column_has_its_expression_and_every_date_is_a_column() -> None:
    assert SOURCES.keys() == SUBJECTS.keys()
    for key, subject in SUBJECTS.items():
        assert SOURCES[key].columns.keys() == {one.key for one in subject.columns}
        assert SOURCES[key].date == subject.date
        assert bool(SOURCES[key].branch) == subject.branch
        assert set(subject.first) < SOURCES[key].columns.keys()


@st.composite
def _reports(draw: st.DrawFn, seeded: Seeded) -> Report:
    small, tables = seeded
    subject = SUBJECTS[draw(st.sampled_from(sorted(SUBJECTS)))]
    keys = [one.key for one in subject.columns]
    everything = rows_of(tables, Report(subject.key, tuple(keys)), small.time.today())
    conditions = []
    for key in draw(st.lists(st.sampled_from(keys), max_size=2)):
        column = subject.column(key)
        assert column is not None
        known = sorted({cells[key] for _row, cells in everything if cells[key] is not None})
        value: Any = draw(st.sampled_from(known or ["x"]))
        if isinstance(value, str):
            value = draw(st.sampled_from([value, value.upper(), value[1:4], "", "%", "' or 1"]))
        conditions.append(Condition(key, draw(st.sampled_from(ways(column.kind))), value))
    report = Report(
        subject.key,
        tuple(draw(st.lists(st.sampled_from(keys), min_size=1, max_size=5, unique=True))),
        tuple(conditions),
        draw(st.sampled_from(_PERIODS)),
        draw(st.sampled_from([None, *small.branches.values()])),
        draw(st.sampled_from(["", "", *keys])),
        draw(st.sampled_from(["", *keys])),
        draw(st.booleans()),
    )
    kept = checked(report)
    assert kept is not None
    return kept


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_sql_finds_what_a_plain_walk_over_the_rows_finds(seeded: Seeded, data: Any) -> None:
    small, tables = seeded
    report = data.draw(_reports(seeded))
    today = small.time.today()
    period, wanted = report.months(today), rows_of(tables, report, today)
    library = small.library
    assert query.how_many(library, report, period) == len(wanted)
    if report.group:
        counts: dict[Any, list[Any]] = {}
        for _row, cells in wanted:
            counts.setdefault(cells[report.group], []).append(cells)
        plain = {
            (value, len(some), *(_sum(cells[one.key] for cells in some) for one in report.sums))
            for value, some in counts.items()
        }
        found = query.groups(library, report, period)
        assert (set(found), len(found)) == (plain, len(plain))
        return
    numbers = list(query.row_numbers(library, report, period))
    assert sorted(numbers) == sorted(row["rid"] for row, _cells in wanted)
    expected = {row["rid"]: tuple(cells[k] for k in report.columns) for row, cells in wanted}
    assert query.rows_of(library, report, numbers) == expected
    first = query.first_rows(library, report, period, 7)
    assert first == [expected[number] for number in numbers[:7]]
    if report.order:
        order = {row["rid"]: sorting_key(cells[report.order]) for row, cells in wanted}
        keys = [order[number] for number in numbers]
        assert keys == sorted(keys, reverse=report.down)


def _sum(values: Iterator[Any]) -> int | None:
    known = [value for value in values if value is not None]
    return sum(known) if known else None


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_a_report_comes_back_as_it_was_saved(seeded: Seeded, data: Any) -> None:
    report = data.draw(_reports(seeded))
    assert unpacked(packed(report)) == report


@given(st.recursive(st.none() | st.text(max_size=4) | st.integers(), st.lists, max_leaves=6))
@settings(max_examples=60)
def test_what_a_newer_program_saved_is_passed_over(junk: Any) -> None:
    fields = packed(Report("loans", ("lent",)))
    for name in fields:
        read = unpacked({**fields, name: junk})
        assert read is None or read.shown or read.group
