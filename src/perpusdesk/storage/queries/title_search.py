"""Titles by words: candidates out of the index, counts, facets, and words that look alike."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final
from uuid import UUID

from perpusdesk.domain.words.entry import SOURCES, TitleTexts
from perpusdesk.storage.library import Library
from perpusdesk.storage.parts import in_parts
from perpusdesk.storage.queries.match import WEIGHTS
from perpusdesk.storage.queries.values import sure_id

_CHUNK: Final = 500
LOOKED_AT: Final = 3_000
"""Of more hits than this, only the newest are compared with one another."""

_RANKED: Final = (
    "select rowid, score from (select rowid,"
    f" bm25(title_words, {', '.join(map(str, WEIGHTS))}) as score from title_words"
    " where title_words match ? order by rowid desc limit ?) order by score limit ?"
)


def ranked(
    library: Library, match: str, limit: int, looked_at: int = LOOKED_AT
) -> list[tuple[int, float]]:
    """Return the rows that match, the best by FTS5's measure first, out of the newest hits."""
    if not match:
        return []
    return [tuple(row) for row in library.rows(_RANKED, match, looked_at, limit)]


def first_rows(library: Library, match: str, limit: int) -> list[int]:
    """Return rows that match, the newest first, not compared."""
    query = "select rowid from title_words where title_words match ? order by rowid desc limit ?"
    return [row[0] for row in library.rows(query, match, limit)] if match else []


def count(library: Library, match: str, at_most: int | None = None) -> int:
    """Count the titles that match (not beyond ``at_most``)."""
    if not match:
        return 0
    if at_most is None:
        query = "select count(*) from title_words where title_words match ?"
        return int(library.value(query, match))
    query = "select count(*) from (select 1 from title_words where title_words match ? limit ?)"
    return int(library.value(query, match, at_most))


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


def words_from(library: Library, start: str, end: str) -> list[tuple[str, int]]:
    """Return the words from ``start`` up to before ``end``, with how many titles have each."""
    query = "select word, titles from title_vocabulary where word >= ? and word < ?"
    return [(word, titles) for word, titles in library.rows(query, start, end)]
