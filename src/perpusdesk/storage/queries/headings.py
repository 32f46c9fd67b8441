"""The library's list of headings, and the titles that use one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final
from uuid import UUID

from perpusdesk.domain.headings import Heading
from perpusdesk.domain.merge.sets import elements
from perpusdesk.domain.words.normal import words
from perpusdesk.storage.library import Library
from perpusdesk.storage.queries.values import sure_id

_FIELDS: Final = "id, kind, heading, display, variants, broader, related, scheme, note"
_PART: Final = 1_000


def heading_by_id(library: Library, id_: UUID) -> Heading | None:
    """Return a heading, or ``None``."""
    row = library.row(f"select {_FIELDS} from heading where id = ? and deleted = 0", id_.bytes)
    return _heading(row) if row else None


def heading_ids(library: Library, kind: str, text: str) -> list[UUID]:
    """Return the headings of a kind (empty: all) that have a text in them, in order."""
    like = "%" + text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
    rows = library.rows(
        "select id from heading where deleted = 0 and (? = '' or kind = ?)"
        " and (heading like ? escape '\\' or variants like ? escape '\\')"
        " order by heading collate nocase, id",
        kind,
        kind,
        like,
        like,
    )
    return [sure_id(row[0]) for row in rows]


def every_heading(library: Library) -> Iterator[tuple[UUID, Heading]]:
    """Yield all headings; memory stays bounded."""
    last = 0
    while True:
        rows = library.rows(
            f"select rid, {_FIELDS} from heading where rid > ? and deleted = 0"
            " order by rid limit ?",
            last,
            _PART,
        )
        if not rows:
            return
        for row in rows:
            last = row[0]
            yield sure_id(row[1]), _heading(row[1:])


def titles_with_words(library: Library, column: str, text: str) -> list[UUID]:
    """Return the titles that have the words of a text, one behind the other, in an index column."""
    phrase = " ".join(words(text))
    if not phrase:
        return []
    rows = library.rows(
        "select t.id from title_words w join title t on t.rid = w.rowid"
        " where title_words match ? and t.deleted = 0",
        f'{{{column}}} : "{phrase}"',
    )
    return [sure_id(row[0]) for row in rows]


def _heading(row: tuple[Any, ...]) -> Heading:
    _id, kind, heading, display, variants, broader, related, scheme, note = row
    return Heading(
        kind=kind or "topic",
        heading=heading or "",
        display=display or "",
        variants=tuple(elements(variants)),
        broader=tuple(elements(broader)),
        related=tuple(elements(related)),
        scheme=scheme or "",
        note=note or "",
    )
