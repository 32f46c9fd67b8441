"""What a phone sent, as answers to a form."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from perpusdesk.domain.surveys.form import Form, Question, QuestionKind


def answers_from(form: Form, sent: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    """Return the answers by question; what is not one of the form's fields is left out."""
    found: dict[str, Any] = {}
    for question in form.asked:
        values = [one.strip() for one in sent.get(field_name(question), ()) if one.strip()]
        if values:
            found[question.id] = _value(question, values)
    return found


def field_name(question: Question) -> str:
    """Return what the field of a question is called on the page."""
    return f"q-{question.id}"


def _value(question: Question, values: list[str]) -> Any:
    if question.kind is QuestionKind.MULTIPLE:
        return values
    if question.kind in (QuestionKind.SCALE, QuestionKind.NUMBER):
        text = values[0].replace(".", "")
        return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else values[0]
    return values[0]
