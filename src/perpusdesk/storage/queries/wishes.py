"""What readers wish for, with their votes, as it is stored."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

from perpusdesk.storage.library import Library
from perpusdesk.storage.queries.values import as_day, as_id, sure_id


@dataclass(frozen=True, slots=True)
class WishRow:
    """A wish: ``votes`` of people, ``holds`` that wait for the title it was linked with.

    ``backed``: some of the votes were not given by phone.
    """

    id: UUID
    title: str
    author: str
    isbn: str
    year: str
    note: str
    state: str
    why: str
    decided: date | None
    branch: UUID | None
    found: UUID | None
    found_title: str
    source: str
    votes: int
    holds: int
    backed: bool


_ROW: Final = (
    "select w.id, w.title, w.author, w.isbn, w.year, w.note, w.state, w.why, w.decided, w.branch,"
    " t.id, t.title, w.source,"
    " (select coalesce(sum(v.people), 0) from wish_vote v where v.wish = w.id and v.voided = 0),"
    " (select count(*) from hold h where h.title = w.found and h.state in ('waiting', 'ready')),"
    " (select count(*) from wish_vote v where v.wish = w.id and v.voided = 0"
    " and coalesce(v.channel, '') <> 'phone')"
    " from wish w left join title t on t.id = w.found and t.deleted = 0 where w.deleted = 0"
)


def wish_row(library: Library, id_: UUID) -> WishRow | None:
    """Return one, or ``None``."""
    row = library.row(f"{_ROW} and w.id = ?", id_.bytes)
    return _row(row) if row else None


def wish_rows(library: Library) -> list[WishRow]:
    """Return all of them, as they came."""
    return [_row(row) for row in library.rows(f"{_ROW} order by w.rid")]


def _row(row: tuple[Any, ...]) -> WishRow:
    id_, title, author, isbn, year, note, state, why, decided, branch, *rest = row
    found, found_title, source, votes, holds, backed = rest
    return WishRow(
        sure_id(id_),
        title or "",
        author or "",
        isbn or "",
        year or "",
        note or "",
        state or "",
        why or "",
        as_day(decided),
        as_id(branch),
        as_id(found),
        found_title or "",
        source or "",
        int(votes),
        int(holds),
        bool(backed),
    )
