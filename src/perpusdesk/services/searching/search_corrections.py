"""Typing errors in a search, mended with the words that the library has."""

from __future__ import annotations

from perpusdesk.domain.words.correct import SHORTEST, nearest, typing_errors
from perpusdesk.domain.words.query import Field, Query, Term
from perpusdesk.storage.library import Library
from perpusdesk.storage.queries import title_search as find
from perpusdesk.storage.queries.match import match_of


def corrected(library: Library, query: Query) -> str | None:
    """Return the words of a query with those that no title has mended, or ``None``.

    Only plain words are mended: a phrase in quotes and a number are meant as they stand. Words
    that are known one by one may still be two that are written as one.
    """
    open_ = [term for term in query.terms if _may_be_mended(term)]
    mended: dict[str, str] = {}
    for known in (_is_known, _is_written_so):
        mended = {
            term.words[0]: meant
            for term in open_
            if not known(library, term) and (meant := _meant(library, term.words[0]))
        }
        if mended:
            break
    text = [mended.get(word, word) for word in query.text]
    told = " ".join(_with_pairs_joined(library, text))
    return None if told == " ".join(query.text) else told


def _may_be_mended(term: Term) -> bool:
    (word, *more) = term.words
    if more or term.exact or term.field is Field.ISBN:
        return False
    return len(word) >= SHORTEST and word.isalpha()


def _is_known(library: Library, term: Term) -> bool:
    """Whether any title has the word, a form of it, or a name that sounds like it."""
    return bool(find.first_rows(library, match_of(Query((term,), ())), 1))


def _is_written_so(library: Library, term: Term) -> bool:
    return any(find.how_many(library, word) for word in (*term.words, *term.spellings))


def _meant(library: Library, word: str) -> str | None:
    return _nearest(library, word) or _parted(library, word)


def _with_pairs_joined(library: Library, text: list[str]) -> list[str]:
    told: list[str] = []
    for word in text:
        if told and word.isalpha() and find.how_many(library, told[-1] + word):
            told[-1] += word
        else:
            told.append(word)
    return told


def _nearest(library: Library, word: str) -> str | None:
    """Look among the words with the same first letter, then among all others."""
    errors = typing_errors(word)
    ways = (find.words_near(library, word, errors, same_first=same) for same in (True, False))
    return next((meant for known in ways if (meant := nearest(word, known))), None)


def _parted(library: Library, word: str) -> str | None:
    """Return a word that is really two, both known."""
    for cut in range(3, len(word) - 2):
        if find.how_many(library, word[:cut]) and find.how_many(library, word[cut:]):
            return f"{word[:cut]} {word[cut:]}"
    return None
