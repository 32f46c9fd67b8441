"""Texts as other programs leave them: broken accents, marks instead of line ends, stray spaces."""

from __future__ import annotations

import html
import re
from datetime import date, datetime
from typing import Final

_TWICE: Final = re.compile(
    "[\x80-\xff\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc"
    "\u2013\u2014\u2018-\u201a\u201c-\u201e\u2020-\u2022\u2026\u2030\u2039\u203a\u20ac\u2122]{2,}"
)
_ENTITY: Final = re.compile(r"&(?:amp|lt|gt|quot|apos|nbsp|#\d{1,6}|#x[0-9a-fA-F]{1,5});")
_CONTROL: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufeff]")
_DAY_FIRST: Final = re.compile(r"^(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})")
_YEAR_FIRST: Final = re.compile(r"^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")
_LANGUAGES: Final = {
    "indonesia": "ind",
    "indonesian": "ind",
    "bahasa indonesia": "ind",
    "id": "ind",
    "english": "eng",
    "inggris": "eng",
    "bahasa inggris": "eng",
    "en": "eng",
    "jawa": "jav",
    "javanese": "jav",
    "jv": "jav",
    "sunda": "sun",
    "sundanese": "sun",
    "su": "sun",
    "arab": "ara",
    "arabic": "ara",
    "ar": "ara",
    "melayu": "may",
    "malay": "may",
    "ms": "may",
    "german": "ger",
    "deutsch": "ger",
    "de": "ger",
    "dutch": "dut",
    "belanda": "dut",
    "nl": "dut",
    "french": "fre",
    "fr": "fre",
    "japanese": "jpn",
    "jp": "jpn",
    "chinese": "chi",
    "cn": "chi",
    "minangkabau": "min",
    "bugis": "bug",
    "bali": "ban",
}
LANGUAGE_NAMES: Final = {
    "ind": "Indonesia",
    "eng": "English",
    "jav": "Jawa",
    "sun": "Sunda",
    "ara": "Arabic",
    "may": "Malay",
    "ger": "German",
    "dut": "Dutch",
    "fre": "French",
    "jpn": "Japanese",
    "chi": "Chinese",
    "min": "Minangkabau",
    "bug": "Bugis",
    "ban": "Bali",
}


def mended(text: str) -> str:
    """Return ``text`` with UTF-8 that was once read as Latin made whole again (``Ã©`` is é).

    Only runs of such letters that are UTF-8 to the last byte are touched, up to three times over.
    """
    for _ in range(3):
        if not (better := _TWICE.sub(_decoded, text)) or better == text:
            break
        text = better
    return text


def _decoded(found: re.Match[str]) -> str:
    raw = bytearray()
    for character in found.group():
        code = ord(character)
        raw += bytes([code]) if code < 0x100 else character.encode("cp1252", "replace")
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return found.group()


def tidy(text: str) -> str:
    """Return one line: no control characters; entities and written-out line ends resolved."""
    if "&" in text:
        text = _ENTITY.sub(lambda found: html.unescape(found.group()), text)
    if "\\" in text:
        text = re.sub(r"\\r\\n|\\n|\\r|\\t", " ", text)
    return " ".join(_CONTROL.sub("", text).split())


def as_day(text: str) -> str:
    """Return a date as ISO text; empty for nothing, for ``00-00-0000`` and for nonsense.

    Day first (``31-12-2020``) and year first are understood, a time behind it is not looked at.
    """
    if found := _YEAR_FIRST.match(text):
        year, month, day = (int(part) for part in found.groups())
    elif found := _DAY_FIRST.match(text):
        day, month, year = (int(part) for part in found.groups())
    else:
        return ""
    try:
        return date(year, month, day).isoformat() if year else ""
    except ValueError:
        return ""


def as_moment(text: str) -> datetime | None:
    """Return ``2026-11-22 11:17:30`` as a time without a zone, or ``None``."""
    try:
        return datetime.fromisoformat(text.strip()).replace(tzinfo=None) if text else None
    except ValueError:
        return None


def as_price(text: str) -> int:
    """Return whole rupiah of ``Rp 75.000,00``, ``75000.0`` or ``75,000``; 0 for nothing."""
    text = re.sub(r"(?i)^\s*(rp|idr)\.?\s*", "", text).strip()
    text = re.sub(r"[.,]\d{1,2}$", "", text)
    digits = re.sub(r"[.,\s]", "", text)
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 12 else 0


def as_year(text: str) -> int | None:
    """Return the first year that a text holds (``c2005``, ``2008.0``), or ``None``."""
    found = re.search(r"(?<!\d)(1[4-9]\d\d|20\d\d)(?!\d)", text)
    return int(found.group(1)) if found else None


def language_code(text: str) -> str:
    """Return the three-letter MARC code of a language's name or code, or an empty text."""
    name = text.strip().lower()
    if name in _LANGUAGES:
        return _LANGUAGES[name]
    short = name.split("-")[0].split("_")[0]
    if short in _LANGUAGES:
        return _LANGUAGES[short]
    return short if len(short) == 3 and short.isascii() and short.isalpha() else ""
