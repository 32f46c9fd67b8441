"""What the form of a title, its checks and its history read of the library."""

from __future__ import annotations

from typing import Any, Final
from uuid import UUID

from perpusdesk.domain.merge.records import FIELD_RECORDS
from perpusdesk.storage.library import Library

_COLUMNS: Final = FIELD_RECORDS["title"]


def stored_title(library: Library, title: UUID) -> dict[str, Any] | None:
    """Return all fields of a title that is in the library, or ``None``."""
    query = f"select {', '.join(_COLUMNS)} from title where id = ? and deleted = 0"
    row = library.row(query, title.bytes)
    return dict(zip(_COLUMNS, row, strict=True)) if row else None
