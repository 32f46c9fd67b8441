"""Headings (tajuk) for names as Indonesian libraries form them: proposals, never forced.

After the technical guidance of Perpustakaan Nasional on the entry word (kata utama) and spelling
of Indonesian authors' names (2014; decree 20/2005): the last element is the entry word, a single
name stays, a last initial of unknown meaning leaves the first word in its place, elements joined
by di, el, nan or bin stay together, Chinese names stand under the family name.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from perpusdesk.domain.words.name_parts import BODY_WORDS, FAMILY_NAMES
from perpusdesk.domain.words.names import TITLES

_LINKS: Final = frozenset({"di", "el", "nan", "bin", "binti", "ibn", "ibnu"})
_PARTICLES: Final = frozenset({"van", "von", "de", "der", "den", "da", "du", "la", "le", "ten"})
_INITIAL: Final = re.compile(r"^(?:[^\W\d_]\.)+$|^[^\W\d_]$")
_ONE_LETTER: Final = re.compile(r"^[^\W\d_]\.?$")
_ROMAN: Final = re.compile(r"^(?=[IVXLC])(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})$")
_DEGREE: Final = re.compile(
    r"^(?:[A-Z][A-Za-z]{0,4}\.)+(?:[A-Z][a-z]{0,4})?\.?$|^(?:MA|MSc|PhD|Lc)$"
)


class NameRule(StrEnum):
    """Why a heading is proposed."""

    GIVEN = "given"
    SINGLE = "single"
    LAST = "last"
    INITIAL_BEHIND = "initial_behind"
    JOINED = "joined"
    CHINESE = "chinese"
    NUMBERED = "numbered"
    PARTICLE = "particle"
    BODY = "body"
    AS_SAID = "as_said"


@dataclass(frozen=True, slots=True)
class HeadingProposal:
    """A heading, the rule behind it, and forms from which one should be sent to it.

    ``kind`` is ``person`` or ``body``.
    """

    heading: str
    rule: NameRule
    kind: str = "person"
    variants: tuple[str, ...] = field(default=())


def is_body(name: str) -> bool:
    """Whether a name looks like that of an organisation."""
    words = [word.strip(".,()").lower() for word in name.split()]
    return bool(words) and (words[0] in BODY_WORDS or (". " in name and words[0] in BODY_WORDS))


def propose_headings(name: str) -> tuple[HeadingProposal, ...]:
    """Return the headings that may be meant, the likeliest first; none for an empty name."""
    plain = " ".join(name.split())
    if not plain:
        return ()
    if is_body(plain):
        return (HeadingProposal(plain, NameRule.BODY, "body"),)
    elements, given = _elements(plain)
    if given or not elements:
        return (HeadingProposal(plain, NameRule.GIVEN, variants=_said(plain)),)
    entries = _entries(elements)
    headings = [(_inverted(elements, start, end), rule) for start, end, rule in entries]
    said = " ".join(elements)
    every = dict.fromkeys([heading for heading, _ in headings] + [said])
    unique = dict(reversed(headings))
    return tuple(
        HeadingProposal(heading, unique[heading], variants=tuple(v for v in every if v != heading))
        for heading in dict.fromkeys(heading for heading, _ in headings)
    )


def heading_of(name: str) -> str:
    """Return the likeliest heading of a name; the name itself where there is none."""
    found = propose_headings(name)
    return found[0].heading if found else name


def entry_words(name: str) -> list[str]:
    """Return the elements of a name in its usual order, the entry word first."""
    elements, _given = _elements(" ".join(name.split()))
    if not elements:
        return name.split()
    start, end, _rule = _entries(elements)[0]
    return elements[start:end]


def _elements(name: str) -> tuple[list[str], bool]:
    """Return a name's elements without degrees, and whether it is a heading already."""
    head, comma, tail = name.partition(",")
    behind = [word.strip(",") for word in tail.replace(",", " , ").split() if word != ","]
    initials = behind and all(_ONE_LETTER.match(word) for word in behind)
    if comma and (initials or not all(_is_degree(word) for word in behind)):
        return [], True
    words = head.split()
    while len(words) > 1 and _is_title(words[0]):
        words = words[1:]
    return words, False


def _is_title(word: str) -> bool:
    """Whether a word before a name is an academic title: it is no part of the heading."""
    return word.endswith(".") and word.strip(".").lower() in _ACADEMIC


_ACADEMIC: Final = frozenset({"dr", "drs", "dra", "prof", "ir", "apt", "ns"}) & (
    TITLES | {"apt", "ns"}
)


def _is_degree(word: str) -> bool:
    return bool(_DEGREE.match(word)) or word.strip(".").lower() in TITLES


def _entries(elements: list[str]) -> list[tuple[int, int, NameRule]]:
    """Return from which element to which the entry goes, the likeliest first."""
    last = len(elements) - 1
    if last < 1:
        return [(0, 1, NameRule.SINGLE)]
    if _ROMAN.match(elements[last]):
        start = next((n for n, word in enumerate(elements) if word.lower() not in _RULERS), 0)
        return [(start, last + 1, NameRule.NUMBERED)]
    if _INITIAL.match(elements[last]):
        first = next((n for n, word in enumerate(elements) if not _INITIAL.match(word)), 0)
        return [(first, last + 1, NameRule.INITIAL_BEHIND)]
    found: list[tuple[int, int, NameRule]] = []
    chinese = _chinese(elements)
    if chinese is not None:
        found.append((chinese, chinese + 1, NameRule.CHINESE))
    if last > 1 and elements[last - 1].lower() in _LINKS:
        found.append((last - 2, last + 1, NameRule.JOINED))
    elif last > 1 and elements[last - 1].lower() in _PARTICLES:
        found.append((last, last + 1, NameRule.PARTICLE))
    else:
        found.append((last, last + 1, NameRule.LAST))
    return [*found, (0, last + 1, NameRule.AS_SAID)]


_RULERS: Final = frozenset({"sultan", "sri", "raja", "paus", "ratu", "susuhunan"})


def _chinese(elements: list[str]) -> int | None:
    """Return the place of a Chinese family name: first, or behind a Western given name."""
    if not 2 <= len(elements) <= 4:
        return None
    if elements[0].lower() in FAMILY_NAMES:
        return 0
    behind = len(elements) > 2 and elements[1].lower() in FAMILY_NAMES
    return 1 if behind else None


def _inverted(elements: list[str], start: int, end: int) -> str:
    entry, rest = elements[start:end], elements[:start] + elements[end:]
    return " ".join(entry) + (", " + " ".join(rest) if rest else "")


def _said(heading: str) -> tuple[str, ...]:
    """Return a heading as people say the name."""
    last, _comma, first = heading.partition(", ")
    return (f"{first} {last}",) if first and "," not in first else ()
