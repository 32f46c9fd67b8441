"""The hybrid logical clock of a device: pure, fed with readings of the wall and uptime clocks.

A clock value is 48 bits of Unix milliseconds and 16 bits of counter. A wall clock that jumps back,
or ahead by more than a day, is not believed: time then runs on from the last believed reading by
the uptime clock, and the state is marked ``suspect`` until the wall clock makes sense again.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

COUNTER_BITS = 16
BACKWARD_TOLERANCE_MS = 5 * 60 * 1000
FORWARD_TOLERANCE_MS = 24 * 3600 * 1000
EARLIEST_MS = 1_577_836_800_000  # 1 January 2020: a computer that says less forgot the time


@dataclass(frozen=True, slots=True)
class ClockState:
    """``last`` is the last clock value given; ``wall``/``uptime`` the last believed pair, in ms.

    ``anchored`` is false while ``wall`` is left over from before the program started: how long
    it was off is unknown, so any later wall clock may be right.
    """

    last: int
    wall: int
    uptime: int
    suspect: bool = False
    anchored: bool = True


def start(last: int, last_wall: int, wall: int, uptime: int) -> ClockState:
    """Return the state at program start, given what was persisted and the first readings.

    How long the program was off is unknown, so only a clock behind the last record is suspect.
    """
    floor = max(last_wall, EARLIEST_MS)
    if wall < floor - BACKWARD_TOLERANCE_MS:
        return ClockState(last, floor, uptime, suspect=True, anchored=False)
    return ClockState(last, wall, uptime)


def now_ms(state: ClockState, wall: int, uptime: int) -> tuple[int, bool]:
    """Return the believed Unix time in ms, and whether the wall clock had to be set aside."""
    expected = state.wall + max(0, uptime - state.uptime)
    too_early = wall < expected - BACKWARD_TOLERANCE_MS
    too_late = state.anchored and wall > expected + FORWARD_TOLERANCE_MS
    return (expected, True) if too_early or too_late else (wall, False)


def tick(state: ClockState, wall: int, uptime: int) -> ClockState:
    """Return the state after one event; its ``last`` is that event's clock value."""
    believed, suspect = now_ms(state, wall, uptime)
    last = max(state.last + 1, believed << COUNTER_BITS)
    return ClockState(last, believed, uptime, suspect, state.anchored or not suspect)


def observe(state: ClockState, value: int) -> ClockState:
    """Return the state after seeing another device's clock value: later events come after it."""
    return replace(state, last=max(state.last, value))


def believe(state: ClockState, wall: int, uptime: int) -> ClockState:
    """Return the state after a person said that the wall clock is right now."""
    return ClockState(state.last, wall, uptime)


def physical_ms(value: int) -> int:
    """Return the millisecond part of a clock value."""
    return value >> COUNTER_BITS
