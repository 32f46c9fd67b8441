"""The columns of a body and the order they come in.

The mask in front tells which of them are there; a column of zeros alone is left out.
"""

from __future__ import annotations

from enum import IntEnum
from typing import Final

EPOCH_MS: Final = 1_577_836_800_000
"""1 January 2020: the first clock of a body is told from here."""

DAYS_BEFORE_1970: Final = 719_163


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


def local_day(at: int, zone: int) -> int:
    """Return the number of the local day of a moment (Unix ms, minutes east of UTC)."""
    return (at // 60_000 + zone) // 1440 + DAYS_BEFORE_1970
