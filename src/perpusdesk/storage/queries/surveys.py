"""Surveys, their forms and what was answered, as rows tell it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from perpusdesk.storage.library import Library
from perpusdesk.storage.queries.values import as_day, as_id, as_moment, sure_id

_DRAFT: Final = (
    "select d.id, d.name, d.kind, d.definition, d.based_on, d.note,"
    " (select max(v.number) from survey_version v where v.draft = d.id and v.voided = 0)"
    " from survey_draft d where d.deleted = 0"
)
_VERSION: Final = (
    "select id, draft, name, kind, number, definition, at, zone from survey_version"
    " where voided = 0"
)
_SURVEY: Final = (
    "select s.id, s.name, s.draft, s.version, s.branch, s.service, s.first_day, s.last_day,"
    " s.population, s.target, s.closed, s.weight, s.note, v.kind, v.number,"
    " (select count(*) from answer a where a.survey = s.id and a.voided = 0)"
    " from survey s left join survey_version v on v.id = s.version where s.deleted = 0"
)
_ANSWER: Final = (
    "select id, answers, channel, service, branch, at, zone from answer"
    " where survey = ? and voided = 0 order by at, id"
)


@dataclass(frozen=True, slots=True)
class DraftRow:
    """A form that is being built; ``published`` is the number of its latest version (0: none)."""

    id: UUID
    name: str
    kind: str
    definition: str
    based_on: UUID | None
    note: str
    published: int


@dataclass(frozen=True, slots=True)
class VersionRow:
    """A published form, which never changes; ``number`` counts from 1 within its draft."""

    id: UUID
    draft: UUID | None
    name: str
    kind: str
    number: int
    definition: str
    published: datetime


@dataclass(frozen=True, slots=True)
class SurveyRow:
    """One survey: a version of a form that is answered in a time, with how many did so far."""

    id: UUID
    name: str
    draft: UUID | None
    version: UUID | None
    branch: UUID | None
    service: str
    first_day: date | None
    last_day: date | None
    population: int
    target: int
    closed: date | None
    weight: str
    note: str
    kind: str
    number: int
    answers: int


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """What one respondent answered, as it is stored; nobody's name is in it."""

    id: UUID
    answers: str
    channel: str
    service: str
    branch: UUID | None
    given: datetime


def draft_rows(library: Library) -> list[DraftRow]:
    """Return all forms that are being built, by name."""
    return [_draft(row) for row in library.rows(f"{_DRAFT} order by d.name, d.rid")]


def draft_row(library: Library, id_: UUID) -> DraftRow | None:
    """Return one, or ``None``."""
    row = library.row(f"{_DRAFT} and d.id = ?", id_.bytes)
    return _draft(row) if row else None


def version_rows(library: Library) -> list[VersionRow]:
    """Return all published forms: by name, the newest version first."""
    return [_version(row) for row in library.rows(f"{_VERSION} order by name, number desc, rid")]


def version_row(library: Library, id_: UUID) -> VersionRow | None:
    """Return one, or ``None``."""
    row = library.row(f"{_VERSION} and id = ?", id_.bytes)
    return _version(row) if row else None


def survey_rows(library: Library) -> list[SurveyRow]:
    """Return all surveys: those that are open first, then by their last day, the latest first."""
    order = "order by coalesce(s.closed, '') <> '', s.last_day desc, s.first_day desc, s.id desc"
    return [_survey(row) for row in library.rows(f"{_SURVEY} {order}")]


def survey_row(library: Library, id_: UUID) -> SurveyRow | None:
    """Return one, or ``None``."""
    row = library.row(f"{_SURVEY} and s.id = ?", id_.bytes)
    return _survey(row) if row else None


def answer_rows(library: Library, survey: UUID) -> list[AnswerRow]:
    """Return what was answered, in the order of the days; taken back ones are left out."""
    return [
        AnswerRow(
            sure_id(id_),
            text or "{}",
            channel or "",
            service or "",
            as_id(branch),
            as_moment(at, zone),
        )
        for id_, text, channel, service, branch, at, zone in library.rows(_ANSWER, survey.bytes)
    ]


def _draft(row: tuple[Any, ...]) -> DraftRow:
    id_, name, kind, definition, based_on, note, published = row
    return DraftRow(
        sure_id(id_),
        name or "",
        kind or "",
        definition or "",
        as_id(based_on),
        note or "",
        int(published or 0),
    )


def _version(row: tuple[Any, ...]) -> VersionRow:
    id_, draft, name, kind, number, definition, at, zone = row
    return VersionRow(
        sure_id(id_),
        as_id(draft),
        name or "",
        kind or "",
        int(number or 0),
        definition or "",
        as_moment(at, zone),
    )


def _survey(row: tuple[Any, ...]) -> SurveyRow:
    id_, name, draft, version, branch, service, first, last, population, target, *rest = row
    closed, weight, note, kind, number, answers = rest
    return SurveyRow(
        sure_id(id_),
        name or "",
        as_id(draft),
        as_id(version),
        as_id(branch),
        service or "",
        as_day(first),
        as_day(last),
        int(population or 0),
        int(target or 0),
        as_day(closed),
        weight or "",
        note or "",
        kind or "",
        int(number or 0),
        int(answers or 0),
    )
