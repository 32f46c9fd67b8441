"""What scanning hands on: a code seen in a picture, and a scan for the rest of the house."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:  # a desk without a camera starts without it
    import numpy as np
    from numpy.typing import NDArray

Point: TypeAlias = tuple[float, float]
Quad: TypeAlias = tuple[Point, Point, Point, Point]
"""Corners of a code in pixels of the frame it was seen in, going round."""

Picture: TypeAlias = "NDArray[np.uint8]"
"""A frame: rows x columns (gray) or rows x columns x 3 (blue, green, red)."""


class Source(StrEnum):
    """Where a scan came from."""

    KEYBOARD = "keyboard"
    SCANNER = "scanner"
    CAMERA = "camera"
    FILE = "file"


class Symbology(StrEnum):
    """The kind of code; ``UNKNOWN`` for what came in by keys."""

    CODE128 = "code128"
    CODE39 = "code39"
    CODE93 = "code93"
    CODABAR = "codabar"
    ITF = "itf"
    EAN13 = "ean13"
    EAN8 = "ean8"
    UPCA = "upca"
    UPCE = "upce"
    DATABAR = "databar"
    QR = "qr"
    DATAMATRIX = "datamatrix"
    AZTEC = "aztec"
    PDF417 = "pdf417"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Code:
    """One code found in one frame.

    ``confident`` means that this single read suffices: the symbology proves itself, or the
    library's own mask with a check character does. Otherwise a second, agreeing read is wanted.
    """

    text: str
    symbology: Symbology
    quad: Quad | None = None
    confident: bool = True


@dataclass(frozen=True, slots=True)
class Scan:
    """Something was scanned or typed: the one thing that the rest of the house understands.

    ``when`` carries its offset; ``quad`` is set for cameras and files only.
    """

    text: str
    symbology: Symbology
    when: datetime
    source: Source
    quad: Quad | None = None
