"""The words under which a title is found, in the columns of the search index."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from typing import Final

from perpusdesk.domain.words.names import sound
from perpusdesk.domain.words.normal import words
from perpusdesk.domain.words.spelling import modern
from perpusdesk.domain.words.stems import stems
from perpusdesk.domain.words.stop_words import STOP_WORDS

ANALYSIS: Final = 1
"""Goes up with every change of what ``entry`` returns; then each library's index is built anew."""


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
    author += [word for word in words(texts.responsibility) if word not in set(author)]
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
    found: dict[str, None] = {}
    for word in dict.fromkeys(plain):
        if word not in STOP_WORDS:
            found.update(dict.fromkeys(stems(word)))
            new = modern(word)
            if new:
                found.update(dict.fromkeys(stems(new)))
    return " ".join(found)


def _variants(plain: Iterable[str], *, by_sound: bool) -> str:
    found: dict[str, None] = {}
    for word in dict.fromkeys(plain):
        new = modern(word)
        if new:
            found[new] = None
        if by_sound and len(word) > 2 and word.isalpha():
            found[sound(word)] = None
    return " ".join(found)
