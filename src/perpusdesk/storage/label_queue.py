"""What waits to be printed on this device, and what was printed: never exchanged.

The queue may be as long as it likes; a place in it is a number that never changes.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from perpusdesk.storage.library import Library
from perpusdesk.storage.parts import in_parts
from perpusdesk.storage.queries.values import sure_id
from perpusdesk.storage.sql import Sql

COPY: Final = "copy"
MEMBER: Final = "member"
_LAST: Final = "labels/last"
"""Where the last place that was ever given is kept: what was taken out can come back to its own."""

_PART: Final = 500


@dataclass(frozen=True, slots=True)
class Waiting:
    """One entry: whose label, and how many of it."""

    position: int
    kind: str
    entity: UUID
    copies: int


def waiting(library: Library, kind: str) -> list[Waiting]:
    """Return the queue in order."""
    rows = library.rows(
        "select position, entity, copies from label_queue where kind = ? order by position", kind
    )
    return [Waiting(position, kind, sure_id(entity), copies) for position, entity, copies in rows]


def put(library: Library, kind: str, entities: Iterable[UUID]) -> list[Waiting]:
    """Add entities at the end, one label each; return what was not in the queue already."""
    known = {
        bytes(row[0]) for row in library.rows("select entity from label_queue where kind = ?", kind)
    }
    fresh = [one for one in dict.fromkeys(entities) if one.bytes not in known]
    last = int(library.local(_LAST) or 0)
    added = [Waiting(last + place, kind, one, 1) for place, one in enumerate(fresh, 1)]
    with library.local_work() as database:
        query = "insert or replace into local values (?, ?)"
        database.execute_sql(query, (_LAST, last + len(added)))
        _write(database, added)
    return added


def put_back(library: Library, entries: Sequence[Waiting]) -> None:
    """Write entries at their own places, as they were before they were taken out.

    What was put into the queue again meanwhile is left where it is.
    """
    again = {
        (kind, bytes(entity))
        for kind, entity in library.rows("select kind, entity from label_queue")
    }
    gone = [one for one in entries if (one.kind, one.entity.bytes) not in again]
    with library.local_work() as database:
        _write(database, gone)


def _write(database: Sql, entries: Sequence[Waiting]) -> None:
    rows = [(one.position, one.kind, one.entity.bytes, one.copies) for one in entries]
    query = "insert or replace into label_queue values (?, ?, ?, ?)"
    database.cursor().executemany(query, rows)


def take_out(library: Library, positions: Iterable[int]) -> list[Waiting]:
    """Remove entries; return them."""
    taken: list[Waiting] = []
    with library.local_work() as database:
        for part in in_parts(positions, _PART):
            marks = ",".join("?" * len(part))
            rows = library.rows(
                "select position, kind, entity, copies from label_queue"
                f" where position in ({marks})",
                *part,
            )
            taken += [Waiting(place, kind, sure_id(one), count) for place, kind, one, count in rows]
            database.execute_sql(f"delete from label_queue where position in ({marks})", part)
    return taken


def set_copies(library: Library, position: int, copies: int) -> None:
    """Change how many labels an entry gets (at least 1)."""
    with library.local_work() as database:
        query = "update label_queue set copies = ? where position = ?"
        database.execute_sql(query, (max(1, copies), position))


def note_printed(library: Library, entities: Iterable[UUID], at: int) -> dict[UUID, int | None]:
    """Keep that these have a label since ``at`` (Unix ms); return what was known before."""
    before: dict[UUID, int | None] = {}
    with library.local_work() as database:
        for part in in_parts(entities, _PART):
            known = printed(library, part)
            before.update((one, known.get(one)) for one in part)
            rows = [(one.bytes, at) for one in part]
            query = "insert or replace into label_printed values (?, ?)"
            database.cursor().executemany(query, rows)
    return before


def forget_printed(library: Library, before: dict[UUID, int | None]) -> None:
    """Bring back what was known before ``note_printed``."""
    gone = [(one.bytes,) for one, at in before.items() if at is None]
    known = [(one.bytes, at) for one, at in before.items() if at is not None]
    with library.local_work() as database:
        cursor = database.cursor()
        cursor.executemany("delete from label_printed where entity = ?", gone)
        cursor.executemany("insert or replace into label_printed values (?, ?)", known)


def printed(library: Library, entities: Sequence[UUID]) -> dict[UUID, int]:
    """Return when (Unix ms) those of these were printed that ever were; at most 500 at a time."""
    marks = ",".join("?" * len(entities))
    rows = library.rows(
        f"select entity, at from label_printed where entity in ({marks})",
        *(one.bytes for one in entities),
    )
    return {sure_id(entity): at for entity, at in rows}
