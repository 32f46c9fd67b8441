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


@dataclass(frozen=True, slots=True)
class ClockState:
    """``last`` is the last clock value given; ``wall``/``uptime`` the last believed pair, in ms."""

    last: int
    wall: int
    uptime: int
    suspect: bool = False


def start(last: int, last_wall: int, wall: int, uptime: int) -> ClockState:
    """Return the state at program start, given what was persisted and the first readings.

    How long the program was off is unknown, so only a clock behind the last record is suspect.
    """
    if wall < last_wall - BACKWARD_TOLERANCE_MS:
        return ClockState(last, last_wall, uptime, suspect=True)
    return ClockState(last, wall, uptime)


def now_ms(state: ClockState, wall: int, uptime: int) -> tuple[int, bool]:
    """Return the believed Unix time in ms, and whether the wall clock had to be set aside."""
    expected = state.wall + max(0, uptime - state.uptime)
    if expected - BACKWARD_TOLERANCE_MS <= wall <= expected + FORWARD_TOLERANCE_MS:
        return wall, False
    return expected, True


def tick(state: ClockState, wall: int, uptime: int) -> ClockState:
    """Return the state after one event; its ``last`` is that event's clock value."""
    believed, suspect = now_ms(state, wall, uptime)
    last = max(state.last + 1, believed << COUNTER_BITS)
    if suspect:
        return replace(state, last=last, suspect=True)
    return ClockState(last, wall, uptime)


def physical_ms(value: int) -> int:
    """Return the millisecond part of a clock value."""
    return value >> COUNTER_BITS
