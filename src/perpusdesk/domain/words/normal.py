"""Text to plain words: one spelling whatever the case, accents, apostrophes and hyphens."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

LONGEST: Final = 40
"""Letters of a word that count; nobody types more of it."""

_DROPPED: Final = "'’‘`´ʿʾʻʼʹʺ′″"
_LETTERS: Final = {
    **dict.fromkeys(map(ord, _DROPPED), ""),
    **{ord("&"): " dan ", ord("ø"): "o", ord("ł"): "l", ord("đ"): "d", ord("ð"): "d"},
    **{ord("þ"): "th", ord("æ"): "ae", ord("œ"): "oe", ord("ı"): "i"},
}
_WORD: Final = re.compile(r"[^\W_]+")


def words(text: str) -> list[str]:
    """Return the words of a text in order: lower case, without marks (``Qur'ân`` is ``quran``).

    A hyphen parts words (``buku-buku`` are two), ``&`` is the word *dan*.
    """
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text)
        text = "".join(c for c in text if not unicodedata.combining(c))
    folded = text.casefold().translate(_LETTERS)
    return [word[:LONGEST] for word in _WORD.findall(folded)]


def joined(text: str) -> str:
    """Return the words of a text with one space between them."""
    return " ".join(words(text))
