"""The columns of a body and the order they come in.

The mask in front tells which of them are there; a column of zeros alone is left out.
"""

from __future__ import annotations

from enum import IntEnum
from typing import Any, Final

EPOCH_MS: Final = 1_577_836_800_000
"""1 January 2020: the first clock of a body is told from here."""

DAYS_BEFORE_1970: Final = 719_163


MOST_ZONE: Final = 14 * 60
LONGEST_WORD: Final = 100
AT_LIMIT: Final = 2**62
CLOCK_LIMIT: Final = 2**63
DEEPEST: Final = 32
"""How deep lists and maps of one value may be in each other."""

FIRST_PLACE: Final = (1, 2, 420)
"""Staff, branch and zone of the first shape, unless it says otherwise: 1 and 2 of the palette."""


class Column(IntEnum):
    """Bits of the mask, and the order of the columns."""

    AT = 0
    OWN_MS = 1
    OWN_COUNTER = 2
    SHARED = 3
    DAYS = 4
    NUMBERS = 5
    REFERENCES = 6
    SHAPES = 7
    COUNTERS = 8
    STAMP_KINDS = 9
    STAMP_SEQS = 10
    STAMP_MS = 11
    STAMP_COUNTERS = 12


class Way(IntEnum):
    """How an op's entity or action is told."""

    DRAWN = 0
    SAME = 1
    REFERENCE = 2


class StampKind(IntEnum):
    """How a stamp in a payload is told; ``FOREIGN`` and more: the streams in order."""

    SAME = 0
    OWN_HERE = 1
    OWN_BEFORE = 2
    FOREIGN = 3


def depth(value: Any) -> int:
    """Return how deep a value's lists and maps are in each other, no more than is allowed by 1."""
    deepest, level = 0, [value]
    while level and deepest <= DEEPEST + 1:
        level = [
            part
            for one in level
            if isinstance(one, list | dict)
            for part in (one.values() if isinstance(one, dict) else one)
        ]
        deepest += 1
    return deepest - 1


def local_day(at: int, zone: int) -> int:
    """Return the number of the local day of a moment (Unix ms, minutes east of UTC)."""
    return (at // 60_000 + zone) // 1440 + DAYS_BEFORE_1970
