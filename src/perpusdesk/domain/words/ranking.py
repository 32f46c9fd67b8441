"""How well a title answers a query: what people expect first comes first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Final

from perpusdesk.domain.words.entry import TitleTexts
from perpusdesk.domain.words.normal import words
from perpusdesk.domain.words.query import Field, Query, Term
from perpusdesk.domain.words.stems import stems

_EXACT_TITLE: Final = 8.0
_TITLE_BEGINS: Final = 3.0
_IN_A_ROW: Final = 2.0
_COVERAGE: Final = 2.0
_PLAIN, _SPELLED, _BEGUN, _STEM, _OTHER = 1.0, 0.85, 0.8, 0.6, 0.3
_PLACES: Final = {"title": 2.0, "author": 1.8, "subject": 0.9, "other": 0.6}


@dataclass(frozen=True, slots=True)
class _Words:
    title: list[str]
    main: list[str]
    places: dict[str, frozenset[str]]
    stems: dict[str, frozenset[str]]


def closeness(query: Query, texts: TitleTexts) -> float:
    """Return how close a title comes to what was asked; the higher the better."""
    said = _said(texts)
    score = sum(_term(term, said) for term in query.terms) / max(1, len(query.terms))
    return score * 3 + _as_a_whole(query, said)


@lru_cache(maxsize=2_000)
def _said(texts: TitleTexts) -> _Words:
    main = words(texts.title)
    title = main + words(texts.subtitle)
    places = {
        "title": frozenset(title),
        "author": frozenset(words(f"{texts.author} {texts.other_authors} {texts.responsibility}")),
        "subject": frozenset(words(texts.subjects)),
        "other": frozenset(
            words(
                f"{texts.isbn} {texts.publisher} {texts.series} {texts.place} {texts.year}"
                f" {texts.classification} {texts.call_number}"
            )
        ),
    }
    stemmed = {
        place: frozenset(stem for word in places[place] for stem in (word, *stems(word)))
        for place in ("title", "subject")
    }
    return _Words(title, main, places, stemmed)


def _term(term: Term, said: _Words) -> float:
    """Return the best that one term comes to in any place where it may be."""
    best = 0.0
    for place, weight in _PLACES.items():
        if term.field in (Field.ANY, Field(place) if place != "other" else Field.ISBN):
            best = max(best, weight * _in_place(term, place, said))
    return best


def _in_place(term: Term, place: str, said: _Words) -> float:
    there = said.places[place]
    if all(word in there for word in term.words):
        return _PLAIN
    if any(spelling in there for spelling in term.spellings):
        return _SPELLED
    if any(all(word in there for word in phrase) for phrase in term.instead):
        return _SPELLED
    if term.last and any(word.startswith(term.words[0]) for word in there):
        return _BEGUN
    if not said.stems.get(place, frozenset()).isdisjoint(term.stems):
        return _STEM
    return _OTHER if place == "author" else 0.0


def _as_a_whole(query: Query, said: _Words) -> float:
    asked = list(query.text)
    if not asked or not query.plain:
        return 0.0
    if asked in (said.main, said.title):
        return _EXACT_TITLE
    score = 0.0
    if _begins(said.title, asked):
        score += _TITLE_BEGINS
    score += _IN_A_ROW * _pairs(asked, said.title)
    hits = sum(1 for word in said.main if _is_asked(word, query.terms))
    score += _COVERAGE * hits / max(1, len(said.main))
    return score


def _begins(title: list[str], asked: list[str]) -> bool:
    size = len(asked)
    return title[: size - 1] == asked[:-1] and bool(
        len(title) >= size and title[size - 1].startswith(asked[-1])
    )


def _pairs(asked: list[str], title: list[str]) -> float:
    """Return the share of neighbours in the query that are neighbours in the title."""
    wanted = list(pairwise(asked))
    if not wanted:
        return 0.0
    there = set(pairwise(title))
    return sum(1 for pair in wanted if pair in there) / len(wanted)


def _is_asked(word: str, terms: Iterable[Term]) -> bool:
    return any(
        word in term.words
        or word in term.spellings
        or any(word in phrase for phrase in term.instead)
        or not set(stems(word)).isdisjoint(term.stems)
        for term in terms
    )
