"""Names that are spelled in many ways: a key by sound, and titles that stand around a name."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

_SOUNDS: Final = (
    ("tj", "c"),
    ("dj", "j"),
    ("sj", "s"),
    ("sy", "s"),
    ("sh", "s"),
    ("ts", "s"),
    ("th", "t"),
    ("dz", "z"),
    ("dh", "d"),
    ("kh", "h"),
    ("ch", "h"),
    ("gh", "g"),
    ("oe", "u"),
    ("ou", "u"),
    ("oo", "u"),
    ("q", "k"),
    ("v", "f"),
    ("o", "u"),
    ("ie", "i"),
    ("ee", "i"),
    ("e", "i"),
    ("y", "i"),
    ("ii", "i"),
)
_TWICE: Final = re.compile(r"(.)\1+")
TITLES: Final = frozenset(
    "dr drs dra prof ir h hj haji hajah kh kyai kiai ust ustad ustadz tn ny nn bpk sh mh mhum mpd"
    " spd se msi ssi skom mkom sag mag lc ma phd rm raden mas r ra".split()
)
"""Words around a name that hardly tell whose it is."""


@lru_cache(maxsize=50_000)
def sound(word: str) -> str:
    """Return how a word of a name sounds: *Mochamad* and *Muhammad* are one."""
    if not (word.isascii() and word.isalpha()):
        return word
    key = word
    for old, new in _SOUNDS:
        key = key.replace(old, new)
    return _TWICE.sub(r"\1", key)
