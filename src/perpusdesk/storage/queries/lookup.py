"""Finding members by what people type, titles by ISBN: short lists, quick at city size."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

from stdnum import isbn as isbn_numbers

from perpusdesk.storage.library import Library
from perpusdesk.storage.queries.merged import OF_T, OF_TITLE
from perpusdesk.storage.queries.title_narrow import ON_SHELF
from perpusdesk.storage.queries.values import as_day, sure_id

LIMIT: Final = 8
MANY: Final = 10_000
"""So many that fit are not put in order of rank: it takes long and helps nobody."""

_SAYS_ISBN: Final = re.compile(r"^\s*isbn(-1[03])?[:\s]*", re.IGNORECASE)
_WORD: Final = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class MemberHit:
    """A member in a list of candidates."""

    id: UUID
    card: str
    name: str
    expires: date | None


@dataclass(frozen=True, slots=True)
class TitleHit:
    """A title in a list of candidates, with how many copies there are and stand on the shelf."""

    id: UUID
    title: str
    author: str
    call_number: str
    year: str
    copies: int
    available: int


@dataclass(frozen=True, slots=True)
class CopyHit:
    """A copy in a list of candidates; ``due`` is set while it is on loan."""

    id: UUID
    barcode: str
    inventory: str
    title: str
    call_number: str
    due: date | None


def words_of(text: str) -> list[str]:
    """Return the words of user text as the search index has them: letters with their marks."""
    return _WORD.findall(unicodedata.normalize("NFC", text).lower())[:12]


def fts_query(text: str) -> str:
    """Return an FTS5 query for user text: all words, any order, the last as a prefix."""
    words = words_of(text)
    if not words:
        return ""
    quoted = [f'"{word}"' for word in words]
    return " ".join([*quoted[:-1], quoted[-1] + "*"])


def normal_isbn(text: str) -> str | None:
    """Return the 13 digits of an ISBN in any spelling, or ``None``."""
    text = _SAYS_ISBN.sub("", text)
    if not isbn_numbers.is_valid(text):
        return None
    return str(isbn_numbers.to_isbn13(isbn_numbers.compact(text)))


def titles_by_isbn(library: Library, isbn13: str) -> tuple[TitleHit, ...]:
    """Return the titles with this ISBN (13 digits)."""
    rows = library.rows(
        "select rowid from title_words where title_words match ? limit ?",
        f'other : "{isbn13}"',
        LIMIT,
    )
    return _titles(library, [row[0] for row in rows])


_COPY: Final = (
    "select c.id, c.barcode, c.inventory, t.title, t.call_number, l.due from copy c"
    ' left join title t on t.id = c.title left join loan l on l.copy = c.id and l."end" = 0'
    " where c.deleted = 0"
)


def copies_by_ids(library: Library, ids: Iterable[UUID]) -> tuple[CopyHit, ...]:
    """Return copies as candidates."""
    found: list[Any] = []
    for id_ in ids:
        found += library.rows(f"{_COPY} and c.id = ? limit 1", id_.bytes)
    return _copies(found)


def copies_of_title(library: Library, title: UUID, limit: int = LIMIT + 1) -> tuple[CopyHit, ...]:
    """Return the copies of a title as candidates, those on the shelf first."""
    rows = library.rows(
        f"{_COPY} and c.title {OF_TITLE} order by l.due is not null, c.barcode limit ?",
        title.bytes,
        limit,
    )
    return _copies(rows)


def _copies(rows: list[Any]) -> tuple[CopyHit, ...]:
    return tuple(
        CopyHit(sure_id(i), barcode or "", inventory or "", title or "", call or "", as_day(due))
        for i, barcode, inventory, title, call, due in rows
    )


def title_by_id(library: Library, id_: UUID) -> TitleHit | None:
    """Return one title as a candidate, or ``None``."""
    rows = library.rows("select rid from title where id = ?", id_.bytes)
    found = _titles(library, [row[0] for row in rows])
    return found[0] if found else None


def members_by_words(library: Library, text: str, limit: int = LIMIT) -> tuple[MemberHit, ...]:
    """Return the members with all the words in their name or school, or with this phone."""
    digits = "".join(c for c in text if c.isdigit())
    if len(digits) >= 6 and not any(c.isalpha() for c in text):
        rows = library.rows(
            f"{_MEMBER} where deleted = 0 and phone_key <> '' and phone_key like ? limit ?",
            f"%{digits.removeprefix('62').removeprefix('0')}",
            limit,
        )
        return _members(rows)
    query = fts_query(text)
    if not query:
        return ()
    rids = _best_members(library, query, limit)
    marks = ",".join("?" * len(rids))
    rows = library.rows(f"{_MEMBER} where deleted = 0 and rid in ({marks}) order by name", *rids)
    return _members(rows)


def _best_members(library: Library, query: str, limit: int) -> list[int]:
    """Return the rows of a search that fit best; of very many, any."""
    found = library.rows(
        "select rowid from member_search where member_search match ? limit ?", query, MANY + 1
    )
    if len(found) <= MANY:
        found = library.rows(
            "select rowid from member_search where member_search match ? order by rank limit ?",
            query,
            limit,
        )
    return [row[0] for row in found[:limit]]


_MEMBER: Final = "select id, card, name, expires from member"


def members_by_ids(library: Library, ids: Iterable[UUID]) -> tuple[MemberHit, ...]:
    """Return members as candidates."""
    found: list[Any] = []
    for id_ in ids:
        found += library.rows(f"{_MEMBER} where id = ?", id_.bytes)
    return _members(found)


def _members(rows: list[Any]) -> tuple[MemberHit, ...]:
    return tuple(
        MemberHit(sure_id(i), card or "", name or "", as_day(expires))
        for i, card, name, expires in rows
    )


def titles_by_rows(library: Library, rids: Iterable[int]) -> dict[int, TitleHit]:
    """Return the titles of these rows as candidates, by row; what is no more is left out."""
    found = {}
    for rid in rids:
        row = library.row(_TITLE, rid)
        if row:
            title, author, call_number, year = (text or "" for text in row[1:5])
            copies, available = row[5:]
            found[rid] = TitleHit(
                sure_id(row[0]), title, author, call_number, year, copies, available
            )
    return found


_TITLE: Final = (
    "select t.id, t.title, t.author, t.call_number, t.year,"
    f" (select count(*) from copy c where c.title {OF_T} and c.deleted = 0),"
    f" (select count(*) from copy c where c.title {OF_T} and c.deleted = 0 and {ON_SHELF})"
    " from title t where t.rid = ? and t.deleted = 0"
)


def _titles(library: Library, rids: list[int]) -> tuple[TitleHit, ...]:
    return tuple(titles_by_rows(library, rids).values())
