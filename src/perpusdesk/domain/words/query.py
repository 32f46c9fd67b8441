"""What somebody typed into a search box, taken apart. Any text gives a query."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from stdnum import isbn as isbn_numbers

from perpusdesk.domain.words.names import TITLES, sound
from perpusdesk.domain.words.normal import words
from perpusdesk.domain.words.numbers import same_numbers
from perpusdesk.domain.words.spelling import modern
from perpusdesk.domain.words.stems import stems
from perpusdesk.domain.words.stop_words import STOP_WORDS
from perpusdesk.domain.words.synonyms import LONGEST_PHRASE, NONE, Phrase, Synonyms

MOST_WORDS: Final = 12
_SHORTEST_PREFIX: Final = 2
_SHORTEST_OF_ISBN: Final = 8


class Field(StrEnum):
    """Where a word is looked for."""

    ANY = "any"
    TITLE = "title"
    AUTHOR = "author"
    SUBJECT = "subject"
    ISBN = "isbn"


_NAMES: Final = {
    **dict.fromkeys(("judul", "title", "jdl"), Field.TITLE),
    **dict.fromkeys(("pengarang", "penulis", "author", "by"), Field.AUTHOR),
    **dict.fromkeys(("subjek", "subyek", "subject", "topik", "tajuk"), Field.SUBJECT),
    **dict.fromkeys(("isbn", "issn"), Field.ISBN),
}
_PIECE: Final = re.compile(
    rf'(?P<field>(?<!\w)(?:{"|".join(_NAMES)})\s?:|(?<!\w)is[bs]n(?:-?1[03])?:?(?=\s?\d))|["“”„](?P<phrase>[^"“”„]*)["“”„]|(?P<text>[^\s"“”„]+)',
    re.IGNORECASE,
)
_ISBN: Final = re.compile(r"(?<![\w-])(?:97[89][- ]?)?(?:\d[- ]?){8,9}[\dXx](?![\w-])")


@dataclass(frozen=True, slots=True)
class Term:
    """One thing that a title must have: a word, or words in a row (``exact`` or a synonym's head).

    ``last`` marks the word that is perhaps still being typed. ``stems`` are candidate stems,
    ``spellings`` other spellings of the same word, ``key`` its sound, ``instead`` phrases that
    mean the same.
    """

    field: Field
    words: Phrase
    exact: bool = False
    last: bool = False
    stems: tuple[str, ...] = ()
    spellings: tuple[str, ...] = ()
    key: str = ""
    instead: tuple[Phrase, ...] = ()


@dataclass(frozen=True, slots=True)
class Query:
    """What is looked for: all ``terms``; ``text`` are all its words, stop words too."""

    terms: tuple[Term, ...]
    text: tuple[str, ...]

    @property
    def plain(self) -> bool:
        """Whether it is words alone, without fields and exact phrases."""
        return not any(term.exact or term.field is not Field.ANY for term in self.terms)


def read_query(text: str, synonyms: Synonyms = NONE, *, typing: bool = False) -> Query:
    """Take a text apart: ``field:`` holds up to the next one, ``"..."`` is an exact phrase.

    With ``typing`` the last word may be the beginning of one. Of many words the first twelve count.
    """
    terms: list[Term] = []
    run: list[str] = []
    everything: list[str] = []
    field = Field.ANY
    for found in _PIECE.finditer(_with_plain_isbn(text)):
        if found["field"]:
            terms += _terms_of(run, field, synonyms)
            run = []
            field = _NAMES[found["field"].lower().rstrip(":-013 ")]
        elif found["phrase"] is not None:
            terms += _terms_of(run, field, synonyms)
            run = []
            terms += _exact(found["phrase"], field)
            everything += words(found["phrase"])
        else:
            run += words(found["text"])
            everything += words(found["text"])
    terms += _terms_of(run, field, synonyms)
    kept = _without_stop_words(terms[:MOST_WORDS])
    if typing and kept and run:
        kept = _still_typed(kept, run[-1])
    return Query(tuple(kept), tuple(everything[: 2 * MOST_WORDS]))


def term(word: str, field: Field = Field.ANY) -> Term:
    """Return one word with all that it may stand for."""
    new = modern(word) or _isbn13(word)
    spelled = (new,) if new else ()
    found = dict.fromkeys(stem for spelling in (word, *spelled) for stem in stems(spelling))
    return Term(
        field,
        (word,),
        stems=() if word in STOP_WORDS else tuple(found),
        spellings=(*spelled, *same_numbers(word)),
        key=sound(word) if len(word) > 2 and word.isalpha() else "",
    )


def _isbn13(word: str) -> str | None:
    """Return the 13 digits that the library keeps for an ISBN of 10."""
    if len(word) != 10 or not isbn_numbers.is_valid(word):
        return None
    return str(isbn_numbers.to_isbn13(word.upper()))


def _with_plain_isbn(text: str) -> str:
    def bare(found: re.Match[str]) -> str:
        digits = re.sub(r"[- ]", "", found[0])
        return digits if len(digits) in (10, 13) else found[0]

    return _ISBN.sub(bare, text)


def _exact(text: str, field: Field) -> list[Term]:
    phrase = tuple(words(text)[:MOST_WORDS])
    return [Term(field, phrase, exact=True)] if phrase else []


def _terms_of(run: list[str], field: Field, synonyms: Synonyms) -> list[Term]:
    if field is Field.ISBN:
        return [term("".join(run), field)] if run else []
    found: list[Term] = []
    rest = list(run)
    while rest:
        size = _longest_known(rest, synonyms)
        phrase, rest = tuple(rest[:size]), rest[size:]
        one = term(phrase[0], field) if size == 1 else Term(field, phrase)
        found.append(replace(one, instead=synonyms.of(phrase)))
    return list(dict.fromkeys(found))


def _longest_known(run: list[str], synonyms: Synonyms) -> int:
    for size in range(min(LONGEST_PHRASE, len(run)), 1, -1):
        if synonyms.of(run[:size]):
            return size
    return 1


def _without_stop_words(terms: list[Term]) -> list[Term]:
    """Leave out words that decide nothing, unless there are no others."""

    def decides(one: Term) -> bool:
        if one.exact or len(one.words) > 1:
            return True
        (word,) = one.words
        return word not in STOP_WORDS and not (one.field is Field.AUTHOR and word in TITLES)

    return [one for one in terms if decides(one)] or terms


def _still_typed(terms: list[Term], last_word: str) -> list[Term]:
    """Take the last word as the beginning of one; a single letter of it decides nothing yet.

    A number is the beginning of nothing, for thousands begin alike; only much of an ISBN is.
    """
    *before, last = terms
    if last.exact or last.words != (last_word,) or last.field is Field.ISBN:
        return terms
    if last_word.isdigit() and len(last_word) < _SHORTEST_OF_ISBN:
        return terms
    if len(last_word) >= _SHORTEST_PREFIX:
        return [*before, replace(last, last=True)]
    return before or terms
