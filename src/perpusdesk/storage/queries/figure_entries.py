"""Figures that were typed in, months that were closed, and services that were counted by tap."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from perpusdesk.storage.library import Library
from perpusdesk.storage.queries.values import as_id, as_moment, sure_id


@dataclass(frozen=True, slots=True)
class KeptEntry:
    """A typed figure: ``value`` as text of an exact number."""

    measure: str
    period: str
    value: str
    source: str
    note: str


@dataclass(frozen=True, slots=True)
class ClosedMonth:
    """A month that was closed, with the figures of then as JSON text."""

    id: UUID
    month: str
    figures: str
    at: datetime
    staff: UUID | None


def entries(library: Library, branch: UUID | None) -> dict[tuple[str, str], KeptEntry]:
    """Return all typed figures of a branch (``None``: of the whole library) by name and period."""
    where, values = ("branch = ?", (branch.bytes,)) if branch else ("branch is null", ())
    rows = library.rows(
        "select measure, period, value, source, note from figure_entry"
        f" where deleted = 0 and {where} and value <> ''",
        *values,
    )
    found = (KeptEntry(*(str(one or "") for one in row)) for row in rows)
    return {(one.measure, one.period): one for one in found}


def closed_months(library: Library) -> list[ClosedMonth]:
    """Return the closings that stand, the latest month first; of one month the earliest counts."""
    rows = library.rows(
        "select id, month, figures, at, zone, staff from month_close where voided = 0"
        " order by month desc, clock, id"
    )
    found: dict[str, ClosedMonth] = {}
    for id_, month, figures, at, zone, staff in rows:
        one = ClosedMonth(sure_id(id_), month, figures or "{}", as_moment(at, zone), as_id(staff))
        found.setdefault(month, one)
    return list(found.values())


def first_month(library: Library, measures: Sequence[str]) -> str:
    """Return the month in which anything was counted of these first, ``""`` for none."""
    marks = ",".join("?" * len(measures))
    query = f"select min(month) from month_fact where measure in ({marks}) and length(month) = 7"
    return str(library.value(query, *measures) or "")
