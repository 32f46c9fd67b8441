"""Filling a pack's rows: exact arithmetic, rounded half up once at the end."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from perpusdesk.domain.packs.form import OPTIONAL, Row
from perpusdesk.domain.surveys.rounding import rounded

Look = Callable[[str], Fraction | None]
"""Returns a figure of the column's period; ``None`` where it is not known."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One figure with what it is made of.

    ``value`` is exact (``None``: not known, or divided by nothing); ``missing`` names what is not
    known; ``over`` and ``under`` are the sums of a ratio. ``met``: whether the standard is reached.
    """

    value: Fraction | None
    over: Fraction | None = None
    under: Fraction | None = None
    missing: tuple[str, ...] = ()
    wanted: Fraction | None = None
    met: bool | None = None

    def shown(self, digits: int) -> Decimal | None:
        """Return the value as it is printed, with so many decimal places."""
        return None if self.value is None else rounded(self.value, digits)


def fill(row: Row, look: Look, months: int) -> Cell:
    """Return the figure of a row for a period of so many months."""
    needed = (one for one in (*row.sum, *row.per) if not one.endswith(OPTIONAL))
    missing = tuple(dict.fromkeys(one for one in needed if look(one) is None))
    if missing:
        return Cell(None, missing=missing)
    over = _sum(row.sum, look) * row.times / row.divide
    if row.monthly:
        over /= months
    under = _sum(row.per, look) if row.per else None
    value = over if under is None else (over / under if under else None)
    wanted = _wanted(row, look)
    met = None if wanted is None or value is None else value >= wanted
    return Cell(value, over, under, (), wanted, met)


def mean(cells: list[Cell]) -> Cell:
    """Return the mean of several columns; what one of them misses, the mean misses."""
    missing = tuple(dict.fromkeys(name for cell in cells for name in cell.missing))
    values = [cell.value for cell in cells if cell.value is not None]
    if missing or len(values) != len(cells) or not values:
        return Cell(None, missing=missing)
    return Cell(sum(values, Fraction(0)) / len(values))


def mean_of_ratios(ratios: list[Fraction]) -> Fraction:
    """Return the plain mean of raw ratios times 100: for comparing years of one library.

    It is not the official IPLM, which scales each ratio over all regencies before.
    """
    return sum(ratios, Fraction(0)) * 100 / len(ratios)


def _sum(names: tuple[str, ...], look: Look) -> Fraction:
    known = (look(name.removesuffix(OPTIONAL)) or Fraction(0) for name in names)
    return sum(known, Fraction(0))


def _wanted(row: Row, look: Look) -> Fraction | None:
    if row.at_least is None:
        return None
    if not row.at_least_of:
        return row.at_least
    base = look(row.at_least_of)
    return None if base is None else row.at_least * base
