"""Searches that found nothing, for those who buy books: words, how often, when; never who."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from perpusdesk.common.i18n import _
from perpusdesk.services.desk import Desk
from perpusdesk.services.export_list import ListSheet, field, list_of
from perpusdesk.storage.queries import search_misses as query


@dataclass(frozen=True, slots=True)
class Miss:
    """What was searched for, how often it was not found, and on which day first and last."""

    text: str
    times: int
    first: date
    last: date


def search_misses(desk: Desk) -> list[Miss]:
    """Return what was searched for in vain on this device, the most wanted first."""
    return [
        Miss(text, times, date.fromisoformat(first), date.fromisoformat(last))
        for text, times, first, last in query.misses(desk.library)
    ]


def misses_sheet(misses: Sequence[Miss]) -> ListSheet:
    """Return them as a list to save."""
    columns = (
        field(_("Searched for"), "text", 40),
        field(_("How often"), "times", 12),
        field(_("First"), "first", 12),
        field(_("Last"), "last", 12),
    )
    return list_of(_("Searches without result"), columns, misses)
