"""How often one phone may ask, and which forms were kept already."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from secrets import token_urlsafe
from typing import Final

_PHONES: Final = 2_000
_TOKENS: Final = 20_000


class Bucket:
    """So many requests at once, and one more every ``pause`` seconds, for each phone."""

    def __init__(self, most: int, pause: float, now: Callable[[], float] = time.monotonic) -> None:
        self._most, self._pause, self._now = most, pause, now
        self._known: OrderedDict[str, tuple[float, float]] = OrderedDict()
        self._lock = threading.Lock()

    def take(self, phone: str) -> bool:
        """Whether this phone may ask once more now."""
        with self._lock:
            left, since = self._known.pop(phone, (float(self._most), self._now()))
            left = min(float(self._most), left + (self._now() - since) / self._pause)
            allowed = left >= 1
            self._known[phone] = (left - 1 if allowed else left, self._now())
            while len(self._known) > _PHONES:
                self._known.popitem(last=False)
            return allowed


class Slips:
    """One-time numbers of forms: whoever sends a form twice is counted once."""

    def __init__(self) -> None:
        self._given: OrderedDict[str, str | None] = OrderedDict()
        self._lock = threading.Lock()

    def give(self) -> str:
        """Return a number for a form that is shown."""
        number = token_urlsafe(12)
        with self._lock:
            self._given[number] = None
            while len(self._given) > _TOKENS:
                self._given.popitem(last=False)
        return number

    def used(self, number: str) -> bool | None:
        """Whether a form was sent already; ``None``: the number was not given here, or long ago."""
        with self._lock:
            return self._given[number] is not None if number in self._given else None

    def use(self, number: str) -> bool:
        """Mark a form as sent; tell whether it was not sent before."""
        with self._lock:
            if number not in self._given or self._given[number] is not None:
                return False
            self._given[number] = ""
            return True

    def back(self, number: str) -> None:
        """Let a form be sent again, because its answer was not kept."""
        with self._lock:
            if number in self._given:
                self._given[number] = None

    def settle(self, number: str, receipt: str) -> None:
        """Remember for a while what whoever sent this form may ask after."""
        with self._lock:
            if number in self._given:
                self._given[number] = receipt

    def receipt(self, number: str) -> str:
        """Return what may be asked after; empty: nothing, or it was long ago."""
        with self._lock:
            return self._given.get(number) or ""
