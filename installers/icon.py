"""The program's icon: ``.venv/bin/python -m installers.icon`` draws it from its two drawings.

``icons/perpusdesk.svg`` is the picture, ``icons/perpusdesk-small.svg`` the same with fewer lines
for 32 pixels and less. What is drawn is kept beside them, so that packing needs no drawing; the
colours are the accents of ``ui/kit/theme/tokens.py``.
"""

from __future__ import annotations

import io
import os
import struct
import sys
from pathlib import Path
from typing import Final

from PIL import Image

from installers.version import ROOT

FOLDER: Final = ROOT / "installers" / "icons"
ICO: Final = FOLDER / "perpusdesk.ico"
PNG: Final = FOLDER / "perpusdesk.png"
ICO_SIZES: Final = (16, 20, 24, 32, 40, 48, 64, 256)
"""What Windows asks for at 100, 125, 150 and 200 % of its small and large icons."""
PACKED: Final = 256
HEAD: Final = struct.Struct("<HHH")
ENTRY: Final = struct.Struct("<BBBBHHII")
SMALL: Final = 32
"""Up to this width the drawing with fewer lines is taken."""


def drawing(size: int) -> Path:
    """Return the drawing for an icon of ``size`` pixels."""
    return FOLDER / ("perpusdesk-small.svg" if size <= SMALL else "perpusdesk.svg")


def picture(size: int) -> Image.Image:
    """Return the icon drawn ``size`` pixels wide and high, transparent around it."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtGui import QImage, QPainter
    from PySide6.QtSvg import QSvgRenderer

    image = QImage(size, size, QImage.Format.Format_RGBA8888)
    image.fill(0)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    QSvgRenderer(str(drawing(size))).render(painter)
    painter.end()
    return Image.frombytes("RGBA", (size, size), bytes(image.constBits()))


def draw() -> list[Path]:
    """Draw the icon of Windows (``.ico``) and that of Linux (``.png``, 256 pixels)."""
    ICO.write_bytes(collected({size: frame(size) for size in ICO_SIZES}))
    picture(256).save(PNG, format="PNG", optimize=True)
    return [ICO, PNG]


def frame(size: int) -> bytes:
    """Return one picture as it lies in an ``.ico``: packed at 256 pixels, else a plain bitmap.

    Parts of Windows read the smaller ones as bitmaps only.
    """
    alone = io.BytesIO()
    kind = "png" if size >= PACKED else "bmp"
    picture(size).save(alone, format="ICO", sizes=[(size, size)], bitmap_format=kind)
    return alone.getvalue()[HEAD.size + ENTRY.size :]


def collected(frames: dict[int, bytes]) -> bytes:
    """Return an ``.ico`` of these pictures: a head, an entry for each, then the pictures."""
    entries, start = HEAD.pack(0, 1, len(frames)), HEAD.size + ENTRY.size * len(frames)
    for size, content in frames.items():
        entries += ENTRY.pack(size % 256, size % 256, 0, 0, 1, 32, len(content), start)
        start += len(content)
    return entries + b"".join(frames.values())


if __name__ == "__main__":
    for made in draw():
        sys.stdout.write(f"{made}\n")
