"""A query as an FTS5 expression over the title index; words are always quoted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from perpusdesk.domain.words.query import Field, Query, Term

WEIGHTS: Final = (10.0, 8.0, 4.0, 1.5, 2.5, 1.0, 2.0, 1.5, 0.5)
"""How much a hit in each column of the index counts; plain beats stem beats variant."""

_PLAIN: Final = {
    Field.ANY: "",
    Field.TITLE: "{title title_variant} : ",
    Field.AUTHOR: "{author author_variant} : ",
    Field.SUBJECT: "{subject subject_variant} : ",
    Field.ISBN: "{other} : ",
}
_STEM: Final = {
    Field.ANY: "{title subject title_stem subject_stem} : ",
    Field.TITLE: "{title title_stem} : ",
    Field.SUBJECT: "{subject subject_stem} : ",
}
_SOUND: Final = {
    Field.ANY: "{title_variant author_variant subject_variant} : ",
    Field.TITLE: "{title_variant} : ",
    Field.AUTHOR: "{author_variant} : ",
    Field.SUBJECT: "{subject_variant} : ",
}


def match_of(query: Query) -> str:
    """Return the expression for titles that have all that is asked for; empty for no query."""
    return " AND ".join(_term(term) for term in query.terms)


def match_but_one(query: Query) -> str:
    """Return the expression for titles that lack one of the words at most; empty below three."""
    parts = [_term(term) for term in query.terms]
    if len(parts) < 3:
        return ""
    without = (
        " AND ".join(part for other, part in enumerate(parts) if other != left_out)
        for left_out in range(len(parts))
    )
    return " OR ".join(f"({text})" for text in without)


def _term(term: Term) -> str:
    if term.exact:
        return f"({_PLAIN[term.field]}{_phrase(term.words)})"
    plain = [_phrase(term.words) if len(term.words) == 1 else _all(term.words)]
    if term.last:
        plain.append(f"{_phrase(term.words)} *")
    plain += [_phrase((spelling,)) for spelling in term.spellings]
    plain += [_phrase(phrase) for phrase in term.instead]
    either = [f"{_PLAIN[term.field]}({_or(plain)})"]
    if term.stems and term.field in _STEM:
        either.append(f"{_STEM[term.field]}({_or(_phrase((stem,)) for stem in term.stems)})")
    if term.key and term.field in _SOUND:
        either.append(f"{_SOUND[term.field]}{_phrase((term.key,))}")
    return f"({_or(either)})"


def _all(words: Sequence[str]) -> str:
    return "(" + " AND ".join(_phrase((word,)) for word in words) + ")"


def _or(parts: Iterable[str]) -> str:
    return " OR ".join(parts)


def _phrase(words: Sequence[str]) -> str:
    return '"' + " ".join(words) + '"'
