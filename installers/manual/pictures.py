"""Pictures in files: small ones, and whether the pages and the files know each other."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from PIL import Image
from PySide6.QtGui import QImage

PAGES: Final = Path(__file__).resolve().parents[2] / "docs" / "pengguna"
PICTURES: Final = PAGES / "gambar"
COLOURS: Final = 96
"""Enough for a flat screen with book covers; a picture is then some 30 KB."""

_SHOWN: Final = re.compile(r"!\[[^\]]*\]\(gambar/([^)\s]+)\)")


def write_picture(image: QImage, file: Path) -> None:
    """Write ``image`` as a PNG of few colours; its bytes depend on what is seen alone."""
    plain = image.convertToFormat(QImage.Format.Format_RGB888)
    size = (plain.width(), plain.height())
    seen = Image.frombytes(
        "RGB", size, bytes(plain.constBits()), "raw", "RGB", plain.bytesPerLine()
    )
    few = seen.quantize(COLOURS, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    file.parent.mkdir(parents=True, exist_ok=True)
    few.save(file, "PNG", optimize=True)


def shown_in_pages() -> dict[str, list[str]]:
    """Return the names of the pictures that pages show, each with those pages."""
    found: dict[str, list[str]] = {}
    for page in sorted(PAGES.glob("*.md")):
        for name in _SHOWN.findall(page.read_text("utf-8")):
            found.setdefault(name, []).append(page.name)
    return found


def amiss() -> list[str]:
    """Return a line for each picture that is shown and not there, or there and not shown."""
    shown, made = shown_in_pages(), {file.name for file in PICTURES.glob("*.png")}
    missing = [f"{name}: shown in {', '.join(shown[name])}, not made" for name in shown]
    return [line for line in missing if line.split(":")[0] not in made] + [
        f"{name}: made, shown in no page" for name in sorted(made - set(shown))
    ]
