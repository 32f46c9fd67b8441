"""Weeding rules: what speaks for weeding a copy, and how many of a title are enough."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perpusdesk.domain.items import Condition
from perpusdesk.domain.weeding import (
    StockCopy,
    WeedingRule,
    Why,
    candidates,
    peak_of,
    reasons_for,
    surplus,
    years_before,
)

TODAY = date(2026, 11, 22)
COPY = StockCopy(UUID(int=1), UUID(int=99), Condition.GOOD, 1998, date(2016, 1, 2), None, 0)


def whys(copy: StockCopy, **rule: object) -> list[Why]:
    return [reason.why for reason in reasons_for(copy, WeedingRule(**rule), TODAY)]


@pytest.mark.parametrize(
    ("known_since", "proposed"),
    [(date(2016, 1, 2), True), (date(2021, 11, 22), True), (date(2021, 11, 23), False)],
)
def test_never_lent_counts_from_the_day_loans_are_known(known_since: date, proposed: bool) -> None:
    found = whys(replace(COPY, known_since=known_since), never_lent=5)
    assert found == ([Why.NEVER_LENT] if proposed else [])


@pytest.mark.parametrize(
    ("last", "proposed"),
    [(date(2021, 11, 22), True), (date(2021, 11, 23), False), (None, False)],
)
def test_last_lent_before(last: date | None, proposed: bool) -> None:
    found = whys(replace(COPY, last_lent=last, loans=1), not_lent=5, never_lent=None)
    assert found == ([Why.NOT_LENT] if proposed else [])


@pytest.mark.parametrize(("year", "proposed"), [(2005, True), (2006, False), (None, False)])
def test_older_than(year: int | None, proposed: bool) -> None:
    assert whys(replace(COPY, year=year), older_than=20) == ([Why.OLD] if proposed else [])


def test_damaged_and_gone_are_proposed_only_when_asked() -> None:
    damaged = replace(COPY, condition=Condition.DAMAGED)
    missing = replace(COPY, condition=Condition.MISSING)
    assert whys(damaged) == whys(missing) == []
    assert whys(damaged, damaged=True, older_than=20) == [Why.OLD, Why.DAMAGED]
    assert whys(missing, damaged=True, missing=True, never_lent=1) == [Why.MISSING]


def test_as_many_stay_as_were_wanted_at_once_and_one() -> None:
    copies = [
        replace(COPY, id=UUID(int=place), last_lent=date(2020 + place, 1, 1), loans=place)
        for place in range(1, 6)
    ]
    spare = surplus(copies, 2)
    assert list(spare) == [UUID(int=1), UUID(int=2)]
    assert (spare[UUID(int=1)].copies, spare[UUID(int=1)].wanted) == (5, 2)
    copies[4] = replace(copies[4], condition=Condition.DAMAGED)
    assert list(surplus(copies, 3)) == [UUID(int=5)]
    copies[0] = replace(copies[0], condition=Condition.LOST)
    assert surplus(copies, 3) == {}


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(0, 20) | st.none()), max_size=30))
def test_the_peak_is_the_most_that_were_out_at_any_moment(
    found: list[tuple[int, int | None]],
) -> None:
    spans = [(begin, None if length is None else begin + length) for begin, length in found]
    by_moment = [
        sum(begin <= at and (end is None or at < max(end, begin + 1)) for begin, end in spans)
        for at in range(80)
    ]
    assert peak_of(spans) == max(by_moment, default=0)


def test_a_candidate_has_all_its_reasons() -> None:
    copies = [replace(COPY, id=UUID(int=place)) for place in range(3)]
    rule = WeedingRule(older_than=20, surplus=3)
    found = candidates(copies, rule, TODAY, {})
    assert [[reason.why for reason in one.reasons] for one in found] == [
        [Why.OLD, Why.SURPLUS],
        [Why.OLD, Why.SURPLUS],
        [Why.OLD],
    ]
    assert candidates(copies, WeedingRule(), TODAY, {}) == []


def test_the_29th_of_february_has_a_day_in_every_year() -> None:
    assert years_before(date(2024, 2, 29), 1) == date(2023, 2, 28)
