"""Packs: the worked examples of the field, and the laws of filling a row."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perpusdesk.domain.figures.months import Period
from perpusdesk.domain.packs.filling import Cell, fill, mean, mean_of_ratios
from perpusdesk.domain.packs.form import Columns, Pack, Row, Span, in_force, periods
from perpusdesk.domain.packs.typed import figure_text, parse_figure
from perpusdesk.domain.surveys.rounding import rounded

SUKOHARJO = ("0.002825", "2.269653", "0.003088", "0.015690", "2.036810", "0.027581", "0.673794")


def test_the_seven_ratios_of_sukoharjo_come_to_what_was_published() -> None:
    ratios = [Fraction(one) for one in SUKOHARJO]
    assert rounded(mean_of_ratios(ratios), 2) == Decimal("71.85")


@pytest.mark.parametrize("told", SUKOHARJO)
def test_a_raw_ratio_is_kept_to_the_last_digit(told: str) -> None:
    row = Row("uplm", "UPLM", sum=("copies",), per=("entry.people",), digits=6)
    under = 1_000_000
    over = Fraction(told) * under
    cell = fill(row, {"copies": over, "entry.people": Fraction(under)}.get, 12)
    assert cell.shown(6) == Decimal(told)
    assert (cell.over, cell.under) == (over, under)


_NUMBERS = st.integers(0, 10**9).map(Fraction)


@given(_NUMBERS, _NUMBERS, st.integers(1, 10**6).map(Fraction), st.integers(1, 1000))
def test_a_share_is_exact_whatever_its_order(
    one: Fraction, two: Fraction, under: Fraction, times: int
) -> None:
    look = {"a": one, "b": two, "c": under}.get
    forth = fill(Row("x", "x", sum=("a", "b"), per=("c",), times=times), look, 12).value
    back = fill(Row("x", "x", sum=("b", "a"), per=("c",), times=times), look, 12).value
    assert forth == back == (one + two) * times / under


def test_what_is_not_known_is_named_and_not_taken_for_nothing() -> None:
    row = Row("x", "x", sum=("visits", "entry.online"), per=("entry.population",))
    cell = fill(row, {"visits": Fraction(5)}.get, 12)
    assert cell.value is None
    assert cell.missing == ("entry.online", "entry.population")


def test_what_is_optional_counts_as_nothing() -> None:
    row = Row("x", "x", sum=("visits", "entry.online?"))
    assert fill(row, {"visits": Fraction(5)}.get, 12).value == 5
    assert row.needs == ("visits", "entry.online")


def test_by_nothing_nothing_can_be_divided() -> None:
    row = Row("x", "x", sum=("loans",), per=("copies",))
    cell = fill(row, {"loans": Fraction(3), "copies": Fraction(0)}.get, 12)
    assert cell.value is None and cell.missing == ()


def test_a_standard_is_met_by_what_it_asks_for_exactly() -> None:
    row = Row("titles", "", sum=("titles",), at_least=Fraction("0.025"), at_least_of="people")
    for titles, met in ((24_999, False), (25_000, True)):
        look = {"titles": Fraction(titles), "people": Fraction(1_000_000)}.get
        cell = fill(row, look, 12)
        assert (cell.wanted, cell.met) == (25_000, met)
    assert fill(row, {"titles": Fraction(1)}.get, 12).met is None


def test_a_mean_of_months_and_minutes_as_hours() -> None:
    row = Row("x", "x", sum=("minutes",), divide=60, monthly=True)
    assert fill(row, {"minutes": Fraction(1440)}.get, 12).value == 2


def test_three_years_have_a_mean_only_if_all_are_known() -> None:
    assert mean([Cell(Fraction(1)), Cell(Fraction(2)), Cell(Fraction(4))]).value == Fraction(7, 3)
    assert mean([Cell(Fraction(1)), Cell(None, missing=("a",))]).missing == ("a",)
    assert mean([Cell(None)]).value is None


def _pack(day: date, name: str) -> Pack:
    return Pack("one", name, day, "", Span.YEAR, Columns.ALONE, ())


def test_the_form_in_force_is_the_latest_that_has_begun() -> None:
    forms = [_pack(date(2026, 1, 1), "new"), _pack(date(2020, 1, 1), "old")]
    assert [one.name for one in in_force(forms, date(2025, 12, 31))] == ["old"]
    assert [one.name for one in in_force(forms, date(2026, 1, 1))] == ["new"]
    assert in_force(forms, date(2019, 1, 1)) == []


def test_the_columns_of_a_pack() -> None:
    quarter = Period.quarter(2026, 4)
    assert [one.key for one in periods(Columns.MONTHS, quarter)] == [
        *("2026-10", "2026-11", "2026-12"),
        "2026-Q4",
    ]
    years = periods(Columns.THREE_YEARS, Period.year(2026))
    assert [one.key for one in years] == ["2024", "2025", "2026"]
    before = periods(Columns.YEAR_BEFORE, Period("2026-03", "2026-03"))
    assert [one.key for one in before] == ["2026-03", "2025-03"]


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        *(("1.234.567,5", "2469135/2"), ("1234567.5", "2469135/2"), ("1.234", "1234")),
        *(("12,25", "49/4"), (" 7 ", "7"), ("0", "0"), ("1 000", "1000"), ("1.5", "3/2")),
    ],
)
def test_figures_as_people_type_them(typed: str, value: str) -> None:
    assert parse_figure(typed) == Fraction(value)


@pytest.mark.parametrize(
    "typed", ["", "-1", "1,2,3", "1.23.4", "x", "1e9", "٣", "9" * 30, "1/2", ","]
)
def test_what_is_no_figure(typed: str) -> None:
    assert parse_figure(typed) is None


@given(st.fractions(0, 10**9))
def test_a_kept_figure_is_read_back_exactly(value: Fraction) -> None:
    assert Fraction(figure_text(value)) == value


@given(st.text(max_size=12))
def test_no_text_breaks_the_reading_of_figures(text: str) -> None:
    value = parse_figure(text)
    assert value is None or value >= 0
