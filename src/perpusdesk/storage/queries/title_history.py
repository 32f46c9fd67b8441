"""What belongs to a title, and titles that are no more."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from perpusdesk.storage.library import Library
from perpusdesk.storage.queries.values import as_id, sure_id

_BELONG: Final = ("copy", "cover", "attachment", "subscription", "issue")


@dataclass(frozen=True, slots=True)
class GoneTitle:
    """A title that was removed, or merged into another one."""

    id: UUID
    title: str
    author: str
    year: str
    call_number: str
    why: str
    merged_into: UUID | None


def belongings(library: Library, title: UUID) -> list[tuple[str, UUID, str]]:
    """Return type, id and barcode (else empty) of a title's record and of all that is its own."""
    found = [("title", title, "")]
    for table in _BELONG:
        barcode = "barcode" if table == "copy" else "''"
        rows = library.rows(f"select id, {barcode} from {table} where title = ?", title.bytes)
        found += [(table, sure_id(id_), str(code or "")) for id_, code in rows]
    return found


_GONE: Final = "deleted = 1 and (removed_why <> '' or merged_into is not null)"


def gone_ids(library: Library) -> list[UUID]:
    """Return the titles that were removed or merged away, those that came last first."""
    rows = library.rows(f"select id from title where {_GONE} order by rid desc")
    return [sure_id(row[0]) for row in rows]


def gone_title(library: Library, title: UUID) -> GoneTitle | None:
    """Return a title that was removed or merged away, or ``None``."""
    row = library.row(
        "select id, title, author, year, call_number, removed_why, merged_into from title"
        f" where id = ? and {_GONE}",
        title.bytes,
    )
    if row is None:
        return None
    values: list[Any] = [sure_id(row[0]), *(text or "" for text in row[1:6]), as_id(row[6])]
    return GoneTitle(*values)


def count_copies(library: Library, title: UUID) -> int:
    """Count the copies of a title that are still in the collection."""
    return int(
        library.value(
            "select count(*) from copy where title = ? and deleted = 0"
            " and coalesce(\"condition\", 'good') <> 'withdrawn'",
            title.bytes,
        )
    )


def live_holds(library: Library, title: UUID) -> list[tuple[UUID, UUID | None]]:
    """Return id and member of the waiting and ready holds of a title."""
    rows = library.rows(
        "select id, member from hold where title = ? and state in ('waiting', 'ready')"
        " order by placed_at",
        title.bytes,
    )
    return [(sure_id(id_), as_id(member)) for id_, member in rows]


def ids_with_title(library: Library, table: str, title: UUID) -> list[UUID]:
    """Return the records of a type that belong to a title."""
    assert table in _BELONG
    rows = library.rows(
        f"select id from {table} where title = ? and deleted = 0 order by rid", title.bytes
    )
    return [sure_id(row[0]) for row in rows]
