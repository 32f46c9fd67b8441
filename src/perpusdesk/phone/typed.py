"""What a phone sent: fields without what does not belong into a text, and answers to a survey."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any, Final
from urllib.parse import parse_qs

from perpusdesk.common.i18n import _
from perpusdesk.domain.surveys.form import Form, Question, QuestionKind

_MOST_FIELDS: Final = 500
_KEPT: Final = "\n\t\u200c\u200d"
"""Of signs without a shape: lines, and the joiners that scripts and pictograms are written with."""
_SHAPELESS: Final = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})


def sent_fields(body: bytes) -> dict[str, list[str]]:
    """Return the fields of a form; of what is no form, none."""
    try:
        found = parse_qs(body.decode(), max_num_fields=_MOST_FIELDS)
    except ValueError:
        return {}
    return {name: [tidy(one) for one in values] for name, values in found.items()}


def tidy(text: str) -> str:
    """Return a text without signs that nobody sees: they hide, turn lines round, or end them."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    kept = (one for one in text if one in _KEPT or unicodedata.category(one) not in _SHAPELESS)
    return "".join(kept).strip()


def first_of(sent: Mapping[str, Sequence[str]], name: str) -> str:
    """Return the text of a field that is there once; of one sent twice, the first."""
    values = sent.get(name, ())
    return values[0] if values else ""


def too_long(sent: Mapping[str, Sequence[str]], longest: Mapping[str, int]) -> dict[str, str]:
    """Say of each field that is longer than its most signs that it is."""
    told = _("At most {n} characters.")
    return {
        name: told.format(n=most)
        for name, most in longest.items()
        if len(first_of(sent, name)) > most
    }


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
