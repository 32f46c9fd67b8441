"""Files and links of titles."""

from __future__ import annotations

from typing import Any, Final
from uuid import UUID

from perpusdesk.storage.library import Library
from perpusdesk.storage.queries.merged import OF_TITLE

COLUMNS: Final = ("name", "media", "size", "sha256", "link", "licence", "access", "note")
_SELECT: Final = f"select id, {', '.join(COLUMNS)} from attachment where deleted = 0"


def of_title(library: Library, title: UUID) -> list[tuple[Any, ...]]:
    """Return id and ``COLUMNS`` of a title's files and links, by name."""
    return library.rows(
        f"{_SELECT} and title {OF_TITLE} order by name collate nocase, rid", title.bytes
    )


def by_id(library: Library, id_: UUID) -> tuple[Any, ...] | None:
    """Return id and ``COLUMNS`` of one of them, or ``None``."""
    return library.row(f"{_SELECT} and id = ?", id_.bytes)
