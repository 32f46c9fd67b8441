"""Times in columns: to the millisecond, in every zone, also long ago."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from perpusdesk.storage.queries.values import as_moment, as_ms, bounds_of_day

ZONES = st.sampled_from([420, 480, 540, 0, -300])
MS = st.integers(-(10**12), 4 * 10**12)


@given(MS, ZONES)
def test_a_time_comes_back_to_the_millisecond(at: int, zone: int) -> None:
    moment = as_moment(at, zone)
    assert as_ms(moment) == at
    assert moment.utcoffset() == timedelta(minutes=zone)


@given(MS, ZONES)
def test_every_moment_lies_within_its_own_local_day(at: int, zone: int) -> None:
    first, after = bounds_of_day(as_moment(at, zone).date(), zone)
    assert first <= at < after
    assert after - first == 24 * 3600 * 1000


def test_a_day_begins_two_hours_earlier_in_the_east() -> None:
    day = date(2026, 11, 22)
    assert bounds_of_day(day, 420)[0] - bounds_of_day(day, 540)[0] == 2 * 3600 * 1000


def test_the_last_day_of_the_calendar_ends_too() -> None:
    first, after = bounds_of_day(date.max, 420)
    assert after - first == 24 * 3600 * 1000
