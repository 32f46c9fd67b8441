"""The second decoder: zbar through pyzbar, for one-dimensional codes only, where installed.

Never for QR: it gives wrong texts of codes that are not ASCII. On Windows its wheel wants a
runtime library that is often missing; then everything works without it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from perpusdesk.scan.code39 import full_ascii
from perpusdesk.scan.types import Code, Picture, Quad, Symbology
from perpusdesk.scan.zxing import UNCHECKED

_NAMES: Mapping[str, Symbology] = {
    "CODE128": Symbology.CODE128,
    "CODE39": Symbology.CODE39,
    "CODE93": Symbology.CODE93,
    "CODABAR": Symbology.CODABAR,
    "I25": Symbology.ITF,
    "EAN13": Symbology.EAN13,
    "UPCA": Symbology.UPCA,
}


def available() -> bool:
    """Tell whether zbar can be used here."""
    return _scanner() is not None


def read(light: Picture) -> list[Code]:
    """Return the 1-D codes in an 8-bit gray picture; none where zbar is not installed."""
    scanner = _scanner()
    if scanner is None or light.size == 0:
        return []
    return [code for found in scanner(light) if (code := _code(found)) is not None]


@cache
def _scanner() -> Callable[[Picture], list[Any]] | None:
    try:
        from pyzbar import pyzbar
    except (ImportError, OSError):  # the package, or the library it stands on
        return None
    symbols = [pyzbar.ZBarSymbol[name] for name in _NAMES]

    def scan(light: Picture) -> list[Any]:
        height, width = light.shape
        return list(pyzbar.decode((light.tobytes(), width, height), symbols=symbols))

    return scan


def _code(found: Any) -> Code | None:
    symbology = _NAMES.get(found.type)
    if symbology is None:
        return None
    text = found.data.decode("ascii", errors="replace")
    if symbology is Symbology.EAN13 and text.startswith("0"):
        symbology, text = Symbology.UPCA, text[1:]
    if symbology is Symbology.CODE39:
        text = full_ascii(text)
    return Code(text, symbology, _quad(found), symbology not in UNCHECKED)


def _quad(found: Any) -> Quad:
    left, top, width, height = (float(value) for value in found.rect)
    return (left, top), (left + width, top), (left + width, top + height), (left, top + height)
