"""Requests about personal data, and breaches, as they were recorded."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from perpusdesk.storage.library import Library
from perpusdesk.storage.queries.values import as_day, as_id, sure_id

_REQUEST: Final = (
    "select r.id, r.member, r.name, m.name, m.card, r.kind, r.received, r.done, r.outcome, r.note"
    " from data_request r left join member m on m.id = r.member and m.deleted = 0"
    " where r.deleted = 0"
)
_BREACH: Final = (
    "select id, noticed, happened, what, people, how, handling, told, note from breach"
    " where deleted = 0"
)


@dataclass(frozen=True, slots=True)
class RequestRow:
    """A request; ``name`` is the member's as it is now, else as it was written down."""

    id: UUID
    member: UUID | None
    name: str
    card: str
    kind: str
    received: datetime
    done: datetime | None
    outcome: str
    note: str


@dataclass(frozen=True, slots=True)
class BreachRow:
    """A breach; ``noticed`` starts the clock, ``told`` is when persons and authority were told."""

    id: UUID
    noticed: datetime
    happened: date | None
    what: str
    people: int
    how: str
    handling: str
    told: datetime | None
    note: str


def request_rows(
    library: Library, *, member: UUID | None = None, open_only: bool = False
) -> list[RequestRow]:
    """Return requests: the open ones first, by when they came, then the answered, latest first."""
    query, values = _REQUEST, list[Any]()
    if member is not None:
        query += " and r.member = ?"
        values.append(member.bytes)
    if open_only:
        query += " and coalesce(r.done, '') = ''"
    found = [row for row in map(_request, library.rows(query, *values)) if row is not None]
    waiting = sorted((row for row in found if row.done is None), key=lambda row: row.received)
    answered = sorted(
        ((row.done, row) for row in found if row.done), key=lambda pair: pair[0], reverse=True
    )
    return [*waiting, *(row for _done, row in answered)]


def request_row(library: Library, id_: UUID) -> RequestRow | None:
    """Return one request, or ``None``."""
    row = library.row(f"{_REQUEST} and r.id = ?", id_.bytes)
    return _request(row) if row else None


def breach_rows(library: Library) -> list[BreachRow]:
    """Return all breaches, the latest first."""
    found = [row for row in map(_breach, library.rows(_BREACH)) if row is not None]
    return sorted(found, key=lambda row: row.noticed, reverse=True)


def breach_row(library: Library, id_: UUID) -> BreachRow | None:
    """Return one breach, or ``None``."""
    row = library.row(f"{_BREACH} and id = ?", id_.bytes)
    return _breach(row) if row else None


def _request(row: tuple[Any, ...]) -> RequestRow | None:
    id_, member, written, name, card, kind, received, done, outcome, note = row
    came = _moment(received)
    if came is None:
        return None
    return RequestRow(
        sure_id(id_),
        as_id(member),
        name or written or "",
        card or "",
        kind or "",
        came,
        _moment(done),
        outcome or "",
        note or "",
    )


def _breach(row: tuple[Any, ...]) -> BreachRow | None:
    id_, noticed, happened, what, people, how, handling, told, note = row
    seen = _moment(noticed)
    if seen is None:
        return None
    return BreachRow(
        sure_id(id_),
        seen,
        as_day(happened),
        what or "",
        int(people or 0),
        how or "",
        handling or "",
        _moment(told),
        note or "",
    )


def _moment(text: Any) -> datetime | None:
    """Return an aware time; what is none (damaged, or without a zone) counts as not there."""
    try:
        moment = datetime.fromisoformat(text) if text else None
    except ValueError:
        return None
    return moment if moment is not None and moment.tzinfo is not None else None
