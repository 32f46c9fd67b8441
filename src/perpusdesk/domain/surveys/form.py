"""A form: what a respondent is asked, in which words, and what counts for which figure.

A question is known by its ``id`` for good: results are kept by it, never by the place or the
printed number, which differ between the ministry's text and its sample form.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

LONGEST_TEXT: Final = 500
"""Characters of a question, of an answer word, of what a respondent writes."""
MOST_QUESTIONS: Final = 120
MOST_OPTIONS: Final = 30
MOST_POINTS: Final = 10
"""Points of a scale: nine can be typed with one key, the tenth with 0."""


class SurveyKind(StrEnum):
    """What a form is for; decides how its results are told."""

    SKM = "skm"
    WORKSHOP = "workshop"
    FOLLOW_UP = "follow_up"
    NEEDS = "needs"
    TKM = "tkm"
    FREE = "free"


class QuestionKind(StrEnum):
    """How a question is answered; a section is a heading, not a question."""

    SECTION = "section"
    SCALE = "scale"
    SINGLE = "single"
    MULTIPLE = "multiple"
    NUMBER = "number"
    TEXT = "text"


class Part(StrEnum):
    """What a question belongs to: the respondent, a figure, or nothing of these."""

    HEAD = "head"
    UNSUR = "unsur"
    CONTENT = "content"
    DELIVERY = "delivery"
    PRACTICE = "practice"
    BEFORE = "before"
    AFTER = "after"
    OTHER = ""


WORKSHOP_PARTS: Final = (Part.CONTENT, Part.DELIVERY, Part.PRACTICE)


@dataclass(frozen=True, slots=True)
class Option:
    """One answer to choose; ``id`` is what is stored."""

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class Question:
    """One question, or a heading between questions.

    ``options`` of a scale are its words from the lowest (1) up: the value is stored. ``name`` is
    the short name in tables, ``number`` what is printed before it (``U1``); ``low`` and ``high``
    bound a number.
    """

    id: str
    kind: QuestionKind
    text: str
    name: str = ""
    number: str = ""
    part: Part = Part.OTHER
    options: tuple[Option, ...] = ()
    required: bool = False
    low: int = 0
    high: int = 1_000_000

    @property
    def points(self) -> int:
        """The highest value of a scale."""
        return len(self.options)

    @property
    def short(self) -> str:
        """What it is called in tables."""
        return self.name or self.text

    @property
    def asked(self) -> bool:
        """Whether a respondent answers it."""
        return self.kind is not QuestionKind.SECTION


@dataclass(frozen=True, slots=True)
class Form:
    """A whole form; ``rules`` is the first day of the rule set it was made by (ISO), if any."""

    kind: SurveyKind
    title: str
    intro: str = ""
    thanks: str = ""
    questions: tuple[Question, ...] = ()
    rules: str = ""

    @property
    def asked(self) -> tuple[Question, ...]:
        """All that is answered, in order."""
        return tuple(question for question in self.questions if question.asked)

    def of(self, *parts: Part) -> tuple[Question, ...]:
        """Return the questions of some parts, in order."""
        return tuple(question for question in self.asked if question.part in parts)

    @property
    def unsur(self) -> tuple[Question, ...]:
        """The scales that make up the satisfaction index."""
        return tuple(one for one in self.of(Part.UNSUR) if one.kind is QuestionKind.SCALE)

    @property
    def head(self) -> tuple[Question, ...]:
        """What is asked about the respondent."""
        return self.of(Part.HEAD)

    def question(self, id_: str) -> Question | None:
        """Return a question by its id."""
        return next((one for one in self.questions if one.id == id_), None)


def options(texts: Iterable[str]) -> tuple[Option, ...]:
    """Return answer words as options with the ids ``1``, ``2`` ... in their order."""
    return tuple(Option(str(place), text) for place, text in enumerate(texts, 1))
