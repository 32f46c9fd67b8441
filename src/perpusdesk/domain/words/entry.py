"""The words under which a title is found, in the columns of the search index."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from functools import lru_cache
from itertools import chain
from typing import Final

from perpusdesk.domain.words.names import sound
from perpusdesk.domain.words.normal import words
from perpusdesk.domain.words.spelling import modern
from perpusdesk.domain.words.stems import stems
from perpusdesk.domain.words.stop_words import STOP_WORDS

ANALYSIS: Final = 2
"""Goes up with every change of what ``entry`` or ``lines.line`` returns; then each library's index
is built anew."""


@dataclass(frozen=True, slots=True)
class TitleTexts:
    """What a title's record says, as far as people search it."""

    title: str = ""
    subtitle: str = ""
    author: str = ""
    responsibility: str = ""
    other_authors: str = ""
    subjects: str = ""
    isbn: str = ""
    publisher: str = ""
    place: str = ""
    year: str = ""
    series: str = ""
    classification: str = ""
    call_number: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """Words by column, parted by spaces: plain words, stems, and spellings and sounds."""

    title: str
    author: str
    subject: str
    other: str
    title_stem: str
    subject_stem: str
    title_variant: str
    author_variant: str
    subject_variant: str


COLUMNS: Final = tuple(field.name for field in fields(Entry))
SOURCES: Final = tuple(field.name for field in fields(TitleTexts))


def entry(texts: TitleTexts) -> Entry:
    """Return the words under which a title is found."""
    title = words(f"{texts.title} {texts.subtitle}")
    author = words(f"{texts.author} {texts.other_authors}")
    named = set(author)
    author += [word for word in words(texts.responsibility) if word not in named]
    subject = words(texts.subjects)
    other = words(
        f"{texts.isbn} {texts.publisher} {texts.series} {texts.place} {texts.year}"
        f" {texts.classification} {texts.call_number}"
    )
    islam = texts.classification.upper().startswith("2X")
    return Entry(
        title=" ".join(title),
        author=" ".join(author),
        subject=" ".join(subject),
        other=" ".join(other),
        title_stem=_stems(title),
        subject_stem=_stems(subject),
        title_variant=_variants(title, by_sound=islam),
        author_variant=_variants(author, by_sound=True),
        subject_variant=_variants(subject, by_sound=islam),
    )


def own_words(made: Entry) -> set[str]:
    """Return the words of the record itself that may be proposed for a typing error."""
    found = {*made.title.split(), *made.author.split(), *made.subject.split()}
    return {word for word in found if len(word) > 2 and word.isalpha()}


def _stems(plain: Iterable[str]) -> str:
    return " ".join(dict.fromkeys(chain.from_iterable(map(_word_stems, plain))))


@lru_cache(maxsize=50_000)
def _word_stems(word: str) -> tuple[str, ...]:
    """Return the stems of a word and of its spelling of now; none of a stop word."""
    if word in STOP_WORDS:
        return ()
    new = modern(word)
    return (*stems(word), *stems(new)) if new else stems(word)


def _variants(plain: Iterable[str], *, by_sound: bool) -> str:
    each = _sounding if by_sound else _modern_only
    return " ".join(dict.fromkeys(chain.from_iterable(map(each, plain))))


@lru_cache(maxsize=50_000)
def _sounding(word: str) -> tuple[str, ...]:
    """Return the spelling of now, if it is another, and the sound of a word."""
    sounds = len(word) > 2 and word.isalpha()
    return (*_modern_only(word), sound(word)) if sounds else _modern_only(word)


@lru_cache(maxsize=50_000)
def _modern_only(word: str) -> tuple[str, ...]:
    new = modern(word)
    return (new,) if new else ()
