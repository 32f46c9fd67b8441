"""What the doctor reads of rows: pictures one part after the other, sums of attached files."""

from __future__ import annotations

from typing import Any, Final, Literal

import apsw

from perpusdesk.storage.library import Library

_PART: Final = 200


def images(
    library: Library, table: Literal["photo", "cover"], after: int
) -> list[tuple[int, bytes, Any]]:
    """Return the next pictures after a row number: their row numbers, ids and images."""
    query = (
        f"select rid, id, image from {table} where rid > ? and deleted = 0 and image is not null"
        " order by rid limit ?"
    )
    return [(rid, id_, image) for rid, id_, image in library.rows(query, after, _PART)]


def image_of(
    backup: apsw.Connection, table: Literal["photo", "cover"], entity: bytes
) -> bytes | None:
    """Return a picture by the id of its record, out of a backup that is open."""
    query = f"select image from {table} where id = ? and deleted = 0"
    for (image,) in backup.execute(query, (entity,)).fetchall():
        return image if isinstance(image, bytes) else None
    return None


def attached_sums(library: Library) -> set[str]:
    """Return the SHA-256 of each file that a title has."""
    query = "select distinct sha256 from attachment where deleted = 0 and sha256 <> ''"
    return {str(sha256) for (sha256,) in library.rows(query)}
