"""The demo library's surveys: begun from a template, answered, closed, with what follows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from perpusdesk.domain.decisions import Refused
from perpusdesk.domain.improvements import Stage
from perpusdesk.exchange.demo_doings import Doing, SurveyAnswered, SurveyBegins, SurveyEnds
from perpusdesk.services.desk import Desk
from perpusdesk.services.feedback.improvements import (
    ImprovementForm,
    improvement_line,
    move_improvement,
    plan_improvement,
)
from perpusdesk.services.surveys.survey_drafts import new_draft, offered_templates, publish
from perpusdesk.services.surveys.survey_improvements import propose_lowest
from perpusdesk.services.surveys.surveys import SurveyForm, close_survey, start_survey
from perpusdesk.services.surveys.surveys_answer import give_answer

_TIME_TO_ACT = timedelta(days=330)


class DemoSurveys:
    """Knows which survey of the plan is which; a form is published once for all its surveys."""

    def __init__(self) -> None:
        self._surveys: dict[str, UUID] = {}
        self._versions: dict[str, UUID] = {}

    def play(self, desk: Desk, doing: Doing) -> None:
        """Do what a survey asks for."""
        match doing:
            case SurveyBegins():
                self._begin(desk, doing)
            case SurveyAnswered() if doing.survey in self._surveys:
                give_answer(desk, self._surveys[doing.survey], doing.answers, doing.channel)
            case SurveyEnds() if doing.survey in self._surveys:
                close_survey(desk, self._surveys[doing.survey])
                _act(desk, self._surveys[doing.survey], doing.actions)

    def _begin(self, desk: Desk, doing: SurveyBegins) -> None:
        version = self._version(desk, doing.template)
        if version is None:
            return
        form = SurveyForm(
            doing.survey, version, desk.today(), doing.last_day, population=doing.population
        )
        begun = start_survey(desk, form)
        if not isinstance(begun, Refused):
            self._surveys[doing.survey] = begun.value.id

    def _version(self, desk: Desk, key: str) -> UUID | None:
        if key not in self._versions:
            form = next(one.form for one in offered_templates(desk) if one.key == key)
            draft = new_draft(desk, form)
            published = draft if isinstance(draft, Refused) else publish(desk, draft.value.id)
            if isinstance(published, Refused):
                return None
            self._versions[key] = published.value.id
        return self._versions[key]


def _act(desk: Desk, survey: UUID, actions: Sequence[str]) -> None:
    """Put the lowest marks on the board; for the first of them something is planned."""
    proposed = propose_lowest(desk, survey)
    if isinstance(proposed, Refused):
        return
    for done, action in zip(proposed, actions, strict=False):
        line = None if isinstance(done, Refused) else improvement_line(desk, done.value)
        if line is not None:
            due = desk.today() + _TIME_TO_ACT
            form = ImprovementForm(line.row.finding, action, desk.staff, due)
            plan_improvement(desk, line.id, form)
            move_improvement(desk, line.id, Stage.DOING)
