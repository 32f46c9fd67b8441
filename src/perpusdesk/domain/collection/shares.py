"""Sharing a budget out over classes, to the rupiah, and how use compares with stock."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

PERCENT: Final = 100


@dataclass(frozen=True, slots=True)
class ClassUse:
    """A class of the collection: its copies, its loans in the period, the copies to buy."""

    name: str
    copies: int
    loans: int
    buy: int = 0


@dataclass(frozen=True, slots=True)
class ClassShare:
    """What a class is of the whole, in shares of 1, and what of the budget goes to it (rupiah).

    ``relative_use`` is the share of loans by the share of stock: above 1 a class is used more than
    it stands for (``None``: no copies). ``turnover`` is loans by copies.
    """

    use: ClassUse
    of_stock: Fraction
    of_loans: Fraction
    of_buying: Fraction
    relative_use: Fraction | None
    turnover: Fraction | None
    proposed: int


def class_shares(classes: Mapping[str, ClassUse], budget: int) -> list[ClassShare]:
    """Return each class with its part of ``budget`` (whole rupiah), in the order given.

    The part is the mean of its share of loans and its share of copies to buy; where one of the
    two is nothing for all classes, the other one alone; where both are, its share of stock.
    """
    all_ = list(classes.values())
    stock = _shares([one.copies for one in all_])
    loans = _shares([one.loans for one in all_])
    buying = _shares([one.buy for one in all_])
    known = [shares for shares in (loans, buying) if any(shares)] or [stock]
    weights = [sum(parts, Fraction(0)) / len(known) for parts in zip(*known, strict=True)]
    amounts = parted(budget, weights)
    return [
        ClassShare(
            one,
            stock[place],
            loans[place],
            buying[place],
            loans[place] / stock[place] if stock[place] else None,
            Fraction(one.loans, one.copies) if one.copies else None,
            amounts[place],
        )
        for place, one in enumerate(all_)
    ]


def parted(amount: int, weights: list[Fraction]) -> list[int]:
    """Return whole parts of an amount by weights (largest remainders): together the amount.

    Weights that are all nothing give everything to nobody: all parts are 0.
    """
    whole = sum(weights, Fraction(0))
    if not whole:
        return [0] * len(weights)
    exact = [amount * weight / whole for weight in weights]
    parts = [int(one) for one in exact]
    order = sorted(range(len(parts)), key=lambda place: (parts[place] - exact[place], place))
    for place in order[: amount - sum(parts)]:
        parts[place] += 1
    return parts


def _shares(counts: list[int]) -> list[Fraction]:
    whole = sum(counts)
    return [Fraction(one, whole) if whole else Fraction(0) for one in counts]
