"""What came out of a survey: the index, the means, the tallies; per service, branch and over time.

Everything is counted anew from the answers each time, exactly.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Final
from uuid import UUID

from perpusdesk.domain.decisions import Reason, Refused
from perpusdesk.domain.surveys.answers import Answers, answers_of
from perpusdesk.domain.surveys.form import Form, SurveyKind
from perpusdesk.domain.surveys.satisfaction import Grade, Satisfaction, Weight, satisfaction
from perpusdesk.domain.surveys.tallies import Tally, tallies
from perpusdesk.domain.surveys.workshop import (
    LearningGain,
    PartMean,
    learning_gain,
    overall_mean,
    part_means,
)
from perpusdesk.exchange.survey_templates import skm_rules
from perpusdesk.services.desk import Desk
from perpusdesk.services.surveys import survey_drafts, surveys
from perpusdesk.services.surveys.surveys import SurveyLine
from perpusdesk.storage.queries import surveys as query
from perpusdesk.storage.queries.surveys import AnswerRow


@dataclass(frozen=True, slots=True)
class Only:
    """Of which answers the result is told; empty parts do not narrow. Both days count too."""

    service: str = ""
    branch: UUID | None = None
    first: date | None = None
    last: date | None = None


EVERYTHING: Final = Only()


@dataclass(frozen=True, slots=True)
class GroupResult:
    """The answers of one service or branch: how many, and the index where there is one."""

    name: str
    respondents: int
    ikm: Decimal | None = None
    grade: Grade | None = None


@dataclass(frozen=True, slots=True)
class Results:
    """The whole result; what a form does not ask for is ``None`` or empty."""

    survey: SurveyLine
    form: Form
    number: int
    respondents: int
    satisfaction: Satisfaction | None
    parts: tuple[PartMean, ...]
    overall: Fraction | None
    test: LearningGain | None
    tallies: tuple[Tally, ...]
    services: tuple[GroupResult, ...]
    branches: tuple[GroupResult, ...]
    only: Only

    def tally(self, question: str) -> Tally | None:
        """Return the tally of one question by its id."""
        return next((one for one in self.tallies if one.question.id == question), None)


@dataclass(frozen=True, slots=True)
class TrendPoint:
    """One survey in the row of those before and after it."""

    survey: UUID
    name: str
    first_day: date | None
    last_day: date | None
    respondents: int
    ikm: Decimal | None
    grade: Grade | None
    overall: Fraction | None


def results(
    desk: Desk, survey: UUID, weight: Weight | None = None, only: Only = EVERYTHING
) -> Results | Refused:
    """Return the result (``weight``: instead of the survey's own). ``SURVEY_UNKNOWN``."""
    line = surveys.survey(desk, survey)
    version = survey_drafts.version(desk, line.version) if line and line.version else None
    if line is None or version is None:
        return Refused(Reason.SURVEY_UNKNOWN)
    form = version.form
    every = [
        (row, answers_of(form, row.answers)) for row in query.answer_rows(desk.library, survey)
    ]
    chosen = [answers for row, answers in every if _wanted(row, only)]
    used = weight or line.weight
    index = _index(form, chosen, line, used)
    return Results(
        survey=line,
        form=form,
        number=version.number,
        respondents=len(chosen),
        satisfaction=index,
        parts=part_means(form, chosen),
        overall=overall_mean(form, chosen),
        test=learning_gain(form, chosen),
        tallies=tallies(form, chosen),
        services=_groups(form, line, used, [(row.service, answers) for row, answers in every]),
        branches=_groups(
            form, line, used, [(_branch(desk, row), answers) for row, answers in every]
        ),
        only=only,
    )


def trend(desk: Desk, survey: UUID) -> list[TrendPoint]:
    """Return the surveys of the same kind, branch and service, the earliest first."""
    line = surveys.survey(desk, survey)
    if line is None:
        return []
    alike = [
        one
        for one in surveys.surveys(desk)
        if (one.kind, one.branch, one.service) == (line.kind, line.branch, line.service)
    ]
    points = [_point(desk, one) for one in alike]
    known = [point for point in points if point is not None]
    return sorted(known, key=lambda one: (one.last_day or date.min, one.first_day or date.min))


def answers_in_words(desk: Desk, survey: UUID) -> tuple[Form, list[tuple[AnswerRow, Answers]]]:
    """Return the form with each respondent's answers, for the table of respondents.

    An unknown survey has none.
    """
    line = surveys.survey(desk, survey)
    version = survey_drafts.version(desk, line.version) if line and line.version else None
    if version is None:
        return Form(SurveyKind.FREE, ""), []
    rows = query.answer_rows(desk.library, survey)
    return version.form, [(row, answers_of(version.form, row.answers)) for row in rows]


def _wanted(row: AnswerRow, only: Only) -> bool:
    day = row.given.date()
    in_time = (only.first or day) <= day <= (only.last or day)
    service = not only.service or row.service == only.service
    return in_time and service and only.branch in (None, row.branch)


def _branch(desk: Desk, row: AnswerRow) -> str:
    found = desk.branches.get(row.branch) if row.branch else None
    return found.name if found else ""


def _index(
    form: Form, answers: Sequence[Answers], line: SurveyLine, weight: Weight
) -> Satisfaction | None:
    if form.kind is not SurveyKind.SKM:
        return None
    grades = skm_rules(line.first_day or line.today).grades
    return satisfaction(form, answers, grades, weight)


def _groups(
    form: Form, line: SurveyLine, weight: Weight, told: Sequence[tuple[str, Answers]]
) -> tuple[GroupResult, ...]:
    """Return a result by name; where all have the same name there is nothing to compare."""
    by_name: dict[str, list[Answers]] = {}
    for name, one in told:
        by_name.setdefault(name, []).append(one)
    if len(by_name) < 2:
        return ()
    found = []
    for name, answers in sorted(by_name.items()):
        index = _index(form, answers, line, weight)
        ikm, grade = (index.ikm, index.grade) if index else (None, None)
        found.append(GroupResult(name, len(answers), ikm, grade))
    return tuple(found)


def _point(desk: Desk, line: SurveyLine) -> TrendPoint | None:
    found = results(desk, line.id)
    if isinstance(found, Refused):
        return None
    index = found.satisfaction
    return TrendPoint(
        line.id,
        line.name,
        line.first_day,
        line.last_day,
        found.respondents,
        index.ikm if index else None,
        index.grade if index else None,
        found.overall,
    )
