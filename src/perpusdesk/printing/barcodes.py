"""Bars and squares: a code as a grid of modules, ready to be drawn at any size."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

import numpy as np
import zxingcpp
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
_FORMATS: Final = {
    Symbology.CODE128: zxingcpp.BarcodeFormat.Code128,
    Symbology.CODE39: zxingcpp.BarcodeFormat.Code39,
    Symbology.EAN13: zxingcpp.BarcodeFormat.EAN13,
    Symbology.QR: zxingcpp.BarcodeFormat.QRCode,
}


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


def modules(text: str, symbology: Symbology) -> Grid:
    """Return the modules that say ``text``.

    Raises ``KnownError(UNUSABLE_INPUT)`` when the symbology cannot carry it.
    """
    if not can_hold(text, symbology):
        raise KnownError(Fault.UNUSABLE_INPUT, cause=text)
    barcode = zxingcpp.create_barcode(text, _FORMATS[symbology])
    pixels = np.array(barcode.to_image(scale=1, add_hrt=False, add_quiet_zones=False)) < 128
    rows = pixels if symbology is Symbology.QR else pixels[:1]
    return tuple(tuple(bool(cell) for cell in row) for row in rows)


def quiet(symbology: Symbology) -> int:
    """Return how many light modules the code needs on either side."""
    return QUIET.get(symbology, 10)
