"""Call numbers as Indonesian libraries write them: class, heading letters, title letter.

``899.221 3 HIR l`` stands on the spine as one part per line. A proposal is never forced: who
catalogues may write another one. The choice of the heading follows the technical guidance of
Perpustakaan Nasional on headings of Indonesian author names (2014).
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from perpusdesk.domain.name_headings import entry_words

SKIPPED_ARTICLES: Final = frozenset({"si", "sang", "the", "a", "an"})
_ARABIC_ARTICLE: Final = re.compile(r"^a[a-z]{1,2}-(?=\w)", re.IGNORECASE)
_WORD: Final = re.compile(r"[^\W_]+(?:[-'][^\W_]+)*")


def heading_word(author: str) -> str:
    """Return the entry word (kata utama) of a person's name, with the name's own letters.

    ``Hirata, Andrea`` and ``Andrea Hirata`` both give ``Hirata``; a last initial of unknown
    meaning leaves the first word (``Djakaria N.E.``); elements joined by di, el, nan or bin stay
    together. Empty for a name without letters.
    """
    entry, comma, _rest = author.partition(",")
    elements = entry.split() if comma else entry_words(author)
    return next((element for element in elements if _letters(element)), "")


def propose_call_number(
    title: str, author: str, classification: str, *, corporate: bool = False
) -> str:
    """Return class, heading letters and title letter, parted by spaces.

    ``author`` is a heading (``Hirata, Andrea``) or a name in its usual order; ``corporate`` says
    that it is an organisation, which is entered under its first word. Without an author the title
    is the heading. Parts that are unknown are left out.
    """
    title_word = _first_word(title)
    heading = _first_word(author) if corporate else _letters(heading_word(author))
    parts = (classification.strip(), (heading or title_word)[:3].upper(), title_word[:1].lower())
    return " ".join(part for part in parts if part)


def _first_word(text: str) -> str:
    words = _WORD.findall(text)
    if len(words) > 1 and words[0].lower() in SKIPPED_ARTICLES:
        words = words[1:]
    return next((letters for word in words if (letters := _letters(word))), "")


def _letters(word: str) -> str:
    """Return the plain letters and digits of a word, without an Arabic article or marks."""
    if word.isascii() and word.isalnum():
        return word
    plain = unicodedata.normalize("NFKD", _ARABIC_ARTICLE.sub("", word))
    return "".join(character for character in plain if character.isalnum())
