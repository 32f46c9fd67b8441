"""When an answer is due, when it is late, and how fast answers were: exact, in any order."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from random import Random
from statistics import median

from hypothesis import given, settings
from hypothesis import strategies as st

from perpusdesk.domain.complaints import (
    Case,
    Kind,
    State,
    channel_of,
    due_day,
    is_overdue,
    kind_of,
    response_times,
    state_of,
)
from perpusdesk.domain.improvements import Stage, next_stage, stage_of
from perpusdesk.domain.improvements import is_overdue as action_overdue
from perpusdesk.domain.wishes import WishState, wish_state_of

DAY = date(2026, 11, 2)
NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)


def test_the_day_itself_is_in_time_and_praise_is_never_late() -> None:
    due = due_day(Kind.COMPLAINT, DAY, 5)
    assert due == date(2026, 11, 7)
    assert due_day(Kind.PRAISE, DAY, 5) is None
    assert not is_overdue(State.NEW, due, date(2026, 11, 7))
    assert is_overdue(State.WORK, due, date(2026, 11, 8))
    assert not is_overdue(State.ANSWERED, due, date(2027, 1, 1))
    assert not is_overdue(State.NEW, None, date(2027, 1, 1))


def test_a_worked_example() -> None:
    cases = [
        Case(NOON, NOON + timedelta(hours=2), DAY),
        Case(NOON, NOON + timedelta(hours=25), DAY),
        Case(NOON, NOON + timedelta(hours=7), None),
        Case(NOON, NOON - timedelta(hours=3), DAY),
        Case(NOON),
    ]
    times = response_times(cases)
    assert (times.received, times.answered, times.dued, times.in_time) == (5, 4, 3, 2)
    assert times.mean_hours == Fraction(34, 4)
    assert times.median_hours == Fraction(9, 2)
    assert response_times([]).mean_hours is None


@settings(max_examples=50, deadline=None)
@given(st.lists(st.integers(0, 10**6), min_size=1, max_size=9), st.randoms(use_true_random=False))
def test_order_does_not_matter(seconds: list[int], dice: Random) -> None:
    cases = [Case(NOON, NOON + timedelta(seconds=one)) for one in seconds]
    times = response_times(cases)
    dice.shuffle(cases)
    assert response_times(cases) == times
    assert times.median_hours == median(Fraction(one, 3600) for one in seconds)
    assert times.mean_hours == Fraction(sum(seconds), 3600 * len(seconds))


def test_what_a_newer_program_wrote_is_read_as_the_nearest() -> None:
    assert (kind_of("rumour"), state_of("lost"), channel_of("pigeon").value) == (
        Kind.COMPLAINT,
        State.NEW,
        "desk",
    )
    assert stage_of("dreamt") is Stage.PLANNED
    assert wish_state_of("dreamt") is WishState.WISHED


def test_the_way_of_an_action_ends() -> None:
    way, stage = [], Stage.PLANNED
    while (following := next_stage(stage)) is not None:
        way.append(following)
        stage = following
    assert way == [Stage.DOING, Stage.CHECKING, Stage.DONE]
    assert next_stage(Stage.DROPPED) is None
    assert action_overdue(Stage.CHECKING, DAY, DAY + timedelta(days=1))
    assert not action_overdue(Stage.DROPPED, DAY, DAY + timedelta(days=1))
