"""The reading habit index (TGM) as it was until 2024; of its successor TKM no weights are known.

TGM = 0.3·FM + 0.3·DM + 0.3·JB + 0.05·FAI + 0.05·DAI: how often and how long people read, how many
books, how often and how long they use the internet; each scaled from 0 to 100 beforehand.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from perpusdesk.domain.surveys.rounding import rounded


@dataclass(frozen=True, slots=True)
class ReadingRules:
    """The weights by measure, and the band limits that sources give (they differ), until a day."""

    source: str
    valid_until: date
    weights: Mapping[str, Fraction]
    bands: Mapping[str, tuple[int, ...]]


def reading_index(scaled: Mapping[str, Fraction], rules: ReadingRules) -> Decimal:
    """Return the index with two places. Raises ``ValueError`` for a value not in 0 to 100."""
    if set(scaled) != set(rules.weights):
        raise ValueError(f"wanted: {', '.join(rules.weights)}")
    for name, value in scaled.items():
        if not 0 <= value <= 100:
            raise ValueError(f"{name}: {value}")
    return rounded(
        sum((scaled[name] * weight for name, weight in rules.weights.items()), Fraction())
    )


def band(index: Decimal, limits: Sequence[int]) -> int:
    """Return in which band an index is, from 1 (lowest).

    No source says where a limit itself belongs: it counts to the band above it.
    """
    return 1 + sum(index >= limit for limit in limits)
