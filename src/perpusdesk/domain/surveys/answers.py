"""What a respondent answered: checked against the form, and kept as canonical JSON.

Values by question id: a scale its number from 1, one choice its option's id, several a list of
ids in the form's order, a number a whole number, a text its words. What was not answered is not
there; nothing in it says who answered.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any

from perpusdesk.domain.surveys.form import LONGEST_TEXT, Form, Question, QuestionKind
from perpusdesk.domain.surveys.shape import canonical

Value = int | str | list[str]
Answers = Mapping[str, Value]


class AnswerFault(StrEnum):
    """Why an answer cannot be taken as it is."""

    NOT_OFFERED = "not_offered"
    NO_NUMBER = "no_number"
    OUT_OF_RANGE = "out_of_range"
    TOO_LONG = "too_long"
    MISSING = "missing"
    UNKNOWN_QUESTION = "unknown_question"


def cleaned(form: Form, given: Mapping[str, Any]) -> dict[str, Value]:
    """Return what was truly answered, in the form's order, without empty answers.

    Only after ``faults_of`` found nothing.
    """
    kept: dict[str, Value] = {}
    for question in form.asked:
        value = _value(question, given.get(question.id))
        if value is not None and value not in ("", []):
            kept[question.id] = value
    return kept


def faults_of(form: Form, given: Mapping[str, Any]) -> dict[str, AnswerFault]:
    """Return what is wrong, by question id; nothing: it can be taken."""
    known = {question.id for question in form.asked}
    found = {id_: AnswerFault.UNKNOWN_QUESTION for id_ in given if id_ not in known}
    for question in form.asked:
        fault = _fault(question, given.get(question.id))
        if fault:
            found[question.id] = fault
    return found


def answers_text(answers: Answers) -> str:
    """Return answers as they are stored."""
    return canonical(dict(answers))


def answers_of(form: Form, text: str) -> dict[str, Value]:
    """Return stored answers as far as they make sense for a form; nonsense is not answered."""
    try:
        told = json.loads(text)
    except ValueError:
        return {}
    if not isinstance(told, dict):
        return {}
    faults = faults_of(form, told)
    return cleaned(form, {id_: value for id_, value in told.items() if id_ not in faults})


def in_words(question: Question, value: Value | None) -> str:
    """Return an answer as a person reads it (several with ``;`` between)."""
    if value is None:
        return ""
    if question.kind is QuestionKind.SCALE and isinstance(value, int):
        return question.options[value - 1].text
    words = {option.id: option.text for option in question.options}
    if question.kind is QuestionKind.MULTIPLE and isinstance(value, list):
        return "; ".join(words.get(one, one) for one in value)
    return words.get(str(value), str(value))


def scores(question: Question, answers: Sequence[Answers]) -> list[int]:
    """Return the numbers that were given to a question; what is not answered does not count."""
    return [value for one in answers if isinstance(value := one.get(question.id), int)]


def _fault(question: Question, value: Any) -> AnswerFault | None:
    if value is None or value in ("", []):
        return AnswerFault.MISSING if question.required else None
    if question.kind in (QuestionKind.SCALE, QuestionKind.NUMBER):
        number = _number(value)
        if number is None:
            return AnswerFault.NO_NUMBER
        scale = question.kind is QuestionKind.SCALE
        low, high = (1, question.points) if scale else (question.low, question.high)
        return None if low <= number <= high else AnswerFault.OUT_OF_RANGE
    if question.kind is QuestionKind.TEXT:
        fits = isinstance(value, str) and len(value.strip()) <= LONGEST_TEXT
        return None if fits else AnswerFault.TOO_LONG
    offered = {option.id for option in question.options}
    several = question.kind is QuestionKind.MULTIPLE
    chosen = value if several and isinstance(value, list | tuple) else [value]
    sound = all(isinstance(one, str) and one in offered for one in chosen)
    return None if sound else AnswerFault.NOT_OFFERED


def _value(question: Question, value: Any) -> Value | None:
    if value is None or value in ("", []):
        return None
    if question.kind in (QuestionKind.SCALE, QuestionKind.NUMBER):
        return _number(value)
    if question.kind is QuestionKind.MULTIPLE:
        chosen = set(value if isinstance(value, list | tuple) else [value])
        return [option.id for option in question.options if option.id in chosen]
    return str(value).strip()


def _number(value: Any) -> int | None:
    if isinstance(value, bool):
        return None
    if isinstance(value, int):
        return value
    text = value.strip() if isinstance(value, str) else ""
    sound = text.isascii() and text.removeprefix("-").isdigit() and len(text) <= 18
    return int(text) if sound else None
