"""Clocks that a story turns: each device's own, beside the one true time."""

from __future__ import annotations

from random import Random

MINUTE, HOUR, DAY = 60_000, 3_600_000, 86_400_000
YEAR = 365 * DAY
START_MS = 1_793_000_000_000
"""A day of October 2026."""


class TrueTime:
    """What time it is really, in Unix ms."""

    def __init__(self) -> None:
        self.now = START_MS


class DeviceClock:
    """The wall clock and the uptime of one machine."""

    def __init__(self, time: TrueTime) -> None:
        self._time = time
        self.offset = 0
        self._booted = time.now

    def wall_ms(self) -> int:
        return self._time.now + self.offset

    def uptime_ms(self) -> int:
        return self._time.now - self._booted

    def boot(self) -> None:
        """Begin to count the uptime anew."""
        self._booted = self._time.now

    def jump(self, random: Random) -> str:
        """Set the wall clock to something else: some minutes or years off, or to long ago."""
        choices = (0, 0, 3 * MINUTE, -40 * MINUTE, 3 * HOUR, 20 * DAY, 2 * YEAR, -3 * YEAR)
        self.offset = random.choice((*choices, 946_684_800_000 - self._time.now))
        return f"{self.offset / DAY:+.2f} days"
