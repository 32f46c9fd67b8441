"""The first decoder: zxing-cpp, which reads every symbology a library meets."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import zxingcpp
from zxingcpp import BarcodeFormat, BarcodeFormats

from perpusdesk.scan.code39 import full_ascii
from perpusdesk.scan.types import Code, Picture, Quad, Symbology

SYMBOLOGIES: Mapping[BarcodeFormat, Symbology] = MappingProxyType(
    {
        BarcodeFormat.Code128: Symbology.CODE128,
        BarcodeFormat.Code39: Symbology.CODE39,
        BarcodeFormat.Code39Std: Symbology.CODE39,
        BarcodeFormat.Code93: Symbology.CODE93,
        BarcodeFormat.Codabar: Symbology.CODABAR,
        BarcodeFormat.ITF: Symbology.ITF,
        BarcodeFormat.EAN13: Symbology.EAN13,
        BarcodeFormat.EAN8: Symbology.EAN8,
        BarcodeFormat.UPCA: Symbology.UPCA,
        BarcodeFormat.UPCE: Symbology.UPCE,
        BarcodeFormat.QRCode: Symbology.QR,
        BarcodeFormat.MicroQRCode: Symbology.QR,
        BarcodeFormat.DataMatrix: Symbology.DATAMATRIX,
        BarcodeFormat.Aztec: Symbology.AZTEC,
        BarcodeFormat.PDF417: Symbology.PDF417,
    }
)

_LINEAR = (
    BarcodeFormat.Code128,
    BarcodeFormat.Code39Std,  # the characters as printed; see ``code39`` for pairs
    BarcodeFormat.Code93,
    BarcodeFormat.Codabar,
    BarcodeFormat.ITF,
    BarcodeFormat.EAN13,
    BarcodeFormat.UPCA,
)
_MATRIX = (
    BarcodeFormat.QRCode,
    BarcodeFormat.MicroQRCode,
    BarcodeFormat.DataMatrix,
    BarcodeFormat.Aztec,
    BarcodeFormat.PDF417,
)
LINEAR = BarcodeFormats(_LINEAR)
MATRIX = BarcodeFormats(_MATRIX)
EVERYTHING = BarcodeFormats(_LINEAR + _MATRIX)

UNCHECKED = frozenset({Symbology.CODE39, Symbology.CODABAR, Symbology.ITF, Symbology.UNKNOWN})
"""Symbologies without a check character of their own: one read proves too little."""


def read(
    light: Picture,
    formats: BarcodeFormats = EVERYTHING,
    *,
    patient: bool = False,
) -> list[Code]:
    """Return the codes in an 8-bit gray picture.

    ``patient`` also looks along columns, for light bars on dark, and in a reduced picture:
    three times slower, with a few more misreads.
    """
    if light.size == 0:
        return []
    found = zxingcpp.read_barcodes(
        light,
        formats=formats,
        try_rotate=patient,
        try_downscale=patient,
        try_invert=patient,
        text_mode=zxingcpp.TextMode.Plain,
    )
    return [_code(barcode) for barcode in found]


def _code(barcode: zxingcpp.Barcode) -> Code:
    symbology = SYMBOLOGIES.get(barcode.format, Symbology.UNKNOWN)
    text = barcode.text
    if symbology is Symbology.EAN13 and len(text) == 13 and text[0] == "0":
        symbology, text = Symbology.UPCA, text[1:]  # as scanners send it
    if symbology is Symbology.CODE39:
        text = full_ascii(text)
    return Code(text, symbology, _quad(barcode.position), symbology not in UNCHECKED)


def _quad(position: zxingcpp.Position) -> Quad:
    corners = (
        position.top_left,
        position.top_right,
        position.bottom_right,
        position.bottom_left,
    )
    one, two, three, four = ((float(corner.x), float(corner.y)) for corner in corners)
    return one, two, three, four
