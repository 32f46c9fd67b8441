"""How long work behaves beside a desk that goes on lending: in turns, each of them short."""

from __future__ import annotations

import contextlib
import math
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Final

_LEAST: Final = 10


@dataclass(frozen=True, slots=True)
class Manners:
    """``turn`` gives the library for the time of a ``with`` block of about ``longest`` seconds.

    Without either the library is one's own for as long as it takes.
    """

    turn: Callable[[], AbstractContextManager[object]] = contextlib.nullcontext
    longest: float = math.inf

    @property
    def shared(self) -> bool:
        """Whether somebody else wants the library as well."""
        return math.isfinite(self.longest)


ALONE: Final = Manners()


class Pace:
    """Finds how many records can be written at once so that it lasts no longer than a turn."""

    def __init__(self, manners: Manners, most: int) -> None:
        self._manners = manners
        self._most = most
        self.size = 5 * _LEAST if manners.shared else most
        self.writes = 0
        self._until = math.inf

    def begin_turn(self) -> None:
        """A turn begins now."""
        self._until = time.monotonic() + self._manners.longest

    @property
    def over(self) -> bool:
        """Whether the turn has lasted long enough."""
        return time.monotonic() >= self._until

    def wrote(self, count: int, seconds: float) -> None:
        """Learn from a write of so many records that took so long."""
        self.writes += 1
        if self._manners.shared and count:
            fitting = count * self._manners.longest / max(seconds, 1e-4)
            self.size = max(_LEAST, min(self._most, 2 * self.size, round(fitting)))
