"""Where the fields of the short form stand. No Qt."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

COLUMNS: Final = 4
"""Columns where there is room; two where there is not."""

_MAIN: Final = {
    "isbn": 1,
    "issn": 1,
    "ismn": 1,
    "title": 3,
    "subtitle": 2,
    "responsibility": 2,
    "author": 2,
    "other_authors": 2,
    "edition": 1,
    "place": 1,
    "publisher": 1,
    "year": 1,
    "frequency": 1,
    "numbering": 1,
    "scale": 1,
    "projection": 1,
    "coordinates": 2,
    "performers": 2,
    "system": 2,
    "pages": 1,
    "illustrations": 1,
    "dimensions": 1,
    "language": 1,
    "classification": 1,
    "call_number": 1,
    "subjects": 2,
    "series": 2,
    "series_number": 1,
}
_WIDE_MORE: Final = frozenset({"contents", "abstract", "notes", "local_content"})
_NARROW_MORE: Final = frozenset(
    {"part_number", "author_kind", "country", "accompanying", "original_language", "audience"}
)


def main_fields(shown: Sequence[str]) -> list[str]:
    """Return those of a kind's fields that nearly every title needs, in the order of the form."""
    return [name for name in _MAIN if name in shown]


def more_fields(shown: Sequence[str]) -> list[str]:
    """Return the others, in the kind's own order."""
    return [name for name in shown if name not in _MAIN]


def span_of(name: str) -> int:
    """Return over how many of the columns a field goes."""
    if name in _MAIN:
        return _MAIN[name]
    if name in _WIDE_MORE:
        return COLUMNS
    return 1 if name in _NARROW_MORE else 2
