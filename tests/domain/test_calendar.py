"""Opening days: hours by weekday and date range, Ramadan, closures, cuti bersama."""

from __future__ import annotations

from datetime import date, time, timedelta

from hypothesis import given
from hypothesis import strategies as st
from rule_samples import EVERY_DAY, MAIN, MONDAY, VAN, WEEKDAYS, calendars, days

from perpusdesk.domain.calendar import FARTHEST, MONDAY_TO_SATURDAY, WHOLE_DAY, Calendar
from perpusdesk.domain.policy_types import Closure, ClosureKind, Hours

SUNDAY = MONDAY - timedelta(days=1)
FRIDAY = MONDAY + timedelta(days=4)
SATURDAY = MONDAY + timedelta(days=5)
RAMADAN = (date(2026, 2, 19), date(2026, 3, 20))


def test_without_tables_the_setting_says_which_weekdays_are_open() -> None:
    assert Calendar().default_open_weekdays == MONDAY_TO_SATURDAY
    assert [Calendar().is_open(SATURDAY), Calendar().is_open(SUNDAY)] == [True, False]
    assert not WEEKDAYS.is_open(SATURDAY)
    assert EVERY_DAY.sessions(SUNDAY) == (WHOLE_DAY,)
    assert Calendar().sessions(SUNDAY) == ()


def test_lasting_hours_close_the_weekdays_they_do_not_name() -> None:
    weekday_rows = tuple(Hours(MAIN, n, opens=time(8), closes=time(16)) for n in range(5))
    calendar = Calendar(MAIN, weekday_rows)
    assert calendar.is_open(FRIDAY)
    assert not calendar.is_open(SATURDAY)
    assert Calendar(VAN, weekday_rows).is_open(SATURDAY), "another branch's rows say nothing"


def test_a_row_that_closes_one_weekday_leaves_the_others_to_the_setting() -> None:
    calendar = Calendar(MAIN, (Hours(MAIN, weekday=0),))
    assert not calendar.is_open(MONDAY)
    assert calendar.is_open(FRIDAY)


def test_a_break_makes_two_sessions() -> None:
    row = Hours(
        MAIN, 4, opens=time(8), closes=time(16), break_from=time(11, 30), break_until=time(13)
    )
    sessions = Calendar(MAIN, (row,)).sessions(FRIDAY)
    assert sessions == ((time(8), time(11, 30)), (time(13), time(16)))


def test_ramadan_hours_replace_the_usual_ones_in_their_range_only() -> None:
    usual = Hours(opens=time(8), closes=time(20))
    short = Hours(None, None, *RAMADAN, opens=time(8), closes=time(14))
    short_friday = Hours(None, 4, *RAMADAN, opens=time(8), closes=time(10))
    calendar = Calendar(MAIN, (short_friday, usual, short))
    assert calendar.sessions(date(2026, 2, 18)) == ((time(8), time(20)),)
    assert calendar.sessions(date(2026, 2, 19)) == ((time(8), time(14)),)
    assert calendar.sessions(date(2026, 2, 20)) == ((time(8), time(10)),)
    assert calendar.sessions(date(2026, 3, 21)) == ((time(8), time(20)),)


def test_a_van_that_stays_home_in_ramadan_opens_again_after_it() -> None:
    calendar = Calendar(VAN, (Hours(VAN, None, *RAMADAN), Hours(opens=time(8), closes=time(15))))
    assert calendar.next_open(RAMADAN[0]) == RAMADAN[1] + timedelta(days=1)
    assert Calendar(MAIN, calendar.hours).is_open(RAMADAN[0])


def test_priority_beats_a_narrower_range() -> None:
    narrow = Hours(None, None, MONDAY, MONDAY, opens=time(8), closes=time(9))
    wide = Hours(opens=time(10), closes=time(11), priority=1)
    assert Calendar(MAIN, (narrow, wide)).sessions(MONDAY) == ((time(10), time(11)),)


def test_the_row_that_names_branch_and_weekday_beats_the_one_that_does_not() -> None:
    general = Hours(opens=time(8), closes=time(16))
    ours = Hours(MAIN, opens=time(9), closes=time(17))
    monday = Hours(MAIN, 0, opens=time(10), closes=time(12))
    for table in [(general, ours), (ours, general)]:
        assert Calendar(MAIN, table).sessions(MONDAY) == ((time(9), time(17)),)
        assert Calendar(VAN, table).sessions(MONDAY) == ((time(8), time(16)),)
    for table in [(ours, monday), (monday, ours)]:
        assert Calendar(MAIN, table).sessions(MONDAY) == ((time(10), time(12)),)


