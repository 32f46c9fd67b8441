"""Searching titles in the words of readers: while typing, and the whole list with its count."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from perpusdesk.domain.words.normal import joined
from perpusdesk.domain.words.query import Query, read_query
from perpusdesk.domain.words.ranking import closeness
from perpusdesk.exchange.search_words import synonyms
from perpusdesk.services.desk import Desk
from perpusdesk.services.search_corrections import corrected
from perpusdesk.storage.library import Library
from perpusdesk.storage.queries import lookup
from perpusdesk.storage.queries import title_search as find
from perpusdesk.storage.queries.lookup import TitleHit
from perpusdesk.storage.queries.match import begins_with, match_but_one, match_of
from perpusdesk.storage.queries.title_facets import Facets, facets

_COMPARED: Final = 100
"""Of the best by FTS5's measure, so many are compared more closely."""

_COMPARED_TYPING: Final = 40
_BEGINNINGS: Final = 20
_ALL: Final = -1
_LONGEST_MISS: Final = 100


@dataclass(frozen=True, slots=True)
class FoundTitles:
    """The best titles for a text, and how many there are in all.

    ``did_you_mean`` is the text that was searched instead, because what was typed is found nowhere;
    ``nearly`` tells that each title lacks one of the words.
    """

    total: int
    ids: tuple[UUID, ...]
    did_you_mean: str | None = None
    nearly: bool = False


@dataclass(frozen=True, slots=True)
class _Way:
    query: Query
    match: str
    did_you_mean: str | None = None
    nearly: bool = False


def suggest(desk: Desk, text: str, limit: int = 8) -> tuple[TitleHit, ...]:
    """Return the best titles for a text that is still being typed; quick at any size."""
    way = _way(desk.library, text, typing=True)
    if way is None:
        return ()
    best = _best(desk.library, way, limit, _COMPARED_TYPING)
    ids = find.ids_of(desk.library, best)
    hits = (lookup.title_by_id(desk.library, id_) for id_ in ids)
    return tuple(hit for hit in hits if hit is not None)


def search(desk: Desk, text: str, limit: int = 20) -> FoundTitles:
    """Return the best titles for a whole text, and count them all.

    What has no answer as it stands is searched as the beginning of a word, then with the spelling
    that was probably meant, then without one of its words.
    """
    way = _way(desk.library, text, typing=False)
    if way is None:
        return FoundTitles(0, ())
    best = _best(desk.library, way, limit, _COMPARED)
    total = len(best) if len(best) < limit else find.count(desk.library, way.match)
    ids = find.ids_of(desk.library, best)
    return FoundTitles(total, tuple(ids), way.did_you_mean, way.nearly)


def every_hit(desk: Desk, text: str) -> FoundTitles:
    """Return all titles for a whole text, the newest first, however many: for moving them out."""
    way = _way(desk.library, text, typing=False)
    if way is None:
        return FoundTitles(0, ())
    rows = find.first_rows(desk.library, way.match, _ALL)
    ids = tuple(find.ids_of(desk.library, rows))
    return FoundTitles(len(ids), ids, way.did_you_mean, way.nearly)


def note_miss(desk: Desk, text: str) -> None:
    """Keep the words of a search that found nothing, for those who buy books.

    Who asked is not kept, nor anything with a number in it, which may be a card or a telephone.
    """
    said = joined(text)[:_LONGEST_MISS]
    if said and desk.library.writable and not any(c.isdigit() for c in said):
        desk.library.note_search_miss(said, desk.today().isoformat())


def spread(desk: Desk, text: str) -> Facets:
    """Return how the titles that ``search`` finds spread over kinds, branches, years and more."""
    way = _way(desk.library, text, typing=False)
    return facets(desk.library, way.match if way else "")


def _way(library: Library, text: str, *, typing: bool) -> _Way | None:
    """Return the first way of reading the text that finds anything."""
    table = synonyms()
    query = read_query(text, table, typing=typing)
    if not query.terms:
        return None
    ways = [query] if typing else [query, read_query(text, table, typing=True)]
    for one in ways:
        if _finds(library, match_of(one)):
            return _Way(one, match_of(one))
    meant = corrected(library, query)
    if meant is not None:
        other = read_query(meant, table, typing=typing)
        if _finds(library, match_of(other)):
            return _Way(other, match_of(other), did_you_mean=meant)
        query = other
    nearly = match_but_one(query)
    if _finds(library, nearly):
        return _Way(query, nearly, did_you_mean=meant, nearly=True)
    return None


def _finds(library: Library, match: str) -> bool:
    return bool(find.first_rows(library, match, 1))


def _best(library: Library, way: _Way, limit: int, compared: int) -> list[int]:
    """Return the best rows: the first ones compared closely, the rest as FTS5 ranks them."""
    ranked = find.ranked(library, way.match, max(limit, compared))
    close = [rid for rid, _ in ranked[:compared]]
    if way.query.plain and not way.nearly:
        beginnings = find.first_rows(library, begins_with(way.query), _BEGINNINGS)
        close = list(dict.fromkeys([*close, *beginnings]))
    place = {rid: number for number, (rid, _) in enumerate(ranked)}
    texts = find.texts_of(library, close)
    close.sort(
        key=lambda rid: (-round(closeness(way.query, texts[rid]), 3), place.get(rid, compared))
    )
    known = set(close)
    rest = (rid for rid, _ in ranked[compared:] if rid not in known)
    return [*close, *rest][:limit]
