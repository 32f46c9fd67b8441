"""Conditions of own reports as people type them, and how they read."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from perpusdesk.common.formats import number, rupiah, short_date
from perpusdesk.common.i18n import _
from perpusdesk.domain.decisions import Reason, Refused
from perpusdesk.domain.own_reports.catalogue import SUBJECTS, Column, Kind
from perpusdesk.domain.own_reports.report import Condition, How, condition_fits, ways
from perpusdesk.domain.packs.typed import parse_figure
from perpusdesk.services.desk import Desk
from perpusdesk.services.wording.own_reports import code_words, column_name, how_name

_DAY: Final = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})")


def typed_condition(
    desk: Desk, subject: str, column: str, how: How, typed: str
) -> Condition | Refused:
    """Return what was typed as a condition: numbers and days as Indonesians write them.

    ``CONDITION_INVALID`` text: it cannot be compared so. Raises ``KeyError`` (subject).
    """
    text = " ".join(typed.split())
    found = SUBJECTS[subject].column(column)
    refused = Refused(Reason.CONDITION_INVALID, {"text": text})
    if found is None or how not in ways(found.kind):
        return refused
    value = _value(desk, found, text)
    if value is None:
        return refused
    condition = Condition(column, how, value)
    return condition if condition_fits(SUBJECTS[subject], condition) else refused


def condition_text(desk: Desk, subject: str, condition: Condition) -> str:
    """Return a condition in words."""
    column = SUBJECTS[subject].column(condition.column)
    value = _shown(desk, column, condition.value) if column else str(condition.value)
    return " ".join((column_name(condition.column), how_name(condition.how), value))


def _value(desk: Desk, column: Column, text: str) -> str | int | None:
    if column.adds_up:
        figure = parse_figure(text)
        return int(figure) if figure is not None and figure.denominator == 1 else None
    if column.kind is Kind.DATE:
        return _day(text)
    if column.kind is Kind.CODE:
        codes = {word.casefold(): code for code, word in code_words(desk, column.key).items()}
        return codes.get(text.casefold(), text)
    return text


def _day(text: str) -> str | None:
    found = _DAY.fullmatch(text)
    try:
        day = (
            date(int(found[3]), int(found[2]), int(found[1])) if found else date.fromisoformat(text)
        )
    except ValueError:
        return None
    return day.isoformat()


def _shown(desk: Desk, column: Column, value: str | int) -> str:
    if isinstance(value, int):
        return rupiah(value) if column.kind is Kind.MONEY else number(value)
    if not value:
        return _("(empty)")
    if column.kind is Kind.DATE:
        return short_date(date.fromisoformat(value))
    return code_words(desk, column.key).get(value, value) if column.kind is Kind.CODE else value
