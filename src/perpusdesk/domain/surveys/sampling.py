"""How many respondents a population needs: Krejcie and Morgan (1970), confidence 95 %, error 5 %.

S = X²·N·P(1-P) / (d²(N-1) + X²·P(1-P)) with X² = 3.841, P = 0.5, d = 0.05, to the nearest whole.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Final

from perpusdesk.domain.surveys.rounding import rounded

_SPREAD: Final = Fraction(3841, 1000) * Fraction(1, 4)
_ERROR: Final = Fraction(25, 10_000)


def sample_size(population: int) -> int:
    """Return how many of a population must answer; of nobody, none."""
    if population <= 0:
        return 0
    size = _SPREAD * population / (_ERROR * (population - 1) + _SPREAD)
    return int(rounded(size, 0))
