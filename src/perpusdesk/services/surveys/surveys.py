"""Surveys: a version of a form that is answered in a time, until enough did, then closed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

from perpusdesk.domain.decisions import Reason, Refused
from perpusdesk.domain.rights import SURVEYS
from perpusdesk.domain.surveys.form import SurveyKind
from perpusdesk.domain.surveys.sampling import sample_size
from perpusdesk.domain.surveys.satisfaction import Weight
from perpusdesk.services.desk import Desk
from perpusdesk.services.needed_right import needs
from perpusdesk.services.results import Done
from perpusdesk.storage.queries import surveys as query
from perpusdesk.storage.queries.surveys import SurveyRow

START: Final = "start_survey"
EDIT: Final = "edit_survey"
CLOSE: Final = "close_survey"
REOPEN: Final = "reopen_survey"
REMOVE: Final = "remove_survey"
_CHANGED: Final = frozenset({"survey"})


@dataclass(frozen=True, slots=True)
class SurveyForm:
    """What is asked of who begins a survey. No branch: all of them; no service: all.

    ``population`` is how many people use the service in such a time; the target follows from it
    (Krejcie-Morgan) unless one is given.
    """

    name: str
    version: UUID
    first_day: date
    last_day: date
    branch: UUID | None = None
    service: str = ""
    population: int = 0
    target: int | None = None
    weight: Weight = Weight.EXACT
    note: str = ""


@dataclass(frozen=True, slots=True)
class SurveyLine:
    """A survey as lists show it; ``kind`` is ``None`` for one that this program does not know."""

    id: UUID
    name: str
    kind: SurveyKind | None
    number: int
    version: UUID | None
    branch: UUID | None
    branch_name: str
    service: str
    first_day: date | None
    last_day: date | None
    population: int
    target: int
    answers: int
    closed: date | None
    weight: Weight
    note: str
    today: date

    @property
    def enough(self) -> bool:
        """Whether so many answered as are needed."""
        return self.answers >= self.target

    @property
    def missing(self) -> int:
        """How many are still to be asked."""
        return max(0, self.target - self.answers)

    @property
    def on(self) -> bool:
        """Whether answers of today are taken."""
        begun = self.first_day is None or self.first_day <= self.today
        return begun and not self.over

    @property
    def over(self) -> bool:
        """Whether it is closed, or its last day is past."""
        late = self.last_day is not None and self.last_day < self.today
        return self.closed is not None or late


def surveys(desk: Desk) -> list[SurveyLine]:
    """Return all surveys: the open ones first, then the closed, the latest on top."""
    return [_line(desk, row) for row in query.survey_rows(desk.library)]


def survey(desk: Desk, id_: UUID) -> SurveyLine | None:
    """Return one survey, or ``None``."""
    row = query.survey_row(desk.library, id_)
    return _line(desk, row) if row else None


@needs(SURVEYS)
def start_survey(desk: Desk, form: SurveyForm) -> Done[SurveyLine] | Refused:
    """Begin a survey. ``RIGHT_MISSING``, ``NAME_MISSING``, ``PERIOD_INVALID``, ``FORM_UNKNOWN``."""
    refusal = _refuse(form)
    version = query.version_row(desk.library, form.version)
    if refusal or version is None:
        return refusal or Refused(Reason.FORM_UNKNOWN)
    action, record = desk.action(START), desk.library.new_id()
    fields = {**_fields(form), "draft": version.draft, "version": version.id}
    action.set("survey", record, fields, fresh=True)
    return _done(desk, record, desk.commit(action).action, START)


@needs(SURVEYS)
def edit_survey(desk: Desk, id_: UUID, form: SurveyForm) -> Done[SurveyLine] | Refused:
    """Change what a survey is called, when and where it is held, and its target.

    Its form stays. ``RIGHT_MISSING``, ``SURVEY_UNKNOWN``, ``NAME_MISSING``, ``PERIOD_INVALID``.
    """
    there = query.survey_row(desk.library, id_)
    refusal = _refuse(form)
    if there is None or refusal:
        return refusal or Refused(Reason.SURVEY_UNKNOWN)
    changed = {
        name: value for name, value in _fields(form).items() if value != getattr(there, name)
    }
    if not changed:
        return _done(desk, id_, None, EDIT)
    action = desk.action(EDIT)
    action.set("survey", id_, changed)
    return _done(desk, id_, desk.commit(action).action, EDIT)


@needs(SURVEYS)
def close_survey(desk: Desk, id_: UUID) -> Done[SurveyLine] | Refused:
    """End a survey: no answer is taken any more.

    ``RIGHT_MISSING``, ``SURVEY_UNKNOWN``, ``SURVEY_CLOSED`` name.
    """
    there = query.survey_row(desk.library, id_)
    if there is None:
        return Refused(Reason.SURVEY_UNKNOWN)
    if there.closed is not None:
        return Refused(Reason.SURVEY_CLOSED, {"name": there.name})
    action = desk.action(CLOSE)
    action.set("survey", id_, {"closed": desk.today()})
    return _done(desk, id_, desk.commit(action).action, CLOSE)


@needs(SURVEYS)
def reopen_survey(desk: Desk, id_: UUID) -> Done[SurveyLine] | Refused:
    """Take answers again. ``RIGHT_MISSING``, ``SURVEY_UNKNOWN``."""
    if query.survey_row(desk.library, id_) is None:
        return Refused(Reason.SURVEY_UNKNOWN)
    action = desk.action(REOPEN)
    action.set("survey", id_, {"closed": None})
    return _done(desk, id_, desk.commit(action).action, REOPEN)


@needs(SURVEYS)
def remove_survey(desk: Desk, id_: UUID) -> Done[UUID] | Refused:
    """Remove a survey that was begun by mistake.

    ``RIGHT_MISSING``, ``SURVEY_UNKNOWN``, ``SURVEY_ANSWERED`` name, count: answers stay.
    """
    there = query.survey_row(desk.library, id_)
    if there is None:
        return Refused(Reason.SURVEY_UNKNOWN)
    if there.answers:
        return Refused(Reason.SURVEY_ANSWERED, {"name": there.name, "count": there.answers})
    action = desk.action(REMOVE)
    action.delete("survey", id_)
    return Done(id_, desk.commit(action).action, REMOVE, _CHANGED)


def form_of_survey(line: SurveyLine) -> SurveyForm | None:
    """Return what to begin with when a survey is to be changed."""
    if line.version is None or line.first_day is None or line.last_day is None:
        return None
    return SurveyForm(
        line.name,
        line.version,
        line.first_day,
        line.last_day,
        line.branch,
        line.service,
        line.population,
        None if line.target == sample_size(line.population) else line.target,
        line.weight,
        line.note,
    )


def weight_of(text: str) -> Weight:
    """Return the weight that a survey names; an unknown one is the exact one."""
    return Weight(text) if text in tuple(Weight) else Weight.EXACT


def _refuse(form: SurveyForm) -> Refused | None:
    if not form.name.strip():
        return Refused(Reason.NAME_MISSING)
    if form.first_day > form.last_day:
        days = {"first": form.first_day, "last": form.last_day}
        return Refused(Reason.PERIOD_INVALID, days)
    return None


def _fields(form: SurveyForm) -> dict[str, Any]:
    target = sample_size(form.population) if form.target is None else form.target
    return {
        "name": " ".join(form.name.split()),
        "branch": form.branch,
        "service": " ".join(form.service.split()),
        "first_day": form.first_day,
        "last_day": form.last_day,
        "population": max(0, form.population),
        "target": max(0, target),
        "weight": form.weight.value,
        "note": form.note.strip(),
    }


def _done(desk: Desk, id_: UUID, action: UUID | None, verb: str) -> Done[SurveyLine]:
    line = survey(desk, id_)
    assert line is not None
    return Done(line, action, verb, _CHANGED)


def _line(desk: Desk, row: SurveyRow) -> SurveyLine:
    branch = desk.branches.get(row.branch) if row.branch else None
    kind = SurveyKind(row.kind) if row.kind in tuple(SurveyKind) else None
    return SurveyLine(
        row.id,
        row.name,
        kind,
        row.number,
        row.version,
        row.branch,
        branch.name if branch else "",
        row.service,
        row.first_day,
        row.last_day,
        row.population,
        row.target,
        row.answers,
        row.closed,
        weight_of(row.weight),
        row.note,
        desk.today(),
    )
