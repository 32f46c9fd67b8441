"""Titles by words: candidates out of the index, counts, facets, and words that look alike."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from perpusdesk.domain.words.entry import SOURCES, TitleTexts
from perpusdesk.storage.library import Library
from perpusdesk.storage.queries.match import WEIGHTS
from perpusdesk.storage.queries.values import sure_id

LOOKED_AT: Final = 3_000
"""Of more hits than this, only the newest are compared with one another."""

_RANKED: Final = (
    "select rowid, score from (select rowid,"
    f" bm25(title_words, {', '.join(map(str, WEIGHTS))}) as score from title_words"
    " where title_words match ? order by rowid desc limit ?) order by score limit ?"
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A title that has the words: ``score`` is FTS5's, the lower the better."""

    rid: int
    score: float
    texts: TitleTexts


def ranked(library: Library, match: str, limit: int) -> list[tuple[int, float]]:
    """Return the rows that match, the best by FTS5's measure first."""
    return [tuple(row) for row in library.rows(_RANKED, match, LOOKED_AT, limit)] if match else []


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
    for rid in rids:
        row = library.row(f"select {', '.join(SOURCES)} from title where rid = ?", rid)
        if row:
            found[rid] = TitleTexts(*(text or "" for text in row))
    return found


def ids_of(library: Library, rids: Sequence[int]) -> dict[int, UUID]:
    """Return the ids of these rows."""
    found = {}
    for rid in rids:
        row = library.row("select id from title where rid = ?", rid)
        if row:
            found[rid] = sure_id(row[0])
    return found


def how_many(library: Library, word: str) -> int:
    """Return how many titles have this very word in title, names or subjects."""
    query = "select titles from title_vocabulary where word = ?"
    return int(library.value(query, word) or 0)


def words_from(library: Library, start: str, end: str) -> list[tuple[str, int]]:
    """Return the words from ``start`` up to before ``end``, with how many titles have each."""
    query = "select word, titles from title_vocabulary where word >= ? and word < ?"
    return [(word, titles) for word, titles in library.rows(query, start, end)]
