"""ISBN out of spreadsheets: without hyphens, with lost zeros, turned into numbers."""

from __future__ import annotations

import re
from typing import Final

from perpusdesk.domain.codes import ean_digit, mod11
from perpusdesk.exchange.title_record import Note

_FLOAT: Final = re.compile(r"^(\d)(?:[.,](\d+))?[eE]\+?(\d+)$")
_KEPT_DIGITS: Final = 11
"""A number with this many digits was written out whole; one with fewer was rounded on a screen."""
_CANDIDATE: Final = re.compile(r"(?<![\dA-Za-z])(?:97[89][- ]?)?(?:\d[- ]?){9}[\dXx](?![\dA-Za-z])")


def isbns_in(text: str) -> tuple[tuple[str, ...], frozenset[Note]]:
    """Return the ISBN in a cell, compact, and what had to be done to them.

    A number with a wrong check digit is kept and flagged; one of which digits are lost is not.
    """
    text = text.strip()
    if found := _FLOAT.match(text):
        return _of_float(found)
    text = re.sub(r"^(\d+)\.0$", r"\1", text)
    if text.isascii() and text.isdigit() and 7 <= len(text) <= 9:
        whole = text.zfill(10)
        return ((whole,), frozenset({Note.ISBN_RESTORED})) if _proved(whole) else ((), frozenset())
    compact = [re.sub("[- ]", "", one.group()).upper() for one in _CANDIDATE.finditer(text)]
    unique = tuple(dict.fromkeys(compact))
    wrong = not all(map(_proved, unique))
    return unique, frozenset({Note.ISBN_CHECK}) if wrong else frozenset()


def _of_float(found: re.Match[str]) -> tuple[tuple[str, ...], frozenset[Note]]:
    """Restore the last digit of ``9.78043902348e+12``: it is the check digit of the others."""
    digits = found[1] + (found[2] or "")
    whole = digits.ljust(int(found[3]) + 1, "0")[:13] if int(found[3]) == 12 else ""
    if len(digits) < _KEPT_DIGITS or not whole.startswith(("978", "979")):
        return (), frozenset({Note.ISBN_LOST})
    return (whole[:12] + ean_digit(whole[:12]),), frozenset({Note.ISBN_RESTORED})


def _proved(isbn: str) -> bool:
    body, check = isbn[:-1], isbn[-1]
    return check == (ean_digit(body) if len(isbn) == 13 else mod11(body))
