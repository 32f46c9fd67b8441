"""Code 39 with small letters: pairs such as ``+A`` for ``a`` ("full ASCII").

Most labels do not mean pairs: ``12/PERPUS/2020`` is an inventory number, not full ASCII. Pairs
are taken as such only in a text that has small letters written as pairs.
"""

from __future__ import annotations

import re
import string
from typing import Final

_UPPER: Final = string.ascii_uppercase
_PAIR: Final = re.compile(r"[+$/%][A-Z]")
_SMALL_LETTER: Final = re.compile(r"\+[A-Z]")
_STRAY: Final = re.compile(r"[+$%](?![A-Z])")

_SIGNS: Final = (
    dict(zip((f"+{letter}" for letter in _UPPER), string.ascii_lowercase, strict=True))
    | dict(zip((f"/{letter}" for letter in "ABCDEFGHIJKLMNO"), "!\"#$%&'()*+,-./", strict=True))
    | {"/Z": ":"}
    | dict(zip((f"%{letter}" for letter in "FGHIJKLMNOPQRST"), ";<=>?[\\]^_{|}~\x7f", strict=True))
    | {f"${letter}": chr(number) for number, letter in enumerate(_UPPER, start=1)}
)


def full_ascii(text: str) -> str:
    """Return ``text`` with its pairs resolved, or as it is when it was not meant in pairs."""
    if not _SMALL_LETTER.search(text) or _STRAY.search(text):
        return text
    return _PAIR.sub(lambda pair: _SIGNS.get(pair[0], pair[0]), text)
