"""Surveys for tests: a form published, a survey begun, and answers given."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

from helpers.library import START
from perpusdesk.domain.surveys.form import Form
from perpusdesk.services.desk import Desk
from perpusdesk.services.results import Done
from perpusdesk.services.surveys.survey_drafts import Version, new_draft, offered_templates, publish
from perpusdesk.services.surveys.surveys import SurveyForm, SurveyLine, start_survey
from perpusdesk.services.surveys.surveys_answer import give_answer

TODAY = START.date()
FOURS = dict.fromkeys(
    (
        *("persyaratan", "prosedur", "waktu", "biaya", "produk"),
        *("kompetensi", "perilaku", "sarana", "pengaduan"),
    ),
    4,
)


def form_named(desk: Desk, key: str) -> Form:
    return next(one.form for one in offered_templates(desk) if one.key == key)


def published(desk: Desk, key: str = "skm") -> Version:
    begun = new_draft(desk, form_named(desk, key))
    assert isinstance(begun, Done)
    out = publish(desk, begun.value.id)
    assert isinstance(out, Done)
    return out.value


def begun(desk: Desk, key: str = "skm", **changes: Any) -> SurveyLine:
    made = SurveyForm("SKM semester 2", published(desk, key).id, TODAY, TODAY + timedelta(days=30))
    out = start_survey(desk, replace(made, **changes))
    assert isinstance(out, Done)
    return out.value


def answered(desk: Desk, survey_id: UUID, answers: Mapping[str, Any], **how: Any) -> Done[UUID]:
    out = give_answer(desk, survey_id, answers, how.pop("channel", "kiosk"), **how)
    assert isinstance(out, Done), out
    return out
