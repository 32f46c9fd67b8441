"""Copies that were handed back where no loan of them was known."""

from __future__ import annotations

from uuid import UUID

from perpusdesk.storage.library import Library


def seen_lately(library: Library, copy: UUID, at: int, within: int) -> bool:
    """Whether it was noted less than ``within`` ms before or after ``at`` (Unix ms)."""
    found = library.row(
        "select 1 from sighting where copy = ? and voided = 0 and at > ? and at < ? limit 1",
        copy.bytes,
        at - within,
        at + within,
    )
    return found is not None


def ended_lately(library: Library, copy: UUID, at: int, within: int) -> bool:
    """Whether a loan of the copy ended by a return less than ``within`` ms before ``at``."""
    found = library.row(
        "select 1 from loan where copy = ? and ended_at is not null and ended_at > ?"
        ' and ended_at <= ? and "end" = 1 limit 1',
        copy.bytes,
        at - within,
        at,
    )
    return found is not None
