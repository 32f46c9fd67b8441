"""The evaluation of a workshop: means by part, and what the tests before and after tell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from perpusdesk.domain.surveys.answers import Answers, scores
from perpusdesk.domain.surveys.form import WORKSHOP_PARTS, Form, Part, QuestionKind
from perpusdesk.domain.surveys.rounding import mean


@dataclass(frozen=True, slots=True)
class PartMean:
    """The mean of all values given in one part of the form, out of ``points``."""

    part: Part
    given: int
    mean: Fraction | None
    points: int


@dataclass(frozen=True, slots=True)
class LearningGain:
    """The tests of those who took both: their means, and by how much the second is higher."""

    people: int
    before: Fraction | None
    after: Fraction | None

    @property
    def difference(self) -> Fraction | None:
        """The mean gain; of nobody there is none."""
        if self.before is None or self.after is None:
            return None
        return self.after - self.before


def part_means(form: Form, answers: Sequence[Answers]) -> tuple[PartMean, ...]:
    """Return the mean of each part that the form has, in the order content, delivery, practice."""
    found = []
    for part in WORKSHOP_PARTS:
        questions = [one for one in form.of(part) if one.kind is QuestionKind.SCALE]
        if questions:
            values = [value for one in questions for value in scores(one, answers)]
            most = max(one.points for one in questions)
            found.append(PartMean(part, len(values), mean(values), most))
    return tuple(found)


def overall_mean(form: Form, answers: Sequence[Answers]) -> Fraction | None:
    """Return the mean of all values given in all parts."""
    questions = [one for one in form.of(*WORKSHOP_PARTS) if one.kind is QuestionKind.SCALE]
    return mean([value for one in questions for value in scores(one, answers)])


def learning_gain(form: Form, answers: Sequence[Answers]) -> LearningGain | None:
    """Return what the tests tell, or ``None`` where the form does not ask for both.

    Only who has both results counts. A test of several questions counts by its sum.
    """
    before, after = form.of(Part.BEFORE), form.of(Part.AFTER)
    if not before or not after:
        return None
    pairs: list[tuple[int, int]] = []
    for one in answers:
        first = [value for question in before for value in scores(question, [one])]
        second = [value for question in after for value in scores(question, [one])]
        if len(first) == len(before) and len(second) == len(after):
            pairs.append((sum(first), sum(second)))
    return LearningGain(
        len(pairs), mean([first for first, _ in pairs]), mean([second for _, second in pairs])
    )
