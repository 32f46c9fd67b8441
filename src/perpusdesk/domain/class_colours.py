"""The colour of a class on the spine: ten bands, one for each main class of the DDC.

A library may set its own colours. The band helps the eye along the shelf; what counts is the call
number beside it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

DEFAULT_COLOURS: Final[Mapping[str, str]] = {
    "0": "#6D4C41",
    "1": "#C2185B",
    "2": "#2E7D32",
    "3": "#1565C0",
    "4": "#00838F",
    "5": "#F9A825",
    "6": "#EF6C00",
    "7": "#6A1B9A",
    "8": "#C62828",
    "9": "#37474F",
}
_CLASS: Final = re.compile(r"(?<!\w)(\d)(?:\d\d|X\d)")
_COLOUR: Final = re.compile(r"#[0-9A-Fa-f]{6}")


def main_class(call_number: str, classification: str = "") -> str:
    """Return the digit of the main class, ``""`` where neither text has a class.

    A location before the class does not count (``R 027.4``), the Islamic classes 2X0 to 2X9
    belong to 2, and a call number in letters (``F AND p``) leaves it to the classification.
    """
    for text in (call_number, classification):
        found = _CLASS.search(text)
        if found:
            return found.group(1)
    return ""


def band_colour(
    call_number: str, classification: str = "", colours: Mapping[str, str] = DEFAULT_COLOURS
) -> str:
    """Return the band's colour as ``#RRGGBB``, ``""`` for none."""
    digit = main_class(call_number, classification)
    colour = colours.get(digit, "") if digit else ""
    return colour if _COLOUR.fullmatch(colour) else ""
