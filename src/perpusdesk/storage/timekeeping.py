"""The clock of one open library: which time is believed, and the clock value of each op."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from perpusdesk.domain import clock as hybrid


def _uptime_ms() -> int:
    """Milliseconds that go on while the machine sleeps, where the system can tell."""
    boot = getattr(time, "CLOCK_BOOTTIME", None)
    return int((time.clock_gettime(boot) if boot is not None else time.monotonic()) * 1000)


@dataclass(frozen=True, slots=True)
class Sources:
    """Where time and chance come from; tests and the simulator hand in their own."""

    wall_ms: Callable[[], int] = field(default=lambda: time.time_ns() // 1_000_000)
    uptime_ms: Callable[[], int] = field(default=_uptime_ms)
    random: Callable[[int], bytes] = field(default=os.urandom)


class Timekeeper:
    """Goes by the wall clock as long as it makes sense; ``last`` never goes back."""

    def __init__(self, sources: Sources, last: int, last_wall: int) -> None:
        self._sources = sources
        self._offset_ms = 0
        self._state = hybrid.start(last, last_wall, *self._readings())

    def _readings(self) -> tuple[int, int]:
        return self._sources.wall_ms() + self._offset_ms, self._sources.uptime_ms()

    @property
    def offset_ms(self) -> int:
        """What is added to the computer's clock: a server's time less ours, as last measured."""
        return self._offset_ms

    def set_offset(self, offset_ms: int) -> None:
        """Go by a trusted server's time until the program ends; nothing of it is kept.

        Whatever the computer's clock said before, this time is believed from now on.
        """
        self._offset_ms = offset_ms
        self._state = hybrid.believe(self._state, *self._readings())

    def uptime_ms(self) -> int:
        """Return a clock that only ever goes on, in ms."""
        return self._sources.uptime_ms()

    @property
    def last(self) -> int:
        """The last clock value that was given or seen."""
        return self._state.last

    @property
    def last_wall_ms(self) -> int:
        """The believed Unix time in ms of the last tick: what a later start goes by."""
        return self._state.wall

    @property
    def suspect(self) -> bool:
        """Whether the computer's clock is not believed at the moment."""
        return hybrid.now_ms(self._state, *self._readings())[1]

    def now_ms(self) -> int:
        """Return the believed time in Unix ms: the wall clock, unless it makes no sense."""
        return hybrid.now_ms(self._state, *self._readings())[0]

    def tick(self) -> int:
        """Return the clock value of one more event, greater than every one before."""
        self._state = hybrid.tick(self._state, *self._readings())
        return self._state.last

    def observe(self, value: int) -> None:
        """Take note of another device's clock value: own events come after it from now on.

        Not of one more than a day ahead, while our own clock makes sense: that device's is wrong,
        and ours must not follow it.
        """
        now, suspect = hybrid.now_ms(self._state, *self._readings())
        if suspect or hybrid.physical_ms(value) <= now + hybrid.FORWARD_TOLERANCE_MS:
            self._state = hybrid.observe(self._state, value)

    def believe(self) -> None:
        """Take the computer's clock as right from now on, because a person says so."""
        self._state = hybrid.believe(self._state, *self._readings())
