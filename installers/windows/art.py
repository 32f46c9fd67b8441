"""The picture beside the installer's first and last page, drawn while it is made."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from PIL import Image

from installers.icon import picture

SIZE: Final = (328, 628)
"""Twice what Windows shows at 100 %: fine at 200 %, and made smaller elsewhere."""
BLUE: Final = (11, 95, 191)
LIGHT: Final = (231, 240, 251)
ICON: Final = 200
FOOT: Final = 14


def side_picture(folder: Path) -> Path:
    """Draw the picture into ``folder`` and return it (a bitmap, as the installer wants it)."""
    width, height = SIZE
    image = Image.new("RGB", SIZE, LIGHT)
    image.paste(BLUE, (0, height - FOOT, width, height))
    icon = picture(ICON)
    image.paste(icon, ((width - ICON) // 2, height // 6), icon)
    file = folder / "side.bmp"
    image.save(file)
    return file
