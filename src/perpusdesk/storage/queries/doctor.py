"""What the doctor reads of rows: pictures one part after the other, sums of attached files."""

from __future__ import annotations

from typing import Any, Final, Literal

from perpusdesk.storage.library import Library

_PART: Final = 200


def images(library: Library, table: Literal["photo", "cover"], after: int) -> list[tuple[int, Any]]:
    """Return the next pictures after a row number, each with its own row number."""
    query = (
        f"select rid, image from {table} where rid > ? and deleted = 0 and image is not null"
        " order by rid limit ?"
    )
    return [(rid, image) for rid, image in library.rows(query, after, _PART)]


def attached_sums(library: Library) -> set[str]:
    """Return the SHA-256 of each file that a title has."""
    query = "select distinct sha256 from attachment where deleted = 0 and sha256 <> ''"
    return {str(sha256) for (sha256,) in library.rows(query)}
