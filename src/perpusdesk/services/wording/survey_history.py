"""What the history says of forms, surveys and answers: fields and values in words."""

from __future__ import annotations

import json
from typing import Any, Final

from perpusdesk.common.i18n import N_, _, ngettext
from perpusdesk.domain.surveys.form import SurveyKind
from perpusdesk.domain.surveys.shape import UnreadableFormError, form_of
from perpusdesk.services.surveys.surveys import weight_of
from perpusdesk.services.wording.surveys import channel_name, kind_name, weight_name

RECORDS: Final = frozenset({"survey_draft", "survey_version", "survey", "answer"})
_LABELS: Final = {
    "kind": N_("Kind of survey"),
    "definition": N_("Questions"),
    "based_on": N_("Copied from"),
    "draft": N_("Form of the survey"),
    "version": N_("Version"),
    "service": N_("Service"),
    "population": N_("Users in this time"),
    "target": N_("Respondents needed"),
    "closed": N_("Closed on"),
    "weight": N_("Weight of each unsur"),
    "survey": N_("Survey"),
    "answers": N_("Answers"),
    "channel": N_("How it came"),
}


def label(name: str) -> str:
    """Return the label of a field of one of these records; empty: it is called as elsewhere."""
    return _(_LABELS[name]) if name in _LABELS else ""


def value(name: str, stored: Any) -> str:
    """Return a value of one of these records in words; empty: it reads as elsewhere.

    Of answers only how many there are: what one person answered is nobody's business.
    """
    if not isinstance(stored, str):
        return ""
    if name == "kind" and stored in tuple(SurveyKind):
        return kind_name(SurveyKind(stored))
    if name == "weight":
        return weight_name(weight_of(stored))
    if name == "channel":
        return channel_name(stored)
    count = _count(name, stored)
    if count is None:
        return ""
    return ngettext("{n} question", "{n} questions", count).format(n=count)


def _count(name: str, stored: str) -> int | None:
    try:
        if name == "definition":
            return len(form_of(stored).asked)
        return len(json.loads(stored)) if name == "answers" else None
    except (UnreadableFormError, ValueError, TypeError):
        return 0
