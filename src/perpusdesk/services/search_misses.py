"""Searches that found nothing, for those who buy books: words, how often, when; never who."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from perpusdesk.common.i18n import _
from perpusdesk.services.desk import Desk
from perpusdesk.services.export_list import ListColumn, ListSheet
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
        ListColumn(_("Searched for"), lambda miss: str(miss.text), 40),
        ListColumn(_("How often"), lambda miss: int(miss.times), 12),
        ListColumn(_("First"), _first, 12),
        ListColumn(_("Last"), _last, 12),
    )
    kept = dict(enumerate(misses))
    return ListSheet(
        _("Searches without result"),
        columns,
        range(len(kept)),
        lambda _desk, ids: {id_: kept[id_] for id_ in ids},
    )


def _first(miss: Miss) -> date:
    return miss.first


def _last(miss: Miss) -> date:
    return miss.last
