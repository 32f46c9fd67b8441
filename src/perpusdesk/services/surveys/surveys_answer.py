"""Answering a survey: at the kiosk, on a phone, at the desk, or typed from paper.

No right is needed, and nothing tells who answered: neither name nor card is taken.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from enum import StrEnum
from typing import Any, Final
from uuid import UUID

from perpusdesk.domain.decisions import Reason, Refused
from perpusdesk.domain.merge.facts import ANSWERED
from perpusdesk.domain.surveys.answers import Value, answers_text, cleaned, faults_of, in_words
from perpusdesk.domain.surveys.form import Form, Question
from perpusdesk.domain.surveys.shape import UnreadableFormError, form_of
from perpusdesk.services.desk import Desk
from perpusdesk.services.results import Done
from perpusdesk.storage.queries import surveys as query
from perpusdesk.storage.queries.surveys import SurveyRow
from perpusdesk.storage.queries.values import as_ms

ANSWER: Final = "answer_survey"
SERVICE: Final = "layanan"
"""The question of the respondent's head that names the service."""
HOURS: Final = "jam"
"""The question of the head that names the half of the day: a clock answers it where one is."""
_HALVES: Final = 2
_CHANGED: Final = frozenset({"answer"})
_NOON: Final = time(12)


class Channel(StrEnum):
    """Where an answer was given."""

    KIOSK = "kiosk"
    KEYPAD = "keypad"
    PHONE = "phone"
    DESK = "desk"


@dataclass(frozen=True, slots=True)
class SurveyToAnswer:
    """A survey that can be answered now, with the form of its version."""

    id: UUID
    name: str
    version: UUID
    form: Form
    service: str
    branch: UUID | None
    first_day: date | None
    last_day: date | None

    @property
    def shown(self) -> Form:
        """The form as a visitor sees it: without what the clock answers."""
        asked = tuple(one for one in self.form.questions if not _by_clock(one))
        return replace(self.form, questions=asked)


def survey_to_answer(desk: Desk, survey: UUID, day: date | None = None) -> SurveyToAnswer | Refused:
    """Return the survey with its form, if answers of a day (default: today) are taken.

    ``SURVEY_UNKNOWN``, ``SURVEY_CLOSED`` name, ``SURVEY_NOT_ON`` name, first, last.
    """
    row = query.survey_row(desk.library, survey)
    if row is None:
        return Refused(Reason.SURVEY_UNKNOWN)
    refusal = _not_on(row, day or desk.today())
    return refusal or _to_answer(desk, row)


def surveys_to_answer(desk: Desk) -> list[SurveyToAnswer]:
    """Return what can be answered at this branch today, those that end first on top."""
    today = desk.today()
    found = []
    for row in query.survey_rows(desk.library):
        if row.branch in (None, desk.branch) and _not_on(row, today) is None:
            survey = _to_answer(desk, row)
            if isinstance(survey, SurveyToAnswer):
                found.append(survey)
    return sorted(found, key=lambda one: (one.last_day or date.max, one.name))


def give_answer(
    desk: Desk,
    survey: UUID,
    answers: Mapping[str, Any],
    channel: Channel | str,
    *,
    day: date | None = None,
) -> Done[UUID] | Refused:
    """Keep what one respondent answered; ``day`` is that of a paper form (default: today).

    ``SURVEY_UNKNOWN``, ``SURVEY_CLOSED``, ``SURVEY_NOT_ON``, ``DATE_IN_FUTURE`` date,
    ``ANSWERS_MISSING``, ``ANSWER_INVALID`` question (its id), fault.
    """
    today = desk.today()
    if day is not None and day > today:
        return Refused(Reason.DATE_IN_FUTURE, {"date": day})
    found = survey_to_answer(desk, survey, day)
    if isinstance(found, Refused):
        return found
    faults = faults_of(found.form, answers)
    if faults:
        id_, fault = next(iter(faults.items()))
        return Refused(Reason.ANSWER_INVALID, {"question": id_, "fault": fault.value})
    kept = cleaned(found.form, answers)
    if not kept:
        return Refused(Reason.ANSWERS_MISSING)
    if Channel(channel) is not Channel.KEYPAD:
        kept = {**_clocked(desk, found.form), **kept}
    action, record = desk.action(ANSWER), desk.library.new_id()
    back = day is not None and day != today
    action.event(
        ANSWERED,
        "answer",
        record,
        fresh=True,
        when=_noon(desk, day) if back and day is not None else None,
        survey=survey,
        version=found.version,
        answers=answers_text(kept),
        channel=Channel(channel).value,
        service=_service(found, kept),
    )
    return Done(record, desk.commit(action).action, ANSWER, _CHANGED)


def _by_clock(question: Question) -> bool:
    return question.id == HOURS and len(question.options) == _HALVES


def _clocked(desk: Desk, form: Form) -> dict[str, Value]:
    """Return which half of the day it is, where the form asks for it."""
    half = 0 if desk.now().time() < _NOON else 1
    return {one.id: one.options[half].id for one in form.head if _by_clock(one)}


def _not_on(row: SurveyRow, day: date) -> Refused | None:
    if row.closed is not None:
        return Refused(Reason.SURVEY_CLOSED, {"name": row.name})
    first, last = row.first_day or date.min, row.last_day or date.max
    if not first <= day <= last:
        facts = {"name": row.name, "first": row.first_day, "last": row.last_day}
        return Refused(Reason.SURVEY_NOT_ON, facts)
    return None


def _to_answer(desk: Desk, row: SurveyRow) -> SurveyToAnswer | Refused:
    version = query.version_row(desk.library, row.version) if row.version else None
    if version is None:
        return Refused(Reason.SURVEY_UNKNOWN)
    try:
        form = form_of(version.definition)
    except UnreadableFormError:
        return Refused(Reason.SURVEY_UNKNOWN)
    return SurveyToAnswer(
        row.id,
        row.name,
        version.id,
        form,
        row.service,
        row.branch,
        row.first_day,
        row.last_day,
    )


def _service(survey: SurveyToAnswer, answers: Mapping[str, Any]) -> str:
    """Return which service it is about: as answered, else the survey's own."""
    question = survey.form.question(SERVICE)
    told = in_words(question, answers.get(SERVICE)) if question else ""
    return told or survey.service


def _noon(desk: Desk, day: date) -> int:
    return as_ms(datetime.combine(day, _NOON, desk.now().tzinfo))
