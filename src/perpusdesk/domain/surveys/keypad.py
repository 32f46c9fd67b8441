"""Typing a paper form with one key per question, in the form's order; pure.

A digit is the answer's place in the list (``0`` the tenth); ``-``, ``.`` and a ``0`` that is no
tenth say that the question was left empty.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Final

from perpusdesk.domain.surveys.answers import Value
from perpusdesk.domain.surveys.form import Form, Part, Question, QuestionKind

_EMPTY: Final = 0
_SKIPS: Final = frozenset("-.")
_MOST: Final = 10


@dataclass(frozen=True, slots=True)
class Typing:
    """One form as far as it is typed: places of answers from 1, 0 for what was left empty."""

    questions: tuple[Question, ...]
    typed: tuple[int, ...] = ()

    @property
    def current(self) -> Question | None:
        """The question that the next key answers; ``None`` when all are."""
        left = self.questions[len(self.typed) :]
        return left[0] if left else None

    @property
    def complete(self) -> bool:
        """Whether every question has its key."""
        return len(self.typed) == len(self.questions)

    @property
    def empty(self) -> bool:
        """Whether nothing was answered yet."""
        return not any(self.typed)

    def key(self, text: str) -> Typing | None:
        """Return the form after one more key; ``None``: this key answers nothing here."""
        question = self.current
        if question is None or len(text) != 1:
            return None
        if text in _SKIPS:
            return self._with(_EMPTY)
        if text not in "0123456789":
            return None
        place = int(text)
        if place == 0:
            return self._with(_MOST if len(question.options) == _MOST else _EMPTY)
        return self._with(place) if place <= len(question.options) else None

    def back(self) -> Typing:
        """Return the form without its last key."""
        return replace(self, typed=self.typed[:-1])

    def answers(self) -> dict[str, Value]:
        """Return what was answered so far, as the form stores it."""
        found: dict[str, Value] = {}
        for question, place in zip(self.questions, self.typed, strict=False):
            if place:
                scale = question.kind is QuestionKind.SCALE
                found[question.id] = place if scale else question.options[place - 1].id
        return found

    def _with(self, place: int) -> Typing:
        return replace(self, typed=(*self.typed, place))


def keyed(form: Form, beside: Collection[str] = ()) -> tuple[Question, ...]:
    """Return what is typed of each form; of the respondent's head only what ``beside`` names.

    Choices with more than ten answers, numbers and own words cannot be typed with one key.
    """
    return tuple(
        question
        for question in form.asked
        if can_be_keyed(question) and (question.part is not Part.HEAD or question.id in beside)
    )


def can_be_keyed(question: Question) -> bool:
    """Whether one key answers a question."""
    one = question.kind in (QuestionKind.SCALE, QuestionKind.SINGLE)
    return one and 1 <= len(question.options) <= _MOST
