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
_PLAIN_WORD: Final = re.compile(r"[a-z0-9]+")
_TRANSLATED: Final = re.compile("['`&]")


def words(text: str) -> list[str]:
    """Return the words of a text in order: lower case, without marks (``Qur'ân`` is ``quran``).

    A hyphen parts words (``buku-buku`` are two), ``&`` is the word *dan*.
    """
    if text.isascii():
        folded = text.lower()
        if _TRANSLATED.search(folded):
            folded = folded.translate(_LETTERS)
        found = _PLAIN_WORD.findall(folded)
    else:
        text = unicodedata.normalize("NFKD", text)
        text = "".join(c for c in text if not unicodedata.combining(c))
        found = _WORD.findall(text.casefold().translate(_LETTERS))
    if max(map(len, found), default=0) > LONGEST:
        return [word[:LONGEST] for word in found]
    return found


def joined(text: str) -> str:
    """Return the words of a text with one space between them."""
    return " ".join(words(text))
