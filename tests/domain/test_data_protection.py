"""The clock of the law, the dated rules, and the small words of consent."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perpusdesk.domain.data_protection import (
    ConsentForm,
    PrivacySettings,
    ProtectionRules,
    deadline,
    form_parts,
    form_text,
    in_force,
    months_before,
    privacy_settings,
    restricts_use,
)
from perpusdesk.domain.nik import masked

WIB, WIT = timezone(timedelta(hours=7)), timezone(timedelta(hours=9))
FRIDAY = datetime(2026, 11, 20, 16, 30, tzinfo=WIB)


def test_three_times_24_hours_run_through_a_weekend() -> None:
    clock = deadline(FRIDAY, 72, FRIDAY + timedelta(hours=31))
    assert clock.due == datetime(2026, 11, 23, 16, 30, tzinfo=WIB)
    assert (clock.hours, clock.overdue, clock.done) == (41, False, False)


def test_the_due_moment_itself_is_in_time_and_the_next_is_late() -> None:
    due = FRIDAY + timedelta(hours=72)
    assert not deadline(FRIDAY, 72, due).overdue
    late = deadline(FRIDAY, 72, due + timedelta(hours=5, minutes=59))
    assert late.overdue
    assert late.hours == 5


def test_an_answer_stops_the_clock_and_a_late_one_stays_late() -> None:
    now = FRIDAY + timedelta(days=30)
    in_time = deadline(FRIDAY, 72, now, FRIDAY + timedelta(hours=72))
    assert (in_time.overdue, in_time.done) == (False, True)
    assert deadline(FRIDAY, 72, now, FRIDAY + timedelta(hours=73)).overdue


def test_the_clock_runs_alike_in_every_zone() -> None:
    now = FRIDAY + timedelta(hours=10)
    assert deadline(FRIDAY.astimezone(WIT), 72, now.astimezone(UTC)).left == timedelta(hours=62)


@given(
    st.datetimes(datetime(2022, 1, 1), datetime(2090, 1, 1), timezones=st.just(WIB)),
    st.integers(1, 1000),
    st.integers(-2000, 2000),
)
def test_what_is_left_is_the_time_to_the_due_moment(start, hours, passed) -> None:
    now = start + timedelta(hours=passed)
    clock = deadline(start, hours, now)
    assert now + clock.left == clock.due
    assert clock.overdue == (passed > hours)


def test_the_rules_of_a_day_are_the_latest_that_began() -> None:
    def rules(first: date) -> ProtectionRules:
        return ProtectionRules(first, "", 72, 72, ())

    old, new = rules(date(2024, 10, 17)), rules(date(2027, 1, 1))
    assert in_force([new, old], date(2026, 12, 31)) is old
    assert in_force([new, old], date(2027, 1, 1)) is new
    assert in_force([new, old], date(2020, 1, 1)) is old


@given(st.sampled_from(ConsentForm), st.text(max_size=40))
def test_form_and_place_come_back_as_they_were(form: ConsentForm, where: str) -> None:
    assert form_parts(form_text(form, where)) == (form, " ".join(where.split()))


def test_the_form_of_a_newer_program_is_kept_as_text() -> None:
    assert form_parts("video: kamera 2") == (None, "video: kamera 2")


@pytest.mark.parametrize(
    ("day", "months", "before"),
    [
        (date(2026, 3, 31), 1, date(2026, 2, 28)),
        (date(2026, 1, 15), 2, date(2025, 11, 15)),
        (date(2026, 12, 31), 24, date(2024, 12, 31)),
        (date(2024, 12, 31), 10, date(2024, 2, 29)),
    ],
)
def test_months_before_a_day(day: date, months: int, before: date) -> None:
    assert months_before(day, months) == before


def test_restriction_begins_with_its_day() -> None:
    today = date(2026, 11, 22)
    assert restricts_use(today, today)
    assert not restricts_use(today + timedelta(days=1), today)
    assert not restricts_use(None, today)


def test_settings_that_do_not_fit_are_the_defaults() -> None:
    assert privacy_settings(None) == PrivacySettings()
    odd = {"history_months": 0, "access_months": True, "officer": None, "other": 1}
    assert privacy_settings(odd) == PrivacySettings()
    assert privacy_settings({"history_months": 6}).history_months == 6


@given(st.text("0123456789", min_size=1, max_size=20))
def test_a_masked_number_shows_at_most_its_last_four_and_half_of_it(number: str) -> None:
    shown = masked(number)
    clear = shown.lstrip("•")
    assert len(shown) == len(number)
    assert number.endswith(clear)
    assert len(clear) <= min(4, len(number) / 2)
