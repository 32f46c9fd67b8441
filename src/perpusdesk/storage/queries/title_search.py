"""Titles by words: candidates out of the index, and words that look alike."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final
from uuid import UUID

from perpusdesk.domain.words.entry import SOURCES, TitleTexts
from perpusdesk.domain.words.lines import LONGEST_KEY
from perpusdesk.storage.library import Library
from perpusdesk.storage.parts import in_parts
from perpusdesk.storage.queries.match import WEIGHTS
from perpusdesk.storage.queries.title_narrow import EVERYTHING, Narrowing, condition
from perpusdesk.storage.queries.values import sure_id

_CHUNK: Final = 500
_LAST: Final = "\U0010ffff"
LOOKED_AT: Final = 3_000
"""Of more hits than this, only the newest are compared with one another."""

_SCORE: Final = f"bm25(title_words, {', '.join(map(str, WEIGHTS))})"


def ranked(
    library: Library,
    match: str,
    limit: int,
    narrowing: Narrowing = EVERYTHING,
    looked_at: int = LOOKED_AT,
) -> list[tuple[int, float]]:
    """Return the rows that match, the best by FTS5's measure first, out of the newest hits."""
    if not match:
        return []
    found, values = _hits(match, narrowing)
    query = (
        "select rid, score from (select title_words.rowid as rid,"
        f" {_SCORE} as score {found} order by title_words.rowid desc limit ?)"
        " order by score limit ?"
    )
    return [tuple(row) for row in library.rows(query, *values, looked_at, limit)]


def first_rows(
    library: Library, match: str, limit: int, narrowing: Narrowing = EVERYTHING
) -> list[int]:
    """Return rows that match, the newest first, not compared."""
    if not match:
        return []
    found, values = _hits(match, narrowing)
    query = f"select title_words.rowid {found} order by title_words.rowid desc limit ?"
    return [row[0] for row in library.rows(query, *values, limit)]


def count(library: Library, match: str, at_most: int) -> int:
    """Count the titles that match, not beyond ``at_most``."""
    query = "select count(*) from (select 1 from title_words where title_words match ? limit ?)"
    return int(library.value(query, match, at_most)) if match else 0


def beginning(
    library: Library,
    text: str,
    limit: int,
    narrowing: Narrowing = EVERYTHING,
    *,
    typing: bool = False,
) -> list[int]:
    """Return titles that begin with these words (``typing``: or letters), the shortest first."""
    begun = text[:LONGEST_KEY]
    sieve, values = condition(narrowing)
    where = "l.by_title >= ? and l.by_title < ?"
    ends = [begun, begun + _LAST]
    if not typing:
        where = f"(l.by_title = ? or {where})"
        ends = [begun, begun + " ", begun + " " + _LAST]
    lines = "title_line l indexed by title_line_title"
    query = f"select l.rid from {lines} where {where} and {sieve} order by l.by_title limit ?"
    return [row[0] for row in library.rows(query, *ends, *values, limit)]


def _hits(match: str, narrowing: Narrowing) -> tuple[str, list[Any]]:
    """Return ``from ... where ...`` over the index alone: so SQLite can stop at the limit."""
    found = "from title_words where title_words match ?"
    if not narrowing:
        return found, [match]
    sieve, values = condition(narrowing)
    line = f"select 1 from title_line l where l.rid = title_words.rowid and {sieve}"
    return f"{found} and exists ({line})", [match, *values]


def texts_of(library: Library, rids: Sequence[int]) -> dict[int, TitleTexts]:
    """Return what the records of these rows say."""
    found = {}
    for part in in_parts(rids, _CHUNK):
        query = f"select rid, {', '.join(SOURCES)} from title where rid in ({_marks(part)})"
        for rid, *texts in library.rows(query, *part):
            found[rid] = TitleTexts(*(text or "" for text in texts))
    return found


def ids_of(library: Library, rids: Sequence[int]) -> list[UUID]:
    """Return the ids of these rows, in their order."""
    found: dict[int, UUID] = {}
    for part in in_parts(rids, _CHUNK):
        query = f"select rid, id from title where rid in ({_marks(part)})"
        found.update((rid, sure_id(id_)) for rid, id_ in library.rows(query, *part))
    return [found[rid] for rid in rids]


def _marks(part: Sequence[int]) -> str:
    return ",".join("?" * len(part))


def how_many(library: Library, word: str) -> int:
    """Return how many titles have this very word in title, names or subjects."""
    query = "select titles from title_vocabulary where word = ?"
    return int(library.value(query, word) or 0)


def words_near(library: Library, word: str, errors: int, *, same_first: bool) -> dict[str, int]:
    """Return the words of about this length, with how many titles have each.

    Those that begin with the same letter, or all others that begin with a to z.
    """
    first = word[0]
    lengths = (len(word) - errors, len(word) + errors)
    where = "word >= ? and word < ?" if same_first else "(word < ? or word >= ?) and word < '{'"
    where = f"{where} and length(word) between ? and ?"
    query = f"select word, titles from title_vocabulary where {where}"
    return dict(library.rows(query, first, chr(ord(first) + 1), *lengths))
