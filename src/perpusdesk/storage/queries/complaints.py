"""Messages of visitors, as they are stored."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from perpusdesk.storage.library import Library
from perpusdesk.storage.queries.values import as_day, as_id, sure_id


@dataclass(frozen=True, slots=True)
class ComplaintRow:
    """A message; ``contact`` names who wrote it, where that is known."""

    id: UUID
    kind: str
    category: str
    text: str
    channel: str
    contact: UUID | None
    branch: UUID | None
    service: str
    received: datetime
    owner: UUID | None
    owner_name: str
    due: date | None
    answer: str
    answered: datetime | None
    state: str
    ticket: str
    told_public: str


_ROW: Final = (
    "select c.id, c.kind, c.category, c.text, c.channel, o.id, c.branch, c.service, c.received,"
    " c.owner, s.name, c.due, c.answer, c.answered, c.state, c.ticket, c.told_public"
    " from complaint c left join staff s on s.id = c.owner"
    " left join outsider o on o.id = c.contact and o.deleted = 0 where c.deleted = 0"
)
_LATE: Final = (
    "select count(*) from complaint where deleted = 0 and due < ?"
    " and coalesce(state, '') not in ('answered', 'closed')"
)


def complaint_row(library: Library, id_: UUID) -> ComplaintRow | None:
    """Return one, or ``None``."""
    row = library.row(f"{_ROW} and c.id = ?", id_.bytes)
    return _row(row) if row else None


def complaint_rows(library: Library) -> list[ComplaintRow]:
    """Return all of them, as they came."""
    found = map(_row, library.rows(f"{_ROW} order by c.received, c.rid"))
    return [row for row in found if row is not None]


def has_ticket(library: Library, ticket: str) -> bool:
    """Whether a message has this number."""
    return bool(library.value("select 1 from complaint where ticket = ? limit 1", ticket))


def count_late(library: Library, today: date, branch: UUID | None = None) -> int:
    """Return how many wait for an answer though their day has passed, at a branch or everywhere."""
    if branch is None:
        return int(library.value(_LATE, today.isoformat()) or 0)
    query = f"{_LATE} and (branch is null or branch = ?)"
    return int(library.value(query, today.isoformat(), branch.bytes) or 0)


def _row(row: tuple[Any, ...]) -> ComplaintRow | None:
    id_, kind, category, text, channel, contact, branch, service, received, *rest = row
    owner, owner_name, due, answer, answered, state, ticket, told_public = rest
    came = _moment(received)
    if came is None:
        return None
    return ComplaintRow(
        sure_id(id_),
        kind or "",
        category or "",
        text or "",
        channel or "",
        as_id(contact),
        as_id(branch),
        service or "",
        came,
        as_id(owner),
        owner_name or "",
        as_day(due),
        answer or "",
        _moment(answered),
        state or "",
        ticket or "",
        told_public or "",
    )


def _moment(text: Any) -> datetime | None:
    """Return an aware time; what is none (damaged, or without a zone) counts as not there."""
    try:
        moment = datetime.fromisoformat(text) if text else None
    except (TypeError, ValueError):
        return None
    return moment if moment is not None and moment.tzinfo is not None else None
