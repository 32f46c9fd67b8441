"""All that is one member's, for giving it to another record of the same person."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from perpusdesk.storage.library import Library
from perpusdesk.storage.queries.values import sure_id

_TABLES: Final = ("block", "kit", "consent", "identity", "data_request")


def loans_of(library: Library, member: UUID) -> list[UUID]:
    """Return a member's loans that were not taken back, open and ended."""
    return _ids(library, 'loan where member = ? and "end" <> 3', member)


def holds_of(library: Library, member: UUID) -> list[UUID]:
    """Return a member's holds, live and ended."""
    return _ids(library, "hold where member = ?", member)


def entries_of(library: Library, member: UUID) -> list[UUID]:
    """Return the entries of a member's ledger that were not taken back."""
    return _ids(library, "money where member = ? and voided = 0", member)


def records_of(library: Library, table: str, member: UUID) -> list[UUID]:
    """Return a member's blocks, kits, consents, numbers of identity or requests."""
    assert table in _TABLES
    return _ids(library, f"{table} where member = ? and deleted = 0", member)


def _ids(library: Library, source: str, member: UUID) -> list[UUID]:
    rows = library.rows(f"select id from {source} order by id", member.bytes)
    return [sure_id(row[0]) for row in rows]
