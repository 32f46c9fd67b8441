"""When to exchange again: soon after something was written, seldom when nothing happens.

No thread and no clock of its own: whoever drives it asks how long to wait.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

SOON_S: Final = 3.0
"""After an own action: others at the same desk may follow at once."""
QUIET_S: Final = 60.0
IDLE_S: Final = 300.0
_FIRST_RETRY_S: Final = 10.0
_LONGEST_RETRY_S: Final = 900.0
_GROWTH: Final = 1.5


@dataclass(slots=True)
class Rhythm:
    """The pauses between exchanges with one server; ``chance`` (0 to 1) keeps desks apart."""

    chance: Callable[[], float] = random.random
    _pause: float = QUIET_S
    _failures: int = 0

    def after(self, *, done: bool, moved: bool) -> float:
        """Return for how many seconds to wait after an exchange.

        ``done``: it came to its end; ``moved``: something went over, either way. Failures make the
        pauses longer, up to a quarter of an hour; so does a library where nothing happens, up to
        five minutes.
        """
        if not done:
            self._failures += 1
            longer = _FIRST_RETRY_S * 2.0 ** min(self._failures - 1, 8)
            return self._spread(min(longer, _LONGEST_RETRY_S))
        self._failures = 0
        self._pause = QUIET_S if moved else min(self._pause * _GROWTH, IDLE_S)
        return self._spread(self._pause)

    def nudged(self) -> float:
        """Return for how many seconds to wait now that something was written here.

        While the server is away, its own pauses go on: to hurry does not bring it back.
        """
        return SOON_S if not self._failures else self._spread(_FIRST_RETRY_S)

    def found_network(self) -> None:
        """The network came back, or somebody asked: begin as if nothing had failed."""
        self._failures = 0

    def _spread(self, seconds: float) -> float:
        return seconds * (0.9 + 0.2 * self.chance())
