"""Typing errors in a search, mended with the words that the library has."""

from __future__ import annotations

from perpusdesk.domain.words.correct import SHORTEST, nearest
from perpusdesk.domain.words.query import Field, Query, Term
from perpusdesk.storage.library import Library
from perpusdesk.storage.queries import title_search as find
from perpusdesk.storage.queries.match import match_of

_KEYS = "abcdefghijklmnopqrstuvwxyz"


def corrected(library: Library, query: Query) -> str | None:
    """Return the words of a query with those that no title has mended, or ``None``.

    Only plain words are mended: a phrase in quotes and a number are meant as they stand.
    """
    mended = {}
    for number, term in enumerate(query.terms):
        if _is_unknown(library, term):
            following = query.terms[number + 1] if number + 1 < len(query.terms) else None
            found = _mend(library, term, following)
            if found is not None:
                mended.update(found)
    if not mended:
        return None
    text = [mended.get(word, word) for word in query.text]
    return " ".join(word for word in text if word)


def _is_unknown(library: Library, term: Term) -> bool:
    (word, *more) = term.words
    if more or term.exact or term.field is Field.ISBN or not word.isalpha():
        return False
    return len(word) >= SHORTEST and not find.first_rows(library, match_of(Query((term,), ())), 1)


def _mend(library: Library, term: Term, following: Term | None) -> dict[str, str] | None:
    (word,) = term.words
    if following is not None and len(following.words) == 1:
        both = word + following.words[0]
        if find.how_many(library, both):
            return {word: both, following.words[0]: ""}
    meant = _nearest(library, word) or _parted(library, word)
    return {word: meant} if meant else None


def _nearest(library: Library, word: str) -> str | None:
    """Look among the words with the same first letter, then among all others."""
    first = word[0]
    found = nearest(word, _words_of(library, first))
    if found is not None:
        return found
    others = (known for key in _KEYS if key != first for known in _words_of(library, key))
    return nearest(word, others)


def _words_of(library: Library, letter: str) -> list[tuple[str, int]]:
    return find.words_from(library, letter, chr(ord(letter) + 1))


def _parted(library: Library, word: str) -> str | None:
    """Return a word that is really two, both known."""
    for cut in range(3, len(word) - 2):
        if find.how_many(library, word[:cut]) and find.how_many(library, word[cut:]):
            return f"{word[:cut]} {word[cut:]}"
    return None
