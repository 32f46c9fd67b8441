"""Exact numbers for people: rounded half up, once, at the end."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction


def rounded(value: Fraction, places: int = 2) -> Decimal:
    """Return a number with so many decimal places, halves going away from zero."""
    scale = 10**places
    size = abs(value) * scale
    whole = (2 * size.numerator + size.denominator) // (2 * size.denominator)
    signed = whole if value >= 0 else -whole
    return Decimal(signed).scaleb(-places)


def mean(values: list[int]) -> Fraction | None:
    """Return the exact mean; of nothing there is none."""
    return Fraction(sum(values), len(values)) if values else None
