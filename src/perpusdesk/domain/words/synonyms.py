"""Words and phrases that mean the same to a reader who searches."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from perpusdesk.domain.words.normal import words

LONGEST_PHRASE: Final = 4
Phrase = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Synonyms:
    """Each phrase with the others of its group; a phrase is a tuple of normal words."""

    others: Mapping[Phrase, tuple[Phrase, ...]]

    def of(self, phrase: Sequence[str]) -> tuple[Phrase, ...]:
        """Return what may stand for this phrase."""
        return self.others.get(tuple(phrase), ())


def synonyms_of(groups: Iterable[Iterable[str]]) -> Synonyms:
    """Build the table from groups of texts; a text may be in several groups."""
    found: dict[Phrase, dict[Phrase, None]] = {}
    for group in groups:
        phrases = list(dict.fromkeys(tuple(words(text)) for text in group))
        for phrase in phrases:
            mine = found.setdefault(phrase, {})
            mine.update((other, None) for other in phrases if other != phrase)
    return Synonyms({phrase: tuple(others) for phrase, others in found.items()})


NONE: Final = Synonyms({})
