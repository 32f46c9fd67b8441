"""How old a backup may be: calm for three days, then yellow, after seven days red."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

DAY_MS: Final = 86_400_000
YELLOW_MS: Final = 3 * DAY_MS
RED_MS: Final = 7 * DAY_MS


class BackupAge(StrEnum):
    """What the age of the newest backup calls for."""

    FRESH = "fresh"
    YELLOW = "yellow"
    RED = "red"


def age_of(newest_ms: int | None, since_ms: int, now_ms: int) -> BackupAge:
    """Judge the newest backup of a place, all in Unix ms.

    Where there was none yet, it counts from ``since_ms``: when there was something to back up. A
    time in the future is fresh: then the clock is the trouble, and is told of elsewhere.
    """
    age = now_ms - (since_ms if newest_ms is None else newest_ms)
    if age >= RED_MS:
        return BackupAge.RED
    return BackupAge.YELLOW if age >= YELLOW_MS else BackupAge.FRESH


def worst(ages: list[BackupAge]) -> BackupAge:
    """Return the one that calls for most."""
    order = list(BackupAge)
    return max(ages, key=order.index, default=BackupAge.FRESH)
