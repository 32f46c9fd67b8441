"""Visitors by rule: age bands, what is the same visit, classes; bookings; likely stops."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from perpusdesk.domain.bookings import (
    STEPS,
    BookingState,
    Objection,
    Slot,
    Surroundings,
    doubts,
    may_follow,
)
from perpusdesk.domain.calendar import Calendar
from perpusdesk.domain.stopping import Stood, likely_stop
from perpusdesk.domain.visiting import (
    LISTS,
    HeadClass,
    Level,
    Option,
    Profile,
    ProfileLists,
    age_band,
    age_on,
    class_profile,
    in_force,
    is_same_visit,
    known_profile,
)

BANDS = tuple(Option(str(since), "", since=since) for since in (0, 13, 19, 60))
DAYS = st.dates(date(1900, 1, 1), date(2100, 1, 1))
DAY = date(2026, 11, 2)
STOPS = tuple(UUID(int=number) for number in (1, 2, 3))


@given(DAYS, DAYS)
def test_everybody_born_has_exactly_one_band(born: date, day: date) -> None:
    code = age_band(BANDS, born, day)
    if born > day:
        assert code == ""
        return
    age = age_on(born, day)
    assert int(code) <= age
    assert not any(int(code) < band.since <= age for band in BANDS)


@given(DAYS)
def test_one_is_a_year_older_on_the_birthday(born: date) -> None:
    if (born.month, born.day) == (2, 29):
        return
    birthday = born.replace(year=born.year + 13)
    assert age_on(born, birthday) == 13
    assert age_on(born, birthday - timedelta(days=1)) == 12


def test_unknown_births_have_no_band() -> None:
    assert age_band(BANDS, None, DAY) == ""
    assert age_band((), date(2000, 1, 1), DAY) == ""


@given(st.integers(0, 500), st.integers(-500, 500))
def test_a_card_is_the_same_visit_within_the_minutes_alone(minutes: int, passed: int) -> None:
    last = datetime(2026, 11, 2, 9)
    same = is_same_visit(last, last + timedelta(minutes=passed), minutes)
    assert same == (minutes > 0 and passed < minutes)
    assert not is_same_visit(None, last, minutes)


def lists(since: date = DAY) -> ProfileLists:
    options = {name: (Option("a", "A"), Option("b", "B")) for name in LISTS}
    return ProfileLists(since, "", options, (Level("sd", "SD", age="a", occupation="b"),))


@given(st.lists(DAYS, min_size=1, max_size=6), DAYS)
def test_the_latest_lists_that_have_come_hold(days: list[date], day: date) -> None:
    found = in_force(map(lists, days), day).valid_from
    come = [one for one in days if one <= day]
    assert found == (max(come) if come else min(days))


@given(st.fixed_dictionaries({name: st.sampled_from(["", "a", "b", "zz"]) for name in LISTS}))
def test_only_answers_of_the_lists_are_kept(said: dict[str, str]) -> None:
    kept = known_profile(lists(), Profile(**said))
    for name, code in said.items():
        assert getattr(kept, name) == ("" if code == "zz" else code)
    assert known_profile(lists(), kept) == kept
    assert set(kept.fields()) == set(LISTS)


def test_heads_of_a_level_have_its_age_and_occupation() -> None:
    level = lists().level("sd")
    assert class_profile(HeadClass("p", "", sex="P", of_level=True), level) == Profile(
        "a", "P", "b"
    )
    assert class_profile(HeadClass("p", "", sex="P", of_level=True)) == Profile(sex="P")
    assert class_profile(HeadClass("c", "", age="x", sex="L"), level) == Profile("x", "L")


HOURS = st.integers(0, 22).flatmap(
    lambda first: st.tuples(st.just(time(first)), st.integers(first + 1, 23).map(time))
)


def slot(number: int, hours: tuple[time, time], room: int | None = None, people: int = 10) -> Slot:
    where = None if room is None else UUID(int=100 + room)
    return Slot(UUID(int=number), DAY, *hours, where, people, f"Sekolah {number}")


@given(HOURS, HOURS, st.sampled_from([None, 1, 2]), st.sampled_from([None, 1, 2]))
def test_clashes_are_mutual_and_in_one_room(
    first: tuple[time, time], second: tuple[time, time], here: int | None, there: int | None
) -> None:
    one, other = slot(1, first, here), slot(2, second, there)
    around = Surroundings(Calendar(), (one, other))
    found = [Objection.CLASH in {doubt.what for doubt in doubts(at, around)} for at in (one, other)]
    together = first[0] < second[1] and second[0] < first[1]
    apart = here is not None and there is not None and here != there
    assert found == [together and not apart] * 2


def test_groups_that_do_not_come_take_no_room() -> None:
    hours = (time(9), time(10))
    around = Surroundings(Calendar(), (), {UUID(int=101): 15})
    assert doubts(slot(1, hours, 1, 15), around) == ()
    assert [doubt.what for doubt in doubts(slot(1, hours, 1, 16), around)] == [Objection.TOO_MANY]
    for state in BookingState:
        other = Slot(UUID(int=2), DAY, *hours, UUID(int=101), 10, "X", state)
        beside = Surroundings(Calendar(), (other,), {UUID(int=101): 15})
        taken = may_follow(state, BookingState.CAME)
        assert bool(doubts(slot(1, hours, 1), beside)) == taken


def test_no_step_leads_to_itself_and_what_came_stays() -> None:
    assert all(state not in after for state, after in STEPS.items())
    assert STEPS[BookingState.CAME] == ()
    assert STEPS.keys() == set(BookingState)


@given(
    st.lists(st.tuples(st.sampled_from(STOPS), st.integers(0, 3 * 7 * 24 * 60)), max_size=20),
    st.integers(0, 3 * 7 * 24 * 60),
)
def test_a_likely_stop_was_there_on_this_weekday(
    before: list[tuple[UUID, int]], minutes: int
) -> None:
    start = datetime(2026, 11, 2)
    now = start + timedelta(minutes=minutes)
    stood = [Stood(stop, start + timedelta(minutes=at)) for stop, at in before]
    found = likely_stop(now, stood, STOPS)
    if found is not None:
        mine = [one.started for one in stood if one.stop == found and one.started <= now]
        assert any(at.weekday() == now.weekday() for at in mine)
        assert all(at.date() != now.date() for at in mine)
    assert likely_stop(now, stood, ()) is None
