"""The punctuation between areas of a catalogue card, taken off the values it parts."""

from __future__ import annotations

import re
from typing import Final

_ENDS: Final = " \t/:;=,"
_PLUS: Final = " +"
_ABBREVIATIONS: Final = frozenset(
    {"inc", "ltd", "co", "corp", "etc", "jr", "sr", "dr", "drs", "al", "dkk", "cet", "ed", "rev"}
    | {"hlm", "jil", "no", "vol", "dept", "dll", "pub", "univ", "print", "ir", "prof", "st"}
)
_UNKNOWN_PLACE: Final = re.compile(r"^s\.?\s*l\.?$|^place of publication not identified$", re.I)
_UNKNOWN_NAME: Final = re.compile(r"^s\.?\s*n\.?$|^publisher not identified$", re.I)
_MARKS: Final = re.compile(r"\s*([:;+])\s*(?=\S)")


def clean(text: str) -> str:
    """Return ``text`` without the marks that lead to the next area, spaces made single.

    A full stop stays where it belongs to an initial, an abbreviation or an ellipsis.
    """
    value = " ".join(text.split()).strip(_ENDS)
    if value[:1] == "+" or value[-1:] == "+":
        value = _unjoined(value)
    closes = value[-1:] == "." and _closing_stop(value)
    return value[:-1].rstrip(_ENDS) if closes else value


def _unjoined(value: str) -> str:
    """Take off a plus that joins accompanying material; that of ``C++`` stays."""
    value = value.removeprefix("+ ") if value != "+" else ""
    while value.endswith(_PLUS):
        value = value.removesuffix(_PLUS).rstrip(_ENDS)
    return value.strip(_ENDS)


def prose(text: str) -> str:
    """Return the text of a note with single spaces; its marks are its own."""
    return " ".join(text.split())


def unbracketed(text: str) -> str:
    """Return ``clean(text)`` without the brackets of supplied data: ``[Bandung] :`` is Bandung."""
    return clean(clean(text).replace("[", "").replace("]", ""))


def place(text: str) -> str:
    """Return a place of publication; empty for ``[S.l.]``."""
    value = unbracketed(text)
    return "" if _UNKNOWN_PLACE.match(value) else value


def publisher(text: str) -> str:
    """Return a publisher's name; empty for ``[s.n.]``."""
    value = unbracketed(text)
    return "" if _UNKNOWN_NAME.match(value) else value


def spaced(text: str) -> str:
    """Return a physical description with one space on each side of its marks."""
    return clean(_MARKS.sub(r" \1 ", text))


def _closing_stop(value: str) -> bool:
    if value.endswith(".."):
        return False
    word = value[:-1].rsplit(" ", 1)[-1].lower().lstrip("([")
    if word.endswith("]") or word.isdigit():
        return True
    return len(word) > 1 and "." not in word and word not in _ABBREVIATIONS
