"""How often somebody may ask: token buckets, by device and by address."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

_MOST_KEYS: Final = 50_000


@dataclass(frozen=True, slots=True)
class Rate:
    """So many at once, and so many a second on and on."""

    burst: float
    per_second: float


@dataclass(frozen=True, slots=True)
class Limits:
    """What one device or address may do. A whole branch may stand behind one address."""

    enrol: Rate = Rate(20, 0.2)
    session: Rate = Rate(200, 5.0)
    exchange: Rate = Rate(600, 60.0)
    failure: Rate = Rate(60, 0.5)
    body_seconds: float = 300.0


class Buckets:
    """One bucket of tokens for each key; the longest unused are forgotten: they are full again."""

    def __init__(self, rate: Rate, clock: Callable[[], float] = time.monotonic) -> None:
        self._rate, self._clock = rate, clock
        self._kept: OrderedDict[object, tuple[float, float]] = OrderedDict()

    def take(self, key: object, count: float = 1.0) -> float:
        """Take from the bucket of ``key``; return 0, or for how many seconds there is not enough.

        What is refused takes nothing.
        """
        left = self._left(key)
        if left < count:
            return (count - left) / self._rate.per_second
        self._put(key, left - count)
        return 0.0

    def wait(self, key: object) -> float:
        """Return for how many seconds there is nothing in the bucket of ``key``."""
        left = self._left(key)
        return 0.0 if left >= 1 else (1 - left) / self._rate.per_second

    def _left(self, key: object) -> float:
        left, at = self._kept.get(key, (self._rate.burst, self._clock()))
        return min(self._rate.burst, left + (self._clock() - at) * self._rate.per_second)

    def _put(self, key: object, left: float) -> None:
        self._kept[key] = (left, self._clock())
        self._kept.move_to_end(key)
        while len(self._kept) > _MOST_KEYS:
            self._kept.popitem(last=False)
