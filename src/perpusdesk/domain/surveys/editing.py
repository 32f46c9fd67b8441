"""Changing a form question by question; each step returns a new form."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from perpusdesk.domain.surveys.form import Form, Option, Part, Question, QuestionKind, SurveyKind

_NAME: Final = "p"
_WITH_OPTIONS: Final = frozenset({QuestionKind.SCALE, QuestionKind.SINGLE, QuestionKind.MULTIPLE})


def added(form: Form, kind: QuestionKind, after: int, words: Iterable[str] = ()) -> Form:
    """Return the form with a new question behind the one at ``after`` (-1: at the top).

    ``words`` are its first answers where it has any. Its id was never used in this form.
    """
    part = Part.OTHER
    if form.kind is SurveyKind.SKM and kind is QuestionKind.SCALE:
        part = Part.UNSUR
    texts = list(words) if kind in _WITH_OPTIONS else []
    question = Question(
        new_id(form), kind, "", part=part, options=with_texts(Question("", kind, ""), texts)
    )
    questions = list(form.questions)
    questions.insert(after + 1, question)
    return replace(form, questions=tuple(questions))


def moved(form: Form, place: int, step: int) -> Form:
    """Return the form with a question moved by ``step`` places, as far as there is room."""
    questions = list(form.questions)
    to = min(max(place + step, 0), len(questions) - 1)
    questions.insert(to, questions.pop(place))
    return replace(form, questions=tuple(questions))


def removed(form: Form, place: int) -> Form:
    """Return the form without a question."""
    kept = (one for index, one in enumerate(form.questions) if index != place)
    return replace(form, questions=tuple(kept))


def changed(form: Form, place: int, question: Question) -> Form:
    """Return the form with another question at a place."""
    questions = list(form.questions)
    questions[place] = question
    return replace(form, questions=tuple(questions))


def with_texts(question: Question, texts: Iterable[str]) -> tuple[Option, ...]:
    """Return options with these words; a word that was there keeps its id, also when it moves.

    The values of a scale are places: its options are numbered anew.
    """
    wanted = [text.strip() for text in texts if text.strip()]
    if question.kind is QuestionKind.SCALE:
        return tuple(Option(str(place), text) for place, text in enumerate(wanted, 1))
    known = {option.text: option.id for option in question.options}
    taken = set(known.values())
    made: list[Option] = []
    for place, text in enumerate(wanted):
        same_place = question.options[place] if place < len(question.options) else None
        id_ = known.get(text)
        if id_ is None and same_place is not None and same_place.text not in wanted:
            id_ = same_place.id  # the word at this place was corrected
        if id_ is None or any(option.id == id_ for option in made):
            id_ = _free(taken)
        taken.add(id_)
        made.append(Option(id_, text))
    return tuple(made)


def new_id(form: Form) -> str:
    """Return an id that no question of the form has."""
    taken = {question.id for question in form.questions}
    number = len(form.questions) + 1
    while f"{_NAME}{number}" in taken:
        number += 1
    return f"{_NAME}{number}"


def numbered(form: Form) -> Form:
    """Return the form with its unsur numbered U1, U2 ... as they stand now."""
    place = 0
    questions = []
    for question in form.questions:
        if question in form.unsur:
            place += 1
            questions.append(replace(question, number=f"U{place}"))
        else:
            questions.append(question)
    return replace(form, questions=tuple(questions))


def _free(taken: set[str]) -> str:
    number = 1
    while str(number) in taken:
        number += 1
    return str(number)
