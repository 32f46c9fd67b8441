"""What keeps a form from being published: each finding names its question."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby

from perpusdesk.domain.surveys.form import (
    LONGEST_TEXT,
    MOST_OPTIONS,
    MOST_POINTS,
    MOST_QUESTIONS,
    Form,
    Question,
    QuestionKind,
    SurveyKind,
)


class FormFault(StrEnum):
    """What is wrong with a form."""

    NO_TITLE = "no_title"
    NO_QUESTIONS = "no_questions"
    TOO_MANY_QUESTIONS = "too_many_questions"
    NO_TEXT = "no_text"
    TOO_LONG = "too_long"
    SAME_ID = "same_id"
    TOO_FEW_OPTIONS = "too_few_options"
    TOO_MANY_OPTIONS = "too_many_options"
    SAME_OPTION = "same_option"
    EMPTY_OPTION = "empty_option"
    BOUNDS_REVERSED = "bounds_reversed"
    NO_UNSUR = "no_unsur"
    UNEQUAL_SCALES = "unequal_scales"


@dataclass(frozen=True, slots=True)
class FormFinding:
    """A fault, and the question that has it (empty: the form)."""

    fault: FormFault
    question: str = ""


_CHOSEN = frozenset({QuestionKind.SCALE, QuestionKind.SINGLE, QuestionKind.MULTIPLE})


def form_findings(form: Form) -> list[FormFinding]:
    """Return what must be put right before a form can be published; nothing: it can."""
    found = [FormFinding(fault) for fault in _of_form(form)]
    for question in form.questions:
        found += [FormFinding(fault, question.id) for fault in _of_question(question)]
    for id_, same in groupby(sorted(question.id for question in form.questions)):
        if len(list(same)) > 1:
            found.append(FormFinding(FormFault.SAME_ID, id_))
    return found


def _of_form(form: Form) -> Iterator[FormFault]:
    if not form.title.strip():
        yield FormFault.NO_TITLE
    if not form.asked:
        yield FormFault.NO_QUESTIONS
    if len(form.questions) > MOST_QUESTIONS:
        yield FormFault.TOO_MANY_QUESTIONS
    if form.kind is SurveyKind.SKM:
        if not form.unsur:
            yield FormFault.NO_UNSUR
        if len({one.points for one in form.unsur}) > 1:
            yield FormFault.UNEQUAL_SCALES


def _of_question(question: Question) -> Iterator[FormFault]:
    if not question.text.strip():
        yield FormFault.NO_TEXT
    if max(len(text) for text in (question.text, question.name, question.number)) > LONGEST_TEXT:
        yield FormFault.TOO_LONG
    if question.kind in _CHOSEN:
        yield from _of_options(question)
    if question.kind is QuestionKind.NUMBER and question.low > question.high:
        yield FormFault.BOUNDS_REVERSED


def _of_options(question: Question) -> Iterator[FormFault]:
    most = MOST_POINTS if question.kind is QuestionKind.SCALE else MOST_OPTIONS
    texts = [option.text.strip() for option in question.options]
    if len(texts) < 2:
        yield FormFault.TOO_FEW_OPTIONS
    if len(texts) > most:
        yield FormFault.TOO_MANY_OPTIONS
    if not all(texts):
        yield FormFault.EMPTY_OPTION
    shown = [text.casefold() for text in texts if text]
    ids = [option.id for option in question.options]
    if len(set(shown)) < len(shown) or len(set(ids)) < len(ids):
        yield FormFault.SAME_OPTION
    if any(len(text) > LONGEST_TEXT for text in texts):
        yield FormFault.TOO_LONG
