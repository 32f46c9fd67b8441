"""Searching titles in the words of readers: while typing, and the best of them with their count."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from perpusdesk.domain.words.normal import joined
from perpusdesk.domain.words.query import read_query
from perpusdesk.domain.words.ranking import closeness
from perpusdesk.exchange.search_words import synonyms
from perpusdesk.services.desk import Desk
from perpusdesk.services.searching.search_ways import Way, way_of
from perpusdesk.storage.library import Library
from perpusdesk.storage.queries import lookup
from perpusdesk.storage.queries import title_search as find
from perpusdesk.storage.queries.lookup import TitleHit
from perpusdesk.storage.queries.title_facets import NO_FACETS, Facets, facets
from perpusdesk.storage.queries.title_lists import how_many
from perpusdesk.storage.queries.title_narrow import EVERYTHING, Narrowing

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


def suggest(desk: Desk, text: str, limit: int = 8) -> tuple[TitleHit, ...]:
    """Return the best titles for a text that is still being typed; quick at any size."""
    way = way_of(desk.library, text, typing=True)
    if way is None:
        return ()
    rows = best_rows(desk.library, way, limit, typing=True)
    return tuple(lookup.titles_by_rows(desk.library, rows).values())


def search(
    desk: Desk, text: str, limit: int = 20, narrowing: Narrowing = EVERYTHING
) -> FoundTitles:
    """Return the best titles for a whole text, and count them all.

    What has no answer as it stands is searched as the beginning of a word, then with the spelling
    that was probably meant, then without one of its words.
    """
    way = way_of(desk.library, text, typing=False)
    if way is None:
        return FoundTitles(0, ())
    best = best_rows(desk.library, way, limit, narrowing)
    full = len(best) >= limit
    total = how_many(desk.library, way.match, narrowing) if full else len(best)
    ids = find.ids_of(desk.library, best)
    return FoundTitles(total, tuple(ids), way.did_you_mean, way.nearly)


def every_hit(desk: Desk, text: str) -> FoundTitles:
    """Return all titles for a whole text, the newest first, however many: for moving them out."""
    way = way_of(desk.library, text, typing=False)
    if way is None:
        return FoundTitles(0, ())
    rows = find.first_rows(desk.library, way.match, _ALL)
    ids = tuple(find.ids_of(desk.library, rows))
    return FoundTitles(len(ids), ids, way.did_you_mean, way.nearly)


def warm_up() -> None:
    """Load what the first search needs (stemmer, synonyms), on any thread, while nobody waits."""
    synonyms()
    read_query("menyiapkan pencarian", typing=True)


def note_miss(desk: Desk, text: str) -> None:
    """Keep the words of a search that found nothing, for those who buy books.

    Who asked is not kept, nor anything with a number in it, which may be a card or a telephone.
    """
    said = joined(text)[:_LONGEST_MISS]
    if said and desk.library.writable and not any(c.isdigit() for c in said):
        desk.library.note_search_miss(said, desk.today().isoformat())


def spread(desk: Desk, text: str, narrowing: Narrowing = EVERYTHING) -> Facets:
    """Return how the titles that ``search`` finds spread over kinds, branches, years and more.

    Without a text all titles are counted.
    """
    if not text.strip():
        return facets(desk.library, "", narrowing)
    way = way_of(desk.library, text, typing=False)
    return facets(desk.library, way.match, narrowing) if way else NO_FACETS


def best_rows(
    library: Library,
    way: Way,
    limit: int,
    narrowing: Narrowing = EVERYTHING,
    *,
    typing: bool = False,
) -> list[int]:
    """Return the best rows: the first ones compared closely, the rest as FTS5 ranks them."""
    compared = _COMPARED_TYPING if typing else _COMPARED
    ranked = find.ranked(library, way.match, max(limit, compared), narrowing)
    close = [rid for rid, _ in ranked[:compared]]
    if way.query.plain and not way.nearly:
        text = " ".join(way.query.text)
        last = any(term.last for term in way.query.terms)
        begun = find.beginning(library, text, _BEGINNINGS, narrowing, typing=last)
        close = list(dict.fromkeys([*close, *begun]))
    place = {rid: number for number, (rid, _) in enumerate(ranked)}
    texts = find.texts_of(library, close)
    close.sort(
        key=lambda rid: (-round(closeness(way.query, texts[rid]), 3), place.get(rid, compared))
    )
    known = set(close)
    rest = (rid for rid, _ in ranked[compared:] if rid not in known)
    return [*close, *rest][:limit]
