"""A form as JSON text, and back; the shape has a version, so that later programs can read it.

The same form always gives the same text.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final

from perpusdesk.domain.surveys.form import Form, Option, Part, Question, QuestionKind, SurveyKind

SHAPE: Final = 1


class UnreadableFormError(ValueError):
    """A text is no form, or one of a newer program."""


def form_text(form: Form) -> str:
    """Return a form as canonical JSON."""
    told = {
        "shape": SHAPE,
        "kind": form.kind.value,
        "title": form.title,
        "intro": form.intro,
        "thanks": form.thanks,
        "rules": form.rules,
        "questions": [_told(question) for question in form.questions],
    }
    return canonical(told)


def form_of(text: str) -> Form:
    """Return the form that a text holds. Raises ``UnreadableFormError``."""
    try:
        told = json.loads(text)
        if told["shape"] != SHAPE:
            raise UnreadableFormError(f"shape {told['shape']}")
        return Form(
            SurveyKind(told["kind"]),
            str(told["title"]),
            str(told.get("intro", "")),
            str(told.get("thanks", "")),
            tuple(_question(one) for one in told["questions"]),
            str(told.get("rules", "")),
        )
    except UnreadableFormError:
        raise
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise UnreadableFormError(str(error)) from error


def canonical(told: Any) -> str:
    """Return JSON that is the same for the same content: sorted keys, no spaces."""
    return json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _told(question: Question) -> dict[str, Any]:
    """Return a question without what is as usual."""
    usual = Question(question.id, question.kind, question.text)
    told: dict[str, Any] = {
        "id": question.id,
        "kind": question.kind.value,
        "text": question.text,
    }
    for name in ("name", "number", "part", "required", "low", "high"):
        value = getattr(question, name)
        if value != getattr(usual, name):
            told[name] = value
    if question.options:
        told["options"] = [[option.id, option.text] for option in question.options]
    return told


def _question(told: Mapping[str, Any]) -> Question:
    return Question(
        str(told["id"]),
        QuestionKind(told["kind"]),
        str(told["text"]),
        str(told.get("name", "")),
        str(told.get("number", "")),
        Part(told.get("part", "")),
        tuple(Option(str(id_), str(text)) for id_, text in told.get("options", ())),
        bool(told.get("required", False)),
        int(told.get("low", 0)),
        int(told.get("high", 1_000_000)),
    )
