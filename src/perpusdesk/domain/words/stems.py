"""The stems under which a word is found; several, for the rules cannot tell which is right."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Any, Final, Protocol

from perpusdesk.domain.words.affixes import roots
from perpusdesk.domain.words.exceptions import EXCEPTIONS

_SHORTEST: Final = 5
_TWICE: Final = re.compile(r"([a-z]{3,})2([a-z]*)")


class _Stemmer(Protocol):
    def stemWord(self, word: str) -> str: ...  # noqa: N802  (the library's name)


@cache
def _snowball() -> _Stemmer:
    import snowballstemmer  # loads the stemmers of all languages, which the start need not wait for

    made: Any = snowballstemmer.stemmer("indonesian")
    stemmer: _Stemmer = made
    return stemmer


@lru_cache(maxsize=100_000)
def stems(word: str) -> tuple[str, ...]:
    """Return the candidate stems of a normal word (see ``normal.words``), the best first.

    The word itself need not be among them, so compare with it too. A word
    with digits or foreign letters, or too short to have affixes, is its own stem; ``buku2`` has
    the stems of *buku*.
    """
    twice = _TWICE.fullmatch(word)
    if twice:
        return stems(twice[1] + twice[2])
    if word in EXCEPTIONS:
        return EXCEPTIONS[word]
    if len(word) < _SHORTEST or not (word.isascii() and word.isalpha()):
        return (word,)
    found = roots(word)
    snowball = _snowball().stemWord(word)
    if len(snowball) >= 4:
        found.append(snowball)
    listed = [root for stem in (*found, snowball) for root in EXCEPTIONS.get(stem, ())]
    return tuple(dict.fromkeys([*listed, *found]))[:4] or (word,)
