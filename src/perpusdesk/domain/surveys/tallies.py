"""What was answered to each question: how often each choice, the mean, the texts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from perpusdesk.domain.surveys.answers import Answers, scores
from perpusdesk.domain.surveys.form import Form, Question, QuestionKind
from perpusdesk.domain.surveys.rounding import mean


@dataclass(frozen=True, slots=True)
class Tally:
    """One question: how many answered it, and by kind the counts, the mean or the texts.

    ``counts`` are in the form's order, choices that nobody took among them.
    """

    question: Question
    answered: int
    counts: tuple[tuple[str, int], ...] = ()
    mean: Fraction | None = None
    texts: tuple[str, ...] = ()


def tallies(form: Form, answers: Sequence[Answers]) -> tuple[Tally, ...]:
    """Return the tally of each question, in the form's order."""
    return tuple(tally(question, answers) for question in form.asked)


def tally(question: Question, answers: Sequence[Answers]) -> Tally:
    """Return what was answered to one question; texts by the alphabet, not by who came first."""
    given = [value for one in answers if (value := one.get(question.id)) is not None]
    if question.kind is QuestionKind.TEXT:
        return Tally(question, len(given), texts=tuple(sorted(map(str, given))))
    numbers = scores(question, answers)
    if question.kind is QuestionKind.NUMBER:
        return Tally(question, len(given), mean=mean(numbers))
    counted: Counter[str] = Counter()
    for value in given:
        counted.update(value if isinstance(value, list) else [str(value)])
    keys = [str(place) for place in range(1, question.points + 1)]
    if question.kind is not QuestionKind.SCALE:
        keys = [option.id for option in question.options]
    words = [option.text for option in question.options]
    counts = tuple((word, counted[key]) for key, word in zip(keys, words, strict=True))
    return Tally(question, len(given), counts, mean(numbers))
