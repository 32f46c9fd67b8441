"""The ways of reading a text: as it stands, as it was probably meant, without one of its words."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from perpusdesk.domain.words.query import Query, read_query
from perpusdesk.exchange.search_words import synonyms
from perpusdesk.services.searching.search_corrections import corrected
from perpusdesk.storage.library import Library
from perpusdesk.storage.queries import title_search as find
from perpusdesk.storage.queries.match import match_but_one, match_of

_ENOUGH: Final = 1_000


@dataclass(frozen=True, slots=True)
class Way:
    """A reading that finds something: the query and its expression for the index.

    ``did_you_mean`` is the text that is searched because what was typed is found nowhere;
    ``nearly`` tells that each title lacks one word. ``instead`` is what one would type for it.
    """

    query: Query
    match: str
    did_you_mean: str | None = None
    nearly: bool = False
    instead: str | None = None


def way_of(library: Library, text: str, *, typing: bool) -> Way | None:
    """Return the first way of reading the text that finds anything in the whole catalogue."""
    table = synonyms()
    query = read_query(text, table, typing=typing)
    if not query.terms:
        return None
    if finds(library, match_of(query)):
        return Way(query, match_of(query))
    begun = read_query(text, table, typing=True)
    if not typing and len(begun.terms) == len(query.terms) and finds(library, match_of(begun)):
        return Way(begun, match_of(begun))
    meant = corrected(library, query)
    if meant is not None:
        query = read_query(meant, table, typing=typing)
        if finds(library, match_of(query)):
            return Way(query, match_of(query), meant, instead=meant)
    nearly = match_but_one(query)
    if finds(library, nearly):
        return Way(query, nearly, meant, nearly=True, instead=_without_a_word(library, query))
    return None


def finds(library: Library, match: str) -> bool:
    """Whether any title matches."""
    return bool(find.first_rows(library, match, 1))


def _without_a_word(library: Library, query: Query) -> str | None:
    """Return the text without the word that keeps the most titles away."""
    if not query.plain:
        return None
    most, best = 0, query
    for place in range(len(query.terms)):
        less = replace(query, terms=(*query.terms[:place], *query.terms[place + 1 :]))
        found = find.count(library, match_of(less), _ENOUGH)
        if found > most:
            most, best = found, less
    return " ".join(word for term in best.terms for word in term.words) if most else None
