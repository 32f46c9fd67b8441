"""Copies as records: their numbers, their fields, what hangs on them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from perpusdesk.domain.merge.records import FIELD_RECORDS
from perpusdesk.storage.library import Library
from perpusdesk.storage.parts import in_parts
from perpusdesk.storage.queries.values import as_id, sure_id

_CHUNK: Final = 500
_FIELDS: Final = FIELD_RECORDS["copy"]
IDS: Final = frozenset({"title", "branch", "kind", "issue"})
DATES: Final = frozenset({"received", "withdrawn_on"})


def numbers_in_use(library: Library, numbers: Sequence[str]) -> set[str]:
    """Return which of these are the barcode or inventory number of a copy that is not deleted."""
    found: set[str] = set()
    for part in in_parts(numbers, _CHUNK):
        marks = ",".join("?" * len(part))
        for name in ("barcode", "inventory"):
            query = f"select {name} from copy where {name} in ({marks}) and deleted = 0"
            found.update(row[0] for row in library.rows(query, *part))
    return found


def owners_of_number(library: Library, number: str) -> list[UUID]:
    """Return the copies that have this as barcode or inventory number, those in stock first."""
    rows = library.rows(
        "select id from copy where (barcode = ?1 or inventory = ?1) and deleted = 0"
        " order by coalesce(\"condition\", '') = 'withdrawn', rid",
        number,
    )
    return [sure_id(row[0]) for row in rows]


def words_in_use(library: Library, field: str, limit: int) -> list[str]:
    """Return what stands in a text field of copies, the commonest first."""
    if field not in _FIELDS:
        raise ValueError(field)
    rows = library.rows(
        f'select "{field}" from copy where deleted = 0 and "{field}" <> \'\''
        f' group by "{field}" order by count(*) desc, "{field}" limit ?',
        limit,
    )
    return [row[0] for row in rows]


def fields_of(library: Library, copy: UUID) -> dict[str, Any] | None:
    """Return all fields of a copy as its columns hold them (ids as ids), or ``None``."""
    columns = ", ".join(f'"{name}"' for name in _FIELDS)
    row = library.row(f"select {columns} from copy where id = ? and deleted = 0", copy.bytes)
    if row is None:
        return None
    values = dict(zip(_FIELDS, row, strict=True))
    return {name: as_id(value) if name in IDS else value for name, value in values.items()}


@dataclass(frozen=True, slots=True)
class Ties:
    """What hangs on a copy: how many loans, readings, holds, ways from branch to branch."""

    loans: int
    readings: int
    holds: int
    transfers: int

    @property
    def any(self) -> bool:
        """Whether anything does."""
        return bool(self.loans or self.readings or self.holds or self.transfers)


def ties_of(library: Library, copy: UUID) -> Ties:
    """Return what hangs on a copy and was not taken back."""
    counts = (
        library.value(query, copy.bytes)
        for query in (
            'select count(*) from loan where copy = ? and "end" <> 3',
            "select count(*) from reading where copy = ? and voided = 0",
            "select count(*) from hold where copy = ? and state in ('waiting', 'ready')",
            "select count(*) from transfer where copy = ? and state <> 'cancelled'",
        )
    )
    return Ties(*(int(count) for count in counts))
