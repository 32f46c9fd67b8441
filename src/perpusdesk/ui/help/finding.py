"""Searching the manual: words in all forms, the last one perhaps still being typed."""

from __future__ import annotations

import bisect
import math
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from perpusdesk.domain.words.correct import nearest
from perpusdesk.domain.words.normal import words
from perpusdesk.domain.words.stems import stems
from perpusdesk.domain.words.stop_words import STOP_WORDS
from perpusdesk.ui.help.manual import Section

MOST: Final = 30
_MOST_WORDS: Final = 8

_IN_TITLE, _IN_HEADING, _IN_TEXT = 12.0, 6.0, 1.0
_SAME, _BEGINS, _STEM, _MEANT = 1.0, 0.8, 0.7, 0.4
_OFTEN: Final = 6
"""Occurrences of a word in one section beyond which more say nothing."""

_PIECE: Final = re.compile(r"[^\W_]+")
_BEFORE, _AFTER = 40, 120
"""Characters shown round what was found."""


@dataclass(frozen=True, slots=True)
class Found:
    """A section in which all words are; ``shown`` are its own words that were looked for."""

    section: Section
    score: float
    shown: frozenset[str]


class Finder:
    """Knows the words of the sections that were added."""

    def __init__(self) -> None:
        self._sections: list[Section] = []
        self._weights: dict[str, dict[int, float]] = defaultdict(dict)
        self._counts: Counter[str] = Counter()
        self._of_stem: dict[str, set[str]] = defaultdict(set)
        self._ordered: list[str] = []

    def add(self, sections: Iterable[Section]) -> None:
        """Take up the sections of one page; its title counts most at its first section."""
        for section in sections:
            number = len(self._sections)
            self._sections.append(section)
            head = _IN_TITLE if section.place == 0 else _IN_HEADING
            for word in words(section.heading):
                self._note(word, number, head)
            for word, count in Counter(words(section.text)).items():
                self._note(word, number, _IN_TEXT * (1 + min(count, _OFTEN) / _OFTEN))
        self._ordered = []

    def find(self, typed: str) -> list[Found]:
        """Return the sections that have every word typed, the best first."""
        asked = words(typed)[:_MOST_WORDS]
        if not asked:
            return []
        last = "" if typed[-1:].isspace() else asked[-1]
        decide = [word for word in asked if word not in STOP_WORDS or word == last] or asked
        hits = [self._hits(self._meant(word, word == last)) for word in decide]
        everywhere = set(hits[0]).intersection(*hits[1:])
        found = [
            Found(
                self._sections[number],
                sum(hit[number][0] for hit in hits),
                frozenset(word for hit in hits for word in hit[number][1]),
            )
            for number in everywhere
        ]
        found.sort(key=lambda one: (-one.score, one.section.page, one.section.place))
        return found[:MOST]

    def _note(self, word: str, number: int, weight: float) -> None:
        if word not in self._weights:
            for stem in (word, *stems(word)):
                self._of_stem[stem].add(word)
        at = self._weights[word]
        at[number] = at.get(number, 0.0) + weight
        self._counts[word] += 1

    def _hits(self, meant: dict[str, float]) -> dict[int, tuple[float, set[str]]]:
        """Return where the words are: the best of them counts, all are shown."""
        found: dict[int, tuple[float, set[str]]] = {}
        for word, sure in meant.items():
            at = self._weights[word]
            rare = math.log(1 + len(self._sections) / len(at))
            for number, weight in at.items():
                score, shown = found.get(number, (0.0, set()))
                found[number] = (max(score, sure * rare * weight), shown | {word})
        return found

    def _meant(self, word: str, typing: bool) -> dict[str, float]:
        """Return the manual's own words that ``word`` may stand for, each with how sure it is."""
        meant: dict[str, float] = {}
        for stem in (word, *stems(word)):
            meant.update(dict.fromkeys(self._of_stem.get(stem, ()), _STEM))
        if typing:
            meant.update(dict.fromkeys(self._beginning(word), _BEGINS))
        if word in self._weights:
            meant[word] = _SAME
        if not meant and (near := nearest(word, self._counts)) is not None:
            meant[near] = _MEANT
        return meant

    def _beginning(self, start: str) -> Sequence[str]:
        if not self._ordered:
            self._ordered = sorted(self._weights)
        first = bisect.bisect_left(self._ordered, start)
        after = bisect.bisect_left(self._ordered, start + "\uffff")
        return self._ordered[first:after]


def marked(text: str, shown: Iterable[str]) -> list[tuple[int, int]]:
    """Return where the words of ``text`` are that were looked for: pairs of start and end."""
    wanted = frozenset(shown)
    return [
        (piece.start(), piece.end())
        for piece in _PIECE.finditer(text)
        if _normal(piece[0]) in wanted
    ]


def around(text: str, shown: Iterable[str]) -> str:
    """Return the words of ``text`` round the first that was looked for, else its beginning."""
    places = marked(text, shown)
    first = places[0][0] if places else 0
    start = 0
    if first > _BEFORE:
        start = text.find(" ", first - _BEFORE) + 1
    end = text.find(" ", start + _BEFORE + _AFTER)
    end = len(text) if end < 0 else end
    return f"{'… ' if start else ''}{text[start:end]}{' …' if end < len(text) else ''}"


def _normal(piece: str) -> str:
    if piece.isascii():
        return piece.lower()
    folded = unicodedata.normalize("NFKD", piece)
    return "".join(c for c in folded if not unicodedata.combining(c)).casefold()
