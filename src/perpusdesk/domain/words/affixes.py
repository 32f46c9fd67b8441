"""Indonesian affixes: the roots that a word may come from."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

_PARTICLES: Final = ("lah", "kah", "pun", "tah")
_POSSESSIVES: Final = ("nya", "ku", "mu")
_SUFFIXES: Final = ("kan", "an", "i")
_PERSONS: Final = ("wan", "wati", "man")
_PLAIN_PREFIXES: Final = (
    "memper",
    "diper",
    "keber",
    "keter",
    "kese",
    "pember",
    "penge",
    "menge",
    "ber",
    "ter",
    "per",
    "di",
    "ke",
    "se",
    "pe",
    "me",
)
_INNER_PREFIXES: Final = ("ber", "per", "ter")
_NASAL: Final = (
    ("meny", ("s",)),
    ("peny", ("s",)),
    ("meng", ("", "k")),
    ("peng", ("", "k")),
    ("mem", ("p", "m")),
    ("pem", ("p", "m")),
    ("men", ("t", "n")),
    ("pen", ("t", "n")),
)
_VOWELS: Final = "aeiou"
_SHAPE: Final = re.compile(
    r"(?:[bcdfghjklmnpqrstvwxyz]|kh|ng|ny|sy|[bcdfgkpst][lr]|str)?[aeiou]"
    r"(?:[bcdfghjklmnpqrstvwxyz]{0,3}[aeiou])*(?:[bcdfghjklmnpqrstvwxyz]|ng|ks|ns|rs|rt)?"
)


def roots(word: str) -> list[str]:
    """Return the likeliest roots of a word by its affixes, at most three, the best first.

    Two syllables make the commonest root. The word itself is among them only if it may be one.
    """
    found: dict[str, int] = {}
    for stripped, cut in _endings(word):
        for root, more in _beginnings(stripped):
            if _may_be_root(root):
                found.setdefault(root, cut + more)
    ranked = sorted(found, key=lambda root: (_strangeness(root), -found[root], len(root)))
    return ranked[:3]


def _endings(word: str) -> Iterator[tuple[str, int]]:
    """Yield the word with each ending that may be cut off, and how many were."""
    yield word, 0
    base, cut = word, 0
    for group in (_PARTICLES, _POSSESSIVES):
        for ending in group:
            if base.endswith(ending) and len(base) - len(ending) >= 4:
                base, cut = base.removesuffix(ending), cut + 1
                yield base, cut
                break
    for ending in (*_SUFFIXES, *_PERSONS):
        if base.endswith(ending) and len(base) - len(ending) >= 3:
            yield base.removesuffix(ending), cut + 1


def _beginnings(word: str) -> Iterator[tuple[str, int]]:
    """Yield the word without each prefix that it may have, also without a second one."""
    yield word, 0
    for rest in _without_prefix(word):
        yield rest, 1
        for prefix in _INNER_PREFIXES:
            inner = rest.removeprefix(prefix)
            if inner != rest and len(inner) >= 3:
                yield inner, 2


def _without_prefix(word: str) -> Iterator[str]:
    for prefix, restored in _NASAL:
        rest = word.removeprefix(prefix)
        if rest != word and len(rest) >= 3:
            if rest[0] in _VOWELS:
                yield from (letter + rest for letter in restored)
            else:
                yield rest
            return
    for prefix in _PLAIN_PREFIXES:
        rest = word.removeprefix(prefix)
        if rest != word and len(rest) >= 3:
            yield rest
            return


def _syllables(root: str) -> int:
    return len(re.findall(r"ai$|au$|[aeiou]", root))


def _may_be_root(root: str) -> bool:
    return len(root) >= 3 and _SHAPE.fullmatch(root) is not None


def _strangeness(root: str) -> int:
    syllables = _syllables(root)
    if syllables == 2 and len(root) >= 4:
        return 0
    return {2: 1, 3: 1, 4: 2, 1: 3}.get(syllables, 4)
