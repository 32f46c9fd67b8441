"""The two embedded fonts of all paper, their measures, and what they can show."""

from __future__ import annotations

import unicodedata
from functools import cache, lru_cache
from typing import Final

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from perpusdesk.common.paths import resources
from perpusdesk.printing.arabic import joined

REGULAR: Final = "PerpusDesk"
BOLD: Final = "PerpusDesk-Bold"
MISSING: Final = "\N{WHITE SQUARE}"
_FILES: Final = {REGULAR: "DejaVuSansCondensed.ttf", BOLD: "DejaVuSansCondensed-Bold.ttf"}


@cache
def _font(name: str) -> TTFont:
    font = TTFont(name, str(resources("fonts", _FILES[name])))
    pdfmetrics.registerFont(font)
    return font


def load() -> None:
    """Make both fonts known to the PDF writer (cheap after the first call)."""
    for name in _FILES:
        _font(name)


@lru_cache(maxsize=8192)
def width(text: str, font: str, size: float) -> float:
    """Return the width in points of ``text`` at ``size`` points."""
    return float(_font(font).stringWidth(text, size))


@cache
def _shown(character: str) -> str:
    if unicodedata.category(character) in ("Cc", "Cs", "Co", "Cn"):
        return " " if character.isspace() else ""
    known = all(ord(character) in _font(name).face.charToGlyph for name in _FILES)
    return character if known else MISSING


@lru_cache(maxsize=8192)
def printable(text: str) -> str:
    """Return ``text`` composed, on one line, with a box for what the fonts cannot show."""
    composed = joined(unicodedata.normalize("NFC", text))
    return "".join(_shown(character) for character in composed).strip()