def test_a_branch_that_opens_again_in_a_year_is_found() -> None:
    far = MONDAY + timedelta(days=390)
    calendar = Calendar(MAIN, (), (Closure(MONDAY, far - timedelta(days=1), "Pindah gedung"),))
    assert calendar.next_open(MONDAY) == far


def test_a_ramadan_row_for_fridays_alone_closes_no_other_day() -> None:
    calendar = Calendar(MAIN, (Hours(None, 4, *RAMADAN, opens=time(8), closes=time(10)),))
    assert calendar.is_open(date(2026, 2, 23))


def test_closures_have_names_and_close() -> None:
    day = date(2026, 12, 25)
    rows = (Closure(day, day, "Natal"), Closure(day, day, "Pindah gedung", branch=MAIN))
    assert Calendar(MAIN, (), rows).closure_names(day) == ("Natal", "Pindah gedung")
    assert Calendar(VAN, (), rows).closure_names(day) == ("Natal",)
    assert not Calendar(VAN, (), rows).is_open(day)


def test_unticked_joint_leave_does_not_close() -> None:
    day = date(2026, 12, 24)
    leave = Closure(day, day, "Cuti bersama Natal", ClosureKind.JOINT_LEAVE, applies=False)
    assert Calendar(MAIN, (), (leave,)).is_open(day)


def test_a_branch_may_open_on_a_day_that_is_closed_for_the_others() -> None:
    day = date(2026, 12, 24)
    general = Closure(day, day, "Cuti bersama Natal", ClosureKind.JOINT_LEAVE)
    lifted = Closure(day, day, "Cuti bersama Natal", branch=VAN, applies=False)
    assert Calendar(VAN, (), (general, lifted)).is_open(day)
    assert not Calendar(MAIN, (), (general, lifted)).is_open(day)


def test_a_branch_that_never_opens_gives_back_the_day_itself() -> None:
    closed = Calendar(MAIN, (), (), frozenset())
    assert closed.next_open(MONDAY) == MONDAY
    assert closed.open_days(MONDAY, FRIDAY) == 0
    assert closed.after_open_days(MONDAY, 3) == MONDAY + timedelta(days=3)
    assert closed.last_open(FRIDAY, MONDAY) is None


def test_open_days_are_counted_after_the_first_up_to_the_last() -> None:
    assert WEEKDAYS.open_days(FRIDAY, FRIDAY + timedelta(days=3)) == 1
    assert WEEKDAYS.open_days(FRIDAY, FRIDAY) == 0
    assert WEEKDAYS.open_days(FRIDAY, MONDAY) == 0
    assert WEEKDAYS.after_open_days(FRIDAY, 2) == MONDAY + timedelta(days=8)


def test_the_last_open_day_looks_back() -> None:
    assert WEEKDAYS.last_open(SUNDAY, SUNDAY - timedelta(days=6)) == SUNDAY - timedelta(days=2)


@given(calendars(), days)
def test_next_open_is_idempotent_never_back_and_open_if_any_is(
    calendar: Calendar, day: date
) -> None:
    found = calendar.next_open(day)
    assert found >= day
    assert calendar.next_open(found) == found
    ahead = [day + timedelta(days=n) for n in range(FARTHEST)]
    assert calendar.is_open(found) == any(map(calendar.is_open, ahead))
    assert not any(calendar.is_open(d) for d in ahead if d < found)


@given(calendars(), days, st.randoms())
def test_the_order_of_the_tables_does_not_matter(calendar: Calendar, day: date, random) -> None:
    hours, closures = list(calendar.hours), list(calendar.closures)
    random.shuffle(hours)
    random.shuffle(closures)
    shuffled = Calendar(
        calendar.branch, tuple(hours), tuple(closures), calendar.default_open_weekdays
    )
    assert shuffled.sessions(day) == calendar.sessions(day)
    assert shuffled.closure_names(day) == calendar.closure_names(day)


@given(calendars(), days, days, days)
def test_open_days_add_up(calendar: Calendar, one: date, two: date, three: date) -> None:
    first, middle, last = sorted((one, two, three))
    assert calendar.open_days(first, last) == calendar.open_days(first, middle) + (
        calendar.open_days(middle, last)
    )


@given(calendars(), days)
def test_a_day_is_open_exactly_when_it_has_sessions(calendar: Calendar, day: date) -> None:
    assert calendar.is_open(day) == bool(calendar.sessions(day))
    assert not (calendar.is_open(day) and calendar.closure_names(day))
