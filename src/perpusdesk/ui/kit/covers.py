"""Covers of books: the picture that is kept, or a quiet colour with the first letters."""

from __future__ import annotations

import zlib
from typing import Final

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPixmap

_HUES: Final = (208, 168, 32, 345, 265, 140, 12, 225)
_HEIGHT: Final = 240


def cover_picture(title: str, image: bytes | None) -> QPixmap:
    """Return the picture in these bytes of a picture file, or a typographic cover."""
    picture = QPixmap()
    if image and picture.loadFromData(image):
        return picture
    return typographic_cover(title)


def typographic_cover(title: str) -> QPixmap:
    """Return a cover 2 wide to 3 high; the same title always has the same colour.

    It is decoration: the title stands beside it in words.
    """
    cover = QPixmap(_HEIGHT * 2 // 3, _HEIGHT)
    cover.fill(Qt.GlobalColor.transparent)
    painter = QPainter(cover)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    board = QColor.fromHsl(_HUES[zlib.crc32(title.encode()) % len(_HUES)], 90, 92)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(board)
    whole = QRectF(cover.rect())
    painter.drawRoundedRect(whole, 10, 10)
    painter.setBrush(board.darker(130))
    painter.drawRoundedRect(QRectF(0, 0, 14, whole.height()), 7, 7)
    painter.setPen(QColor("white"))
    font = QFont()
    font.setPixelSize(_HEIGHT // 4)
    font.setWeight(QFont.Weight.DemiBold)
    painter.setFont(font)
    letters = "".join(word[0] for word in title.split()[:2]).upper()
    painter.drawText(whole.adjusted(14, 0, 0, 0), Qt.AlignmentFlag.AlignCenter, letters)
    painter.end()
    return cover
