"""Questions at the reference desk: what was asked, how long it took, whether it was answered."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

MINUTES: Final = (1, 5, 15, 30)
"""What the log offers: a moment, some minutes, a quarter of an hour, half an hour or more."""
MOST_MINUTES: Final = 480
CHANNELS: Final = ("desk", "phone", "whatsapp", "mail")


@dataclass(slots=True)
class Tally:
    """Questions of one kind, or of one month: how many, unanswered ones, and minutes."""

    count: int = 0
    unanswered: int = 0
    minutes: int = 0

    def add(self, count: int, unanswered: int, minutes: int) -> None:
        """Count some more in."""
        self.count += count
        self.unanswered += unanswered
        self.minutes += minutes


@dataclass(frozen=True, slots=True)
class Statistics:
    """Questions by kind and by month (``2026-11``), and all of them."""

    kinds: Mapping[str, Tally] = field(default_factory=dict)
    months: Mapping[str, Tally] = field(default_factory=dict)
    total: Tally = field(default_factory=Tally)


def statistics(rows: Iterable[tuple[str, str, int, int, int]]) -> Statistics:
    """Return what rows of month, kind, count, unanswered and minutes add up to."""
    found = Statistics({}, {}, Tally())
    kinds, months = dict[str, Tally](), dict[str, Tally]()
    for month, kind, *numbers in rows:
        for tally in (kinds.setdefault(kind, Tally()), months.setdefault(month, Tally())):
            tally.add(*numbers)
        found.total.add(*numbers)
    return Statistics(kinds, months, found.total)
