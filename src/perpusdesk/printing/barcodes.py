"""Bars and squares: a code as a grid of modules, ready to be drawn at any size.

Squares come from the ``qrcode`` library, bars from reportlab's encoders. The decoder of ``scan``
takes no part in it, so that it can bear witness to what was printed.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from functools import lru_cache
from itertools import chain
from typing import Final

from qrcode.constants import ERROR_CORRECT_M
from qrcode.main import QRCode
from reportlab.graphics.barcode.code39 import Standard39
from reportlab.graphics.barcode.code128 import Code128
from reportlab.graphics.barcode.eanbc import Ean13BarcodeWidget
from reportlab.graphics.shapes import Rect
from stdnum import ean

from perpusdesk.common.errors import Fault, KnownError

Grid = tuple[tuple[bool, ...], ...]
"""Rows of modules, dark is ``True``; a linear code has one row. No quiet zone."""


class Symbology(StrEnum):
    """The codes found on Indonesian labels."""

    CODE128 = "code128"
    CODE39 = "code39"
    EAN13 = "ean13"
    QR = "qr"


CODE39_CHARACTERS: Final = frozenset("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-. $/+%")
QUIET: Final = {Symbology.QR: 4, Symbology.EAN13: 11}
"""Light modules that must surround a code; 10 when not named."""

_MASK: Final = 3
"""Which of the eight patterns is laid over every square: blurred pictures of all eight are read
equally often, and comparing them would take eight times as long."""
_WIDE: Final = 2
"""Modules of a wide bar of Code 39."""
_CODE39_MODULES: Final = {
    "b": (True,),
    "B": (True,) * _WIDE,
    "s": (False,),
    "S": (False,) * _WIDE,
    "i": (False,),
}
"""What the letters of reportlab's encoder stand for: bars, spaces, the gap between characters."""
_CODE128_MODULES: Final = {
    letter: (letter.isupper(),) * width
    for width, pair in enumerate(("aA", "bB", "cC", "dD"), 1)
    for letter in pair
}
"""Here a capital is a bar, and its place in the alphabet the width."""
_KEPT: Final = 4096


def can_hold(text: str, symbology: Symbology) -> bool:
    """Say whether ``symbology`` can carry exactly ``text``."""
    if symbology is Symbology.EAN13:
        return len(text) == 13 and bool(ean.is_valid(text))
    if symbology is Symbology.CODE39:
        return 0 < len(text) <= 40 and set(text) <= CODE39_CHARACTERS
    if symbology is Symbology.CODE128:
        return 0 < len(text) <= 48 and all(" " <= character <= "~" for character in text)
    return 0 < len(text.encode()) <= 400


def best_for(text: str, wished: Symbology) -> Symbology:
    """Return ``wished`` if it can carry ``text``, else the nearest that can."""
    for symbology in (wished, Symbology.CODE128, Symbology.QR):
        if can_hold(text, symbology):
            return symbology
    raise KnownError(Fault.UNUSABLE_INPUT, cause=text)


@lru_cache(maxsize=_KEPT)
def modules(text: str, symbology: Symbology) -> Grid:
    """Return the modules that say ``text``.

    Raises ``KnownError(UNUSABLE_INPUT)`` when the symbology cannot carry it.
    """
    if not can_hold(text, symbology):
        raise KnownError(Fault.UNUSABLE_INPUT, cause=text)
    if symbology is Symbology.QR:
        return _square(text)
    bars = {Symbology.CODE128: _code128, Symbology.CODE39: _code39, Symbology.EAN13: _ean13}
    return (tuple(bars[symbology](text)),)


def quiet(symbology: Symbology) -> int:
    """Return how many light modules the code needs on either side."""
    return QUIET.get(symbology, 10)


def _square(text: str) -> Grid:
    code = QRCode(error_correction=ERROR_CORRECT_M, border=0, mask_pattern=_MASK)
    code.add_data(text, optimize=0)  # one way of writing for the whole number
    code.make(fit=True)
    return tuple(tuple(map(bool, row)) for row in code.get_matrix())


def _code128(text: str) -> Iterator[bool]:
    return chain.from_iterable(map(_CODE128_MODULES.__getitem__, _encoded(Code128(text))))


def _code39(text: str) -> Iterator[bool]:
    letters = _encoded(Standard39(text, checksum=0))
    return chain.from_iterable(map(_CODE39_MODULES.__getitem__, letters))


def _encoded(code: Code128 | Standard39) -> str:
    code.validate()
    code.encode()
    return str(code.decompose())


def _ean13(text: str) -> Iterator[bool]:
    drawn = Ean13BarcodeWidget(text, barWidth=1, quiet=0, humanReadable=0).draw()
    bars = [shape for shape in drawn.contents if isinstance(shape, Rect) and shape.fillColor]
    dark = {round(bar.x) + place for bar in bars for place in range(round(bar.width))}
    return (place in dark for place in range(max(dark) + 1))
