"""From this number to that one: inventory numbers in which one run of digits counts.

``00001/PD/H/2026`` to ``00200/PD/H/2026`` means the counters 1 to 200 of 2026, whatever the letters
between say: the counter goes through all sources and kinds.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

_RUN: Final = re.compile(r"[0-9]+")

Key = tuple[object, ...]
Within = Callable[[str], Key | None]
"""Tells where a number stands in the range, or ``None`` for one outside."""


def natural(text: str) -> tuple[tuple[int, int, str], ...]:
    """Return a key that orders runs of digits by their value and letters without their case."""
    parts = (part for part in re.split(r"([0-9]+)", text.upper()) if part)
    return tuple((1, int(part), "") if part.isdecimal() else (0, 0, part) for part in parts)


def number_range(first: str, last: str) -> Within:
    """Return what tells whether a number lies between two, both included, in either order."""
    low, high = _runs(first), _runs(last)
    places = [
        place for place, pair in enumerate(zip(low, high, strict=False)) if len(set(pair)) > 1
    ]
    if not low or len(low) != len(high) or len(places) > 1:
        return _by_order(first, last)
    counter = places[0] if places else _longest(first)
    begin, end = sorted((low[counter], high[counter]))
    others = [*low[:counter], *low[counter + 1 :]]

    def within(text: str) -> Key | None:
        runs = _runs(text)
        if len(runs) != len(low) or [*runs[:counter], *runs[counter + 1 :]] != others:
            return None
        return (runs[counter], text) if begin <= runs[counter] <= end else None

    return within


def _by_order(first: str, last: str) -> Within:
    begin, end = sorted((natural(first), natural(last)))

    def within(text: str) -> Key | None:
        key = natural(text)
        return key if begin <= key <= end else None

    return within


def _runs(text: str) -> list[int]:
    return [int(run) for run in _RUN.findall(text)]


def _longest(text: str) -> int:
    runs = _RUN.findall(text)
    return max(range(len(runs)), key=lambda place: (len(runs[place]), -place))
