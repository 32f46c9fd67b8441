"""How often somebody may try to sign in: guesses become slow before they become many."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock
from typing import Final

MINUTE_MS: Final = 60_000
WINDOW_MS: Final = 15 * MINUTE_MS
FROM_ONE_PLACE: Final = 5
FOR_ONE_NAME: Final = 30
_MOST: Final = 5_000


@dataclass(slots=True)
class _Count:
    wrong: int
    since_ms: int
    until_ms: int = 0


class Gate:
    """Counts wrong passwords by where they come from and by the name they are tried for.

    After five from one place within 15 minutes nothing from there is looked at for 15 minutes;
    after thirty for one name, from wherever, nothing for that name. In memory alone.
    """

    def __init__(self) -> None:
        self._counts: OrderedDict[tuple[str, str], _Count] = OrderedDict()
        self._lock = Lock()

    def closed_until(self, place: str, name: str, now_ms: int) -> int:
        """Return until when (Unix ms) no attempt is looked at; 0 when it is open."""
        with self._lock:
            ends = [one.until_ms for key in _keys(place, name) if (one := self._counts.get(key))]
        return max((end for end in ends if end > now_ms), default=0)

    def wrong(self, place: str, name: str, now_ms: int) -> int:
        """Count an attempt as wrong; return how many more are looked at.

        Call it before the password is looked at, so that many at once are all counted.
        """
        with self._lock:
            here, anywhere = _keys(place, name)
            left = self._count(here, FROM_ONE_PLACE, now_ms)
            return min(left, self._count(anywhere, FOR_ONE_NAME, now_ms))

    def right(self, place: str, name: str) -> None:
        """Forget what was wrong before: it was the same person."""
        with self._lock:
            for key in _keys(place, name):
                self._counts.pop(key, None)

    def _count(self, key: tuple[str, str], most: int, now_ms: int) -> int:
        one = self._counts.pop(key, None)
        if one is None or now_ms - one.since_ms >= WINDOW_MS:
            one = _Count(0, now_ms)
        one.wrong += 1
        if one.wrong >= most:
            one.until_ms = now_ms + WINDOW_MS
            one.since_ms = now_ms
        self._counts[key] = one
        while len(self._counts) > _MOST:
            self._counts.popitem(last=False)
        return max(0, most - one.wrong)


def _keys(place: str, name: str) -> tuple[tuple[str, str], tuple[str, str]]:
    return ("place", place), ("name", name.strip().casefold())
