"""What is to be done about findings, as it is stored."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

from perpusdesk.storage.library import Library
from perpusdesk.storage.queries.values import as_day, as_id, sure_id


@dataclass(frozen=True, slots=True)
class ImprovementRow:
    """An action and the finding it follows from; ``priority`` above 0 is urgent."""

    id: UUID
    finding: str
    source: str
    source_id: UUID | None
    detail: str
    branch: UUID | None
    service: str
    action: str
    owner: UUID | None
    owner_name: str
    due: date | None
    started: date | None
    result: str
    done: date | None
    state: str
    priority: int


_ROW: Final = (
    "select i.id, i.finding, i.source, i.source_id, i.detail, i.branch, i.service, i.action,"
    " i.owner, s.name, i.due, i.started, i.result, i.done, i.state, i.priority"
    " from improvement i left join staff s on s.id = i.owner where i.deleted = 0"
)
_LATE: Final = (
    "select count(*) from improvement where deleted = 0 and due < ?"
    " and coalesce(state, '') not in ('done', 'dropped')"
)


def improvement_row(library: Library, id_: UUID) -> ImprovementRow | None:
    """Return one, or ``None``."""
    row = library.row(f"{_ROW} and i.id = ?", id_.bytes)
    return _row(row) if row else None


def improvement_rows(library: Library) -> list[ImprovementRow]:
    """Return all of them, as they came."""
    return [_row(row) for row in library.rows(f"{_ROW} order by i.rid")]


def proposed_already(
    library: Library, source: str, source_id: UUID | None, detail: str
) -> UUID | None:
    """Return what is to be done already about this very thing and is not over, if anything is."""
    found = library.value(
        "select id from improvement where deleted = 0 and source = ? and source_id = ?"
        " and coalesce(detail, '') = ? and coalesce(state, '') not in ('done', 'dropped')"
        " order by rid limit 1",
        source,
        source_id.bytes if source_id else None,
        detail,
    )
    return as_id(found)


def count_late(library: Library, today: date, branch: UUID | None = None) -> int:
    """Return how many are not over though their day has passed, at a branch or everywhere."""
    if branch is None:
        return int(library.value(_LATE, today.isoformat()) or 0)
    query = f"{_LATE} and (branch is null or branch = ?)"
    return int(library.value(query, today.isoformat(), branch.bytes) or 0)


def _row(row: tuple[Any, ...]) -> ImprovementRow:
    (id_, finding, source, source_id, detail, branch, service, action, *rest) = row
    owner, owner_name, due, started, result, done, state, priority = rest
    return ImprovementRow(
        sure_id(id_),
        finding or "",
        source or "",
        as_id(source_id),
        detail or "",
        as_id(branch),
        service or "",
        action or "",
        as_id(owner),
        owner_name or "",
        as_day(due),
        as_day(started),
        result or "",
        as_day(done),
        state or "",
        int(priority or 0),
    )
