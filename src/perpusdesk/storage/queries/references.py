"""Questions of the reference log, as they are stored."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from perpusdesk.storage.library import Library
from perpusdesk.storage.parts import in_parts
from perpusdesk.storage.queries.values import as_id, as_moment, bounds_of_day, sure_id

_CHUNK: Final = 500


@dataclass(frozen=True, slots=True)
class ReferenceRow:
    """One question; ``at`` is the local time where it was asked."""

    id: UUID
    at: datetime
    kind: str
    topic: str
    minutes: int
    source: str
    answered: bool
    channel: str
    branch: UUID | None
    staff_name: str


_ROW: Final = (
    "select r.id, r.at, r.zone, r.kind, r.topic, r.minutes, r.source, r.answered, r.channel,"
    " r.branch, s.name from reference r left join staff s on s.id = r.staff"
)


def reference_ids(
    library: Library,
    *,
    since: int | None = None,
    until: int | None = None,
    text: str = "",
    unanswered: bool = False,
) -> list[UUID]:
    """Return questions that stand, the latest first; moments are Unix ms, ``until`` not included.

    ``text`` is looked for in the topic, whatever its case.
    """
    query, values = "select id from reference where voided = 0", list[Any]()
    if since is not None:
        query, values = f"{query} and at >= ?", [*values, since]
    if until is not None:
        query, values = f"{query} and at < ?", [*values, until]
    if text:
        query, values = f"{query} and instr(lower(topic), ?) > 0", [*values, text.lower()]
    if unanswered:
        query += " and answered = 0"
    return [sure_id(row[0]) for row in library.rows(f"{query} order by at desc, rid desc", *values)]


def reference_rows(library: Library, ids: Sequence[UUID]) -> dict[UUID, ReferenceRow]:
    """Return these questions by id."""
    found = {}
    for part in in_parts(ids, _CHUNK):
        marks = ",".join("?" * len(part))
        query = f"{_ROW} where r.id in ({marks})"
        for row in library.rows(query, *(id_.bytes for id_ in part)):
            found[sure_id(row[0])] = _row(row)
    return found


def tallies(
    library: Library, first: date, last: date, zone: int
) -> list[tuple[str, str, int, int, int]]:
    """Return by month (``2026-11``, local where it was asked) and kind: count, unanswered, minutes.

    Of the days from ``first`` to ``last``, both included, in a zone (minutes east of UTC).
    """
    since, until = bounds_of_day(first, zone)[0], bounds_of_day(last, zone)[1]
    rows = library.rows(
        "select strftime('%Y-%m', (at + zone * 60000) / 1000, 'unixepoch'), coalesce(kind, ''),"
        " count(*), sum(coalesce(answered, 1) = 0), sum(coalesce(minutes, 0)) from reference"
        " where voided = 0 and at >= ? and at < ? group by 1, 2 order by 1, 2",
        since,
        until,
    )
    return [(row[0], row[1], int(row[2]), int(row[3]), int(row[4])) for row in rows]


def _row(row: tuple[Any, ...]) -> ReferenceRow:
    id_, at, zone, kind, topic, minutes, source, answered, channel, branch, staff = row
    return ReferenceRow(
        sure_id(id_),
        as_moment(at, zone),
        kind or "",
        topic or "",
        int(minutes or 0),
        source or "",
        answered != 0,
        channel or "",
        as_id(branch),
        staff or "",
    )
