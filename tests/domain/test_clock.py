"""The hybrid clock never goes back, and does not believe everything the computer says."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from perpusdesk.domain import clock
from perpusdesk.domain.clock import BACKWARD_TOLERANCE_MS, EARLIEST_MS, FORWARD_TOLERANCE_MS

DAY = 24 * 3600 * 1000
HOUR = DAY // 24
NOW = int(datetime(2026, 11, 2, 9, tzinfo=UTC).timestamp() * 1000)
IN_2010 = int(datetime(2010, 1, 1, tzinfo=UTC).timestamp() * 1000)
WALLS = st.integers(0, 2**42)
STEPS = st.lists(st.tuples(WALLS, st.integers(0, 10 * DAY)), max_size=20)


@given(st.integers(0, 2**58), WALLS, WALLS, STEPS)
def test_it_only_goes_forward_whatever_the_wall_clock_does(
    last: int, last_wall: int, wall: int, steps: list[tuple[int, int]]
) -> None:
    uptime = 0
    state = clock.start(last, last_wall, wall, uptime)
    for wall_now, passed in steps:
        uptime += passed
        before = state.last
        state = clock.tick(state, wall_now, uptime)
        assert state.last > before


@given(st.integers(EARLIEST_MS, 2**42), st.lists(st.integers(0, DAY), max_size=20))
def test_a_clock_that_goes_right_is_believed_to_the_millisecond(
    begin: int, spans: list[int]
) -> None:
    state = clock.start(0, 0, begin, 0)
    passed = 0
    for span in spans:
        passed += span
        assert clock.now_ms(state, begin + passed, passed) == (begin + passed, False)
        state = clock.tick(state, begin + passed, passed)
        assert clock.physical_ms(state.last) >= begin + passed


def test_many_events_in_one_millisecond_are_told_apart() -> None:
    state = clock.start(0, 0, NOW, 0)
    values = []
    for _ in range(1000):
        state = clock.tick(state, NOW, 0)
        values.append(state.last)
    assert sorted(set(values)) == values


def test_a_jump_back_is_flagged_and_time_runs_on() -> None:
    state = clock.tick(clock.start(0, 0, NOW, 0), NOW, 0)
    believed, suspect = clock.now_ms(state, NOW - HOUR, HOUR)
    assert (believed, suspect) == (NOW + HOUR, True)
    assert clock.tick(state, NOW - HOUR, HOUR).suspect


def test_a_small_step_back_is_the_network_time_at_work() -> None:
    state = clock.start(0, 0, NOW, 0)
    step = NOW - BACKWARD_TOLERANCE_MS
    assert clock.now_ms(state, step, 0) == (step, False)


def test_a_jump_of_more_than_a_day_ahead_is_flagged_and_time_runs_on() -> None:
    state = clock.start(0, 0, NOW, 0)
    assert not clock.now_ms(state, NOW + FORWARD_TOLERANCE_MS, 0)[1]
    assert clock.now_ms(state, NOW + HOUR + FORWARD_TOLERANCE_MS + 1, HOUR) == (NOW + HOUR, True)


def test_it_recovers_when_the_wall_clock_is_put_right() -> None:
    state = clock.tick(clock.start(0, 0, NOW, 0), NOW + 40 * DAY, HOUR)
    assert state.suspect
    state = clock.tick(state, NOW + 2 * HOUR, 2 * HOUR)
    assert not state.suspect
    assert clock.now_ms(state, NOW + 2 * HOUR, 2 * HOUR) == (NOW + 2 * HOUR, False)


def test_2010_at_the_start_gives_the_time_of_the_last_record() -> None:
    state = clock.start(NOW << 16, NOW, IN_2010, 5 * HOUR)
    assert clock.now_ms(state, IN_2010 + HOUR, 6 * HOUR) == (NOW + HOUR, True)


def test_2010_in_a_new_library_is_not_believed_either() -> None:
    state = clock.start(0, 0, IN_2010, 0)
    assert clock.now_ms(state, IN_2010, 0) == (EARLIEST_MS, True)


def test_after_2010_at_the_start_any_later_time_may_be_right() -> None:
    """The program was off for three weeks: putting the clock right must not look like a jump."""
    state = clock.tick(clock.start(NOW << 16, NOW, IN_2010, 0), IN_2010, 0)
    assert state.suspect
    right = NOW + 21 * DAY
    assert clock.now_ms(state, right, HOUR) == (right, False)
    state = clock.tick(state, right, HOUR)
    assert (state.suspect, state.anchored) == (False, True)


def test_being_off_for_long_is_nothing_strange() -> None:
    state = clock.start(NOW << 16, NOW, NOW + 400 * DAY, 0)
    assert clock.now_ms(state, NOW + 400 * DAY, 0) == (NOW + 400 * DAY, False)


def test_what_another_device_wrote_comes_before_what_follows() -> None:
    state = clock.observe(clock.start(0, 0, NOW, 0), (NOW + HOUR) << 16)
    assert clock.tick(state, NOW, 0).last > (NOW + HOUR) << 16


def test_a_person_can_say_that_the_computer_is_right() -> None:
    """The clock stood in 2099 once; afterwards every right time looks like a jump back."""
    far = NOW + 73 * 365 * DAY
    state = clock.start(far << 16, far, NOW, 0)
    assert clock.now_ms(state, NOW, 0) == (far, True)
    trusting = clock.believe(state, NOW, 0)
    assert clock.now_ms(trusting, NOW, 0) == (NOW, False)
    assert clock.tick(trusting, NOW, 0).last > far << 16
