"""Searches that found nothing: this device's own notes."""

from __future__ import annotations

from typing import Final

from perpusdesk.storage.library import Library

MOST: Final = 1_000

_MISSES: Final = (
    "select text, sum(times), min(day), max(day) from search_miss group by text"
    " order by 2 desc, 4 desc, text limit ?"
)


def misses(library: Library, limit: int = MOST) -> list[tuple[str, int, str, str]]:
    """Return words, how often, the first and the last day (ISO), the most wanted first."""
    return [(row[0], int(row[1]), row[2], row[3]) for row in library.rows(_MISSES, limit)]
