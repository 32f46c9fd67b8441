"""A round photo of a person, or a person's outline where there is none."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QPixmap
from PySide6.QtWidgets import QSizePolicy, QWidget

from perpusdesk.ui.kit.theme import pixmap
from perpusdesk.ui.kit.theme.paint import rounded


class Portrait(QWidget):
    """Decoration beside the name; ``side`` is its height in device independent pixels."""

    def __init__(self, side: int = 72) -> None:
        super().__init__()
        self._picture = QPixmap()
        self.setFixedSize(side, side)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    @property
    def empty(self) -> bool:
        """Whether there is no photo."""
        return self._picture.isNull()

    def show_photo(self, image: bytes | None) -> None:
        """Show the photo in these bytes of a picture file, or the outline."""
        self._picture = QPixmap()
        if image:
            self._picture.loadFromData(image)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the photo's upper part in a circle."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        side = self.width()
        if self._picture.isNull():
            rounded(painter, self.rect(), fill="accent_tint", radius=side / 2)
            mark = round(side * 0.56)
            edge = (side - mark) // 2
            outline = pixmap("person", "accent", mark, self.devicePixelRatioF())
            painter.drawPixmap(QRect(edge, edge, mark, mark), outline)
            return
        path = QPainterPath()
        path.addEllipse(QRectF(self.rect()))
        painter.setClipPath(path)
        width, height = self._picture.width(), self._picture.height()
        least = min(width, height)
        source = QRect((width - least) // 2, min(height - least, height // 12), least, least)
        painter.drawPixmap(self.rect(), self._picture, source)
