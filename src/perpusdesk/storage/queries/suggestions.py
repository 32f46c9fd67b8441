"""Values that titles have already, and headings, by what is typed: quick at any size."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from perpusdesk.storage.library import Library
from perpusdesk.storage.queries.values import sure_id

LOOKED_AT: Final = 150
"""So many titles, the newest that have the words, are looked at."""

_INDEXED: Final = {
    "author": "author",
    "other_authors": "author",
    "subjects": "subject",
    "publisher": "other",
    "place": "other",
    "series": "other",
    "tags": "",
}


@dataclass(frozen=True, slots=True)
class HeadingRow:
    """A heading of the library's list."""

    id: UUID
    kind: str
    heading: str
    display: str
    variants: str


def used_values(library: Library, column: str, words: Sequence[str]) -> list[tuple[int, str]]:
    """Return row and value of the newest titles that have words beginning so in this column."""
    index = _INDEXED[column]
    phrases = " ".join(f'"{word}"*' for word in words)
    rows = library.rows(
        f"select t.rid, t.{column} from (select rowid from title_words where title_words match ?"
        f" order by rowid desc limit {LOOKED_AT}) w join title t on t.rid = w.rowid"
        f" where t.deleted = 0 and t.{column} <> ''",
        f"{{{index}}} : {phrases}" if len(words) == 1 else f"{{{index}}} : ({_all(words)})",
    )
    return [(int(rid), str(value)) for rid, value in rows]


def _all(words: Sequence[str]) -> str:
    return " AND ".join(f'"{word}"*' for word in words)


def used_tags(library: Library) -> list[str]:
    """Return the tag lists of titles that have any."""
    rows = library.rows("select tags from title where tags <> '' and deleted = 0 limit 20000")
    return [str(row[0]) for row in rows]


def headings_like(
    library: Library, kinds: Sequence[str], typed: str, limit: int
) -> list[HeadingRow]:
    """Return headings of some kinds in which, or in a variant of which, this text stands."""
    marks = ",".join("?" * len(kinds))
    like = "%" + typed.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
    rows = library.rows(
        "select id, kind, heading, display, variants from heading"
        f" where kind in ({marks}) and deleted = 0"
        " and (heading like ? escape '\\' or variants like ? escape '\\') limit ?",
        *kinds,
        like,
        like,
        limit,
    )
    return [_row(row) for row in rows]


def marc_of_row(library: Library, rid: int) -> bytes:
    """Return the record of the title in this row."""
    return bytes(library.value("select marc from title where rid = ?", rid) or b"")


def _row(row: tuple[object, ...]) -> HeadingRow:
    texts = (str(text or "") for text in row[1:])
    return HeadingRow(sure_id(row[0]), *texts)
