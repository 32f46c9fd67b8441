"""Characters that simple printers have: each other one becomes its nearest plain letters."""

from __future__ import annotations

import unicodedata
from typing import Final

_PLAIN: Final = {
    "\u2018": "'",
    "\u2019": "'",
    "\u02bf": "'",
    "\u02be": "'",
    "\u02bb": "'",
    "\u02bc": "'",
    "\u201c": '"',
    "\u201d": '"',
    "\u00ab": '"',
    "\u00bb": '"',
    "\u2010": "-",
    "\u2011": "-",
    "\u2012": "-",
    "\u2013": "-",
    "\u2014": "-",
    "\u2015": "-",
    "\u2212": "-",
    "\u2026": "...",
    "\u2022": "*",
    "\u00b7": "-",
    "\u00d7": "x",
    "\u00df": "ss",
    "\u00e6": "ae",
    "\u00c6": "AE",
    "\u0153": "oe",
    "\u0152": "OE",
    "\u00f8": "o",
    "\u00d8": "O",
    "\u0111": "d",
    "\u0110": "D",
    "\u0142": "l",
    "\u0141": "L",
    "\u0131": "i",
    "\u20ac": "EUR",
    "\u00a9": "(c)",
}
UNKNOWN: Final = "?"


def encodable(text: str, codec: str) -> str:
    """Return ``text`` on one line, in characters that ``codec`` has and a printer can print."""
    composed = unicodedata.normalize("NFC", " ".join(text.split()))
    return "".join(_encodable(character, codec) for character in composed)


def _encodable(character: str, codec: str) -> str:
    if unicodedata.category(character) in ("Cc", "Cf", "Cs", "Mn", "Me"):
        return ""
    if _has(codec, character):
        return character
    if character in _PLAIN:
        return _PLAIN[character]
    letters = unicodedata.normalize("NFKD", character)
    kept = "".join(part for part in letters if part.isascii() and part.isprintable())
    return kept or UNKNOWN


def _has(codec: str, character: str) -> bool:
    try:
        return character.encode(codec)[0] >= 0x20
    except UnicodeEncodeError:
        return False
