"""The clock that stands still while the pictures are made, so that they are the same every time."""

from __future__ import annotations

import sys
from datetime import datetime, timedelta, timezone, tzinfo
from itertools import count
from random import Random
from typing import Any, Final

from perpusdesk.storage.library import Sources

ZONE: Final = timezone(timedelta(hours=7))
BEGINNING: Final = datetime(2026, 11, 10, 9, 40, tzinfo=ZONE)
"""A Tuesday on which the library is open: the demo library's year ends here."""

_SCREENS: Final = ("perpusdesk.ui.", "perpusdesk.app.")


class Clock:
    """Says what time it is in the pictures; it only moves when it is told to."""

    def __init__(self, at: datetime = BEGINNING, seed: int = 1) -> None:
        """``seed``: of the chance of the first library that is opened."""
        self.now = at
        self._seeds = count(seed)

    def passes(self, **amount: float) -> None:
        """Let time go by, such as ``hours=3``."""
        self.now += timedelta(**amount)

    def milliseconds(self) -> int:
        """Return the Unix time in ms."""
        return int(self.now.timestamp() * 1000)

    def sources(self) -> Sources:
        """Return time and chance for a library that is opened; the next one draws other ids."""
        return Sources(self.milliseconds, self.milliseconds, Random(next(self._seeds)).randbytes)

    def tell_screens(self) -> None:
        """Let the screens, some of which ask the computer for the time, be told this one.

        Reaches the modules that are loaded by now: call it again when others may have come.
        """
        _Stopped.clock = self
        for name, module in list(sys.modules.items()):
            if name.startswith(_SCREENS) and vars(module).get("datetime") is datetime:
                vars(module)["datetime"] = _AtThatTime


class _Stopped(type):
    """Makes a class that passes for ``datetime`` in all but ``now``."""

    clock: Clock | None = None

    def now(cls, tz: tzinfo | None = None) -> datetime:
        """Return what the clock says."""
        assert _Stopped.clock is not None
        return _Stopped.clock.now.astimezone(tz or ZONE).replace(tzinfo=tz)

    def __instancecheck__(cls, one: object) -> bool:
        return isinstance(one, datetime)

    def __call__(cls, *parts: Any, **named: Any) -> datetime:
        return datetime(*parts, **named)

    def __getattr__(cls, name: str) -> Any:
        return getattr(datetime, name)


class _AtThatTime(metaclass=_Stopped):
    """Stands where a screen's module says ``datetime``."""
