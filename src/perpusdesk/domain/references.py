"""Questions at the reference desk: what was asked, how long it took, whether it was answered."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, TypeVar

T = TypeVar("T")

MINUTES: Final = (1, 5, 15, 30)
"""What the log offers: a moment, some minutes, a quarter of an hour, half an hour or more."""
MOST_MINUTES: Final = 480
_QUICK: Final = re.compile(r"(\d?)(\d?)(\d?)(?=\D|$)\s*(.*?)\s*(\??)", re.DOTALL)
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


@dataclass(frozen=True, slots=True)
class Quick:
    """What a quick line says: codes of kind and tool (empty: none), minutes, topic, answered."""

    kind: str = ""
    minutes: int = MINUTES[0]
    tool: str = ""
    topic: str = ""
    answered: bool = True


def read_quick(text: str, kinds: Sequence[str], tools: Sequence[str]) -> Quick:
    """Read a line such as ``23 lele?``: kind 2, the third choice of minutes, topic, no answer.

    Up to three figures: the kind, the minutes (``MINUTES``), what helped, each by its place from
    1. Then the topic, if any; a question mark at the end says that it was not answered. What is
    left out or out of range is as in ``Quick``.
    """
    found = _QUICK.fullmatch(text.strip())
    if found is None:
        return Quick(topic=text.strip())
    kind, minutes, tool, topic, open_ = found.groups()
    return Quick(
        _at(kinds, kind, ""),
        _at(MINUTES, minutes, MINUTES[0]),
        _at(tools, tool, ""),
        topic,
        not open_,
    )


def write_quick(quick: Quick, kinds: Sequence[str], tools: Sequence[str]) -> str:
    """Return the line that ``read_quick`` reads as this, as short as it can be."""
    places = [
        kinds.index(quick.kind) + 1 if quick.kind in kinds else 0,
        MINUTES.index(quick.minutes) + 1 if quick.minutes in MINUTES else 1,
        tools.index(quick.tool) + 1 if quick.tool in tools else 0,
    ]
    if not places[2]:
        del places[2]
        if places[1] == 1:
            del places[1]
    figures = "".join(map(str, places)) if places[0] else ""
    line = " ".join(part for part in (figures, quick.topic) if part)
    return line + ("" if quick.answered else "?")


def _at(choices: Sequence[T], figure: str, default: T) -> T:
    place = int(figure) if figure else 0
    return choices[place - 1] if 1 <= place <= len(choices) else default
