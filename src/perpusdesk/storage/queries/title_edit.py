"""What the form of a title, its checks and its history read of the library."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from perpusdesk.domain.merge.records import FIELD_RECORDS
from perpusdesk.storage.library import Library
from perpusdesk.storage.parts import in_parts
from perpusdesk.storage.queries.values import sure_id

_CHUNK: Final = 500
_COLUMNS: Final = FIELD_RECORDS["title"]


def stored_title(library: Library, title: UUID) -> dict[str, Any] | None:
    """Return all fields of a title that is in the library, or ``None``."""
    query = f"select {', '.join(_COLUMNS)} from title where id = ? and deleted = 0"
    row = library.row(query, title.bytes)
    return dict(zip(_COLUMNS, row, strict=True)) if row else None


@dataclass(frozen=True, slots=True)
class Likeness:
    """What titles are compared by."""

    id: UUID
    title: str
    subtitle: str
    author: str
    year: str
    edition: str
    isbn: str
    issn: str
    call_number: str
    material: str
    copies: int


_LIKENESS: Final = (
    "select t.id, t.title, t.subtitle, t.author, t.year, t.edition, t.isbn, t.issn, t.call_number,"
    " t.material, (select count(*) from copy c where c.title = t.id and c.deleted = 0) from title t"
)


def titles_beginning(library: Library, key: str, limit: int) -> list[Likeness]:
    """Return titles whose words in plain letters are ``key``, or go on after it."""
    rows = library.rows(
        f"{_LIKENESS} where t.rid in (select rid from title_line where by_title = ?"
        " union select rid from title_line where by_title >= ? and by_title < ? limit ?)"
        " and t.deleted = 0",
        key,
        f"{key} ",
        f"{key}!",
        limit,
    )
    return [_likeness(row) for row in rows]


def titles_by_number(library: Library, isbns: Sequence[str], issn: str) -> list[Likeness]:
    """Return titles that have one of these ISBN (as they are stored) or this ISSN."""
    found = []
    for isbn in isbns:
        found += library.rows(
            f"{_LIKENESS} where t.rid in (select rowid from title_words where title_words match ?"
            " limit 20) and t.deleted = 0",
            f'other : "{isbn}"',
        )
    if issn:
        found += library.rows(f"{_LIKENESS} where t.issn = ? and t.deleted = 0 limit 20", issn)
    return list({row[0]: _likeness(row) for row in found}.values())


def _likeness(row: tuple[Any, ...]) -> Likeness:
    values: list[Any] = [sure_id(row[0]), *(text or "" for text in row[1:-1]), row[-1]]
    return Likeness(*values)


def count_titles(library: Library) -> int:
    """Count the titles of the catalogue."""
    return int(library.value("select count(*) from title where deleted = 0"))


def every_likeness(library: Library, after: int, limit: int) -> list[tuple[int, Likeness]]:
    """Return the next titles behind a row number, with theirs; for going through all of them."""
    rows = library.rows(
        f"{_LIKENESS.replace('select', 'select t.rid,', 1)} where t.rid > ? and t.deleted = 0"
        " order by t.rid limit ?",
        after,
        limit,
    )
    return [(int(row[0]), _likeness(row[1:])) for row in rows]


def likenesses(library: Library, rids: Sequence[int]) -> dict[int, Likeness]:
    """Return the titles of these rows."""
    found = {}
    for part in in_parts(rids, _CHUNK):
        marks = ",".join("?" * len(part))
        query = f"{_LIKENESS.replace('select', 'select t.rid,', 1)} where t.rid in ({marks})"
        found.update({int(row[0]): _likeness(row[1:]) for row in library.rows(query, *part)})
    return found


def likenesses_of(library: Library, titles: Sequence[UUID]) -> dict[UUID, Likeness]:
    """Return these titles, as far as they are in the library, by id."""
    found = {}
    for part in in_parts(titles, _CHUNK):
        marks = ",".join("?" * len(part))
        query = f"{_LIKENESS} where t.id in ({marks}) and t.deleted = 0"
        for row in library.rows(query, *(title.bytes for title in part)):
            found[sure_id(row[0])] = _likeness(row)
    return found
