"""Surveys in words: kinds, parts, weights, channels, faults of a form, numbers."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Final

from perpusdesk.common.formats import long_date, number, short_date
from perpusdesk.common.i18n import N_, _, language
from perpusdesk.domain.surveys.answers import AnswerFault
from perpusdesk.domain.surveys.checks import FormFault
from perpusdesk.domain.surveys.form import Part, QuestionKind, SurveyKind
from perpusdesk.domain.surveys.rounding import rounded
from perpusdesk.domain.surveys.satisfaction import Grade, Weight
from perpusdesk.services.surveys.surveys import SurveyLine
from perpusdesk.services.surveys.surveys_answer import Channel

_KINDS: Final = {
    SurveyKind.SKM: N_("Public satisfaction (SKM)"),
    SurveyKind.WORKSHOP: N_("Evaluation of a workshop"),
    SurveyKind.FOLLOW_UP: N_("Three months after a workshop"),
    SurveyKind.NEEDS: N_("Needs"),
    SurveyKind.TKM: N_("Reading (TKM)"),
    SurveyKind.FREE: N_("Free form"),
}
_QUESTIONS: Final = {
    QuestionKind.SECTION: N_("Section heading"),
    QuestionKind.SCALE: N_("Scale"),
    QuestionKind.SINGLE: N_("One choice"),
    QuestionKind.MULTIPLE: N_("Several choices"),
    QuestionKind.NUMBER: N_("A number"),
    QuestionKind.TEXT: N_("Own words"),
}
_PARTS: Final = {
    Part.HEAD: N_("About the respondent"),
    Part.UNSUR: N_("Unsur of the SKM"),
    Part.CONTENT: N_("Workshop content"),
    Part.DELIVERY: N_("Delivery"),
    Part.PRACTICE: N_("Practical use"),
    Part.BEFORE: N_("Test before"),
    Part.AFTER: N_("Test after"),
    Part.OTHER: N_("Other"),
}
_WEIGHTS: Final = {
    Weight.EXACT: N_("1/number of unsur (exact)"),
    Weight.THREE_PLACES: N_("0.111 (old template)"),
    Weight.TWO_PLACES: N_("0.11 (old template)"),
}
_CHANNELS: Final = {
    Channel.KIOSK: N_("Kiosk"),
    Channel.KEYPAD: N_("Paper"),
    Channel.PHONE: N_("Own phone"),
    Channel.DESK: N_("Desk"),
}
_FORM_FAULTS: Final = {
    FormFault.NO_TITLE: N_("The form has no title."),
    FormFault.NO_QUESTIONS: N_("The form asks nothing yet."),
    FormFault.TOO_MANY_QUESTIONS: N_("The form has too many questions."),
    FormFault.NO_TEXT: N_("The question has no text."),
    FormFault.TOO_LONG: N_("A text is too long."),
    FormFault.SAME_ID: N_("Two questions have the same code."),
    FormFault.TOO_FEW_OPTIONS: N_("At least two answers are needed."),
    FormFault.TOO_MANY_OPTIONS: N_("There are too many answers."),
    FormFault.SAME_OPTION: N_("Two answers are the same."),
    FormFault.EMPTY_OPTION: N_("An answer is empty."),
    FormFault.BOUNDS_REVERSED: N_("The lowest number is above the highest."),
    FormFault.NO_UNSUR: N_("An SKM needs at least one unsur with a scale."),
    FormFault.UNEQUAL_SCALES: N_("All unsur need scales of the same length."),
}
_ANSWER_FAULTS: Final = {
    AnswerFault.NOT_OFFERED: N_("This answer is not offered."),
    AnswerFault.NO_NUMBER: N_("Enter a whole number."),
    AnswerFault.OUT_OF_RANGE: N_("The number is outside of what is asked."),
    AnswerFault.TOO_LONG: N_("The text is too long."),
    AnswerFault.MISSING: N_("Please answer this question."),
    AnswerFault.UNKNOWN_QUESTION: N_("The form does not ask this."),
}


def kind_name(kind: SurveyKind | None) -> str:
    """Return what a survey is for."""
    return _(_KINDS[kind]) if kind else _("Unknown kind")


def question_kind_name(kind: QuestionKind) -> str:
    """Return how a question is answered."""
    return _(_QUESTIONS[kind])


def part_name(part: Part) -> str:
    """Return what a question belongs to."""
    return _(_PARTS[part])


def weight_name(weight: Weight) -> str:
    """Return how unsur are weighted, old templates named as such."""
    return _(_WEIGHTS[weight])


def channel_name(channel: str) -> str:
    """Return where an answer was given."""
    return _(_CHANNELS[Channel(channel)]) if channel in tuple(Channel) else channel


def form_fault(fault: FormFault) -> str:
    """Return what is to be put right in a form."""
    return _(_FORM_FAULTS[fault])


def answer_fault(fault: AnswerFault | str) -> str:
    """Return what is wrong with an answer."""
    return _(_ANSWER_FAULTS[AnswerFault(fault)])


def decimal_words(value: Decimal | None) -> str:
    """Return a decimal as it is written here: ``91,48``; ``-`` for none."""
    if value is None:
        return "-"
    return str(value) if language() == "en" else str(value).replace(".", ",")


def fraction_words(value: Fraction | None, places: int = 2) -> str:
    """Return an exact number rounded for people; ``-`` for none."""
    return "-" if value is None else decimal_words(rounded(value, places))


def grade_words(grade: Grade | None) -> str:
    """Return a class: ``A (Sangat baik)``; ``-`` for none."""
    return f"{grade.letter} ({grade.name})" if grade else "-"


def period_words(line: SurveyLine, *, long: bool = False) -> str:
    """Return the days of a survey."""
    say = long_date if long else short_date
    days = [say(day) for day in (line.first_day, line.last_day) if day is not None]
    return _(" to ").join(days)


def progress_words(line: SurveyLine) -> str:
    """Return how many answered of how many are needed."""
    if not line.target:
        return _("{n} answered").format(n=number(line.answers))
    return _("{n} of {target}").format(n=number(line.answers), target=number(line.target))


def enough_words(line: SurveyLine) -> str:
    """Return the warning that too few answered; nothing when enough did."""
    if line.enough:
        return ""
    told = _("Not enough respondents yet: {n} of {target} (Krejcie-Morgan).")
    return told.format(n=number(line.answers), target=number(line.target))
