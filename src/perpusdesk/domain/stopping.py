"""Stops of a van: which one it is most likely at now, by where it stood at this time before."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

LOOKS_BACK: Final = timedelta(weeks=10)
NEAR: Final = timedelta(minutes=90)
"""How far from its usual hour a stop is still the likely one."""
_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Stood:
    """The van began to stand at a stop, by local time."""

    stop: UUID
    started: datetime


def likely_stop(now: datetime, before: Iterable[Stood], stops: Sequence[UUID]) -> UUID | None:
    """Return the stop at which the van stood most often on this weekday at about this hour.

    Of equally frequent ones the nearer hour counts, then the order of ``stops``. Only stops in
    ``stops`` are proposed, and none that it stood at earlier today; ``None``: nothing is likely.
    """
    stood = [one for one in before if one.stop in stops and one.started <= now]
    today = {one.stop for one in stood if one.started.date() == now.date()}
    near: dict[UUID, list[timedelta]] = {}
    for one in stood:
        away = _away(one.started, now)
        recent = now - one.started <= LOOKS_BACK
        same_day = one.started.weekday() == now.weekday()
        if recent and same_day and one.stop not in today and away <= NEAR:
            near.setdefault(one.stop, []).append(away)
    if not near:
        return None
    return min(near, key=lambda stop: (-len(near[stop]), min(near[stop]), stops.index(stop)))


def _away(one: datetime, other: datetime) -> timedelta:
    """Return how far apart two times of the day are."""
    clocks = [timedelta(hours=at.hour, minutes=at.minute, seconds=at.second) for at in (one, other)]
    apart = abs(clocks[0] - clocks[1])
    return min(apart, _DAY - apart)
