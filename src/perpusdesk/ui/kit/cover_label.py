"""A book's cover at a fixed height, beside the words that say the same."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QLabel

from perpusdesk.ui.kit.covers import cover_picture

SIZE: Final = QSize(96, 144)
"""Device independent pixels, two wide to three high."""


class CoverLabel(QLabel):
    """Shows the picture that is kept, or the letters of the title."""

    def __init__(self, size: QSize = SIZE) -> None:
        super().__init__()
        self._size = size
        self.setFixedSize(size)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)

    def show_cover(self, title: str, image: bytes | None) -> None:
        """Show the cover of a title; ``image`` are the bytes of a picture file, if there are."""
        ratio = self.devicePixelRatioF()
        fitted = cover_picture(title, image).scaled(
            self._size * ratio,
            Qt.AspectRatioMode.KeepAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        )
        fitted.setDevicePixelRatio(ratio)
        self.setPixmap(fitted)
