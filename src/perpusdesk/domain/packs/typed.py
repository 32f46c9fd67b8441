"""Figures as people type them: dots between thousands, a comma before decimals."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Final

_THOUSANDS: Final = re.compile(r"\d{1,3}(\.\d{3})+")
_PLAIN: Final = re.compile(r"\d+(\.\d+)?")
LONGEST: Final = 24


def parse_figure(text: str) -> Fraction | None:
    """Return the number that somebody typed, never negative; ``None``: it is none.

    ``1.234.567,5`` and ``1234567.5`` are the same; ``1.234`` is a thousand and more.
    """
    told = text.strip().replace(" ", "")
    if not told or len(told) > LONGEST:
        return None
    whole, comma, rest = told.partition(",")
    if comma:
        if not rest.isascii() or not rest.isdigit():
            return None
        if _THOUSANDS.fullmatch(whole):
            whole = whole.replace(".", "")
        return Fraction(f"{whole}.{rest}") if whole.isascii() and whole.isdigit() else None
    if _THOUSANDS.fullmatch(told):
        return Fraction(told.replace(".", ""))
    return Fraction(told) if told.isascii() and _PLAIN.fullmatch(told) else None


def figure_text(value: Fraction) -> str:
    """Return a number as it is kept: exact, with a point, read again by ``Fraction``."""
    return str(value)
