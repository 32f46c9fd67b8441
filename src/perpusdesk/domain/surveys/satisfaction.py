"""The public satisfaction index (SKM, IKM) after PermenPANRB 14/2017, exact to the last digit.

NRR of an unsur = sum of its values / number of respondents who filled it; SKM = sum of NRR ×
weight; IKM = SKM × 25 for four points. Exact is a weight of 1 / number of unsur; offices also copy
0.111 and 0.11 from older templates, which give other figures: the one used is always named.
Rounding (half up, two places) comes once, at the end, and the class follows from the rounded IKM.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Final

from perpusdesk.domain.surveys.answers import Answers, scores
from perpusdesk.domain.surveys.form import Form, Question
from perpusdesk.domain.surveys.rounding import rounded

LOWEST: Final = 3
"""How many unsur are to be improved first."""


class Weight(StrEnum):
    """How an unsur is weighted: exactly, or as a template of an office has it."""

    EXACT = "exact"
    THREE_PLACES = "0.111"
    TWO_PLACES = "0.11"


_NINE: Final = 9
"""The old weights are those of nine unsur."""


@dataclass(frozen=True, slots=True)
class Grade:
    """A class of service quality (mutu pelayanan) from a rounded IKM on."""

    letter: str
    name: str
    lowest: Decimal


@dataclass(frozen=True, slots=True)
class UnsurResult:
    """One unsur; without answers it has no figures. ``number`` is what its form prints."""

    id: str
    name: str
    number: str
    filled: int
    total: int
    nrr: Fraction | None
    weighted: Fraction | None
    ikm: Fraction | None


@dataclass(frozen=True, slots=True)
class Satisfaction:
    """The result of a survey; ``weight`` is the one that was used. ``exact``: before rounding."""

    respondents: int
    unsur: tuple[UnsurResult, ...]
    weight: Weight
    exact: Fraction | None
    grade: Grade | None

    @property
    def ikm(self) -> Decimal | None:
        """The index with two places."""
        return None if self.exact is None else rounded(self.exact)

    @property
    def lowest(self) -> tuple[UnsurResult, ...]:
        """The unsur with the lowest NRR, the lowest first; equal ones in the form's order."""
        filled = [(one.nrr, place, one) for place, one in enumerate(self.unsur) if one.nrr]
        return tuple(one for _nrr, _place, one in sorted(filled, key=lambda each: each[:2]))[
            :LOWEST
        ]


def satisfaction(
    form: Form,
    answers: Sequence[Answers],
    grades: Sequence[Grade],
    weight: Weight = Weight.EXACT,
) -> Satisfaction:
    """Return the index of these answers.

    An unsur that nobody filled is left out of the exact weight too (number of unsur filled). An
    old weight is only used where nine unsur are filled: it makes no sense for others.
    """
    given = [(question, scores(question, answers)) for question in form.unsur]
    filled = sum(bool(values) for _question, values in given)
    used = weight if filled == _NINE else Weight.EXACT
    share = _share(used, filled)
    unsur = tuple(_unsur(question, values, share) for question, values in given)
    parts = [one.ikm for one in unsur if one.ikm is not None]
    exact = sum(parts, Fraction()) if parts else None
    return Satisfaction(
        len(answers),
        unsur,
        used,
        exact,
        None if exact is None else grade_of(rounded(exact), grades),
    )


def grade_of(ikm: Decimal, grades: Sequence[Grade]) -> Grade | None:
    """Return the class of a rounded IKM: no value is between two classes, or below the lowest."""
    falling = sorted(grades, key=lambda grade: grade.lowest, reverse=True)
    return next(
        (grade for grade in falling if ikm >= grade.lowest), falling[-1] if falling else None
    )


def _share(weight: Weight, filled: int) -> Fraction:
    if weight is Weight.EXACT:
        return Fraction(1, max(filled, 1))
    return Fraction(weight.value)


def _unsur(question: Question, values: list[int], share: Fraction) -> UnsurResult:
    id_, name, number = question.id, question.short, question.number
    if not values:
        return UnsurResult(id_, name, number, 0, 0, None, None, None)
    total = sum(values)
    nrr = Fraction(total, len(values))
    weighted = nrr * share
    ikm = weighted * Fraction(100, question.points)
    return UnsurResult(id_, name, number, len(values), total, nrr, weighted, ikm)
