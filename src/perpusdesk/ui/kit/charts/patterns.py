"""Grounds that stay apart on grey paper: solid, lined, dotted, crossed and open."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

from perpusdesk.ui.kit.theme import colour

SOLID: Final = 0
LINED: Final = 1
DOTTED: Final = 2
CROSSED: Final = 3
OPEN: Final = 4
ORDER: Final = (SOLID, LINED, DOTTED, CROSSED, OPEN)
_STEP: Final = 6.0
_DOT: Final = 1.3


def fill(painter: QPainter, rect: QRectF, pattern: int, ink: str = "accent") -> None:
    """Fill a rectangle with a pattern in the colour of a token; all but solid get an outline."""
    if rect.width() <= 0 or rect.height() <= 0:
        return
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    shade = QColor(colour(ink))
    if pattern == SOLID:
        painter.fillRect(rect, shade)
    else:
        painter.fillRect(rect, QColor(colour("card")))
        path = QPainterPath()
        path.addRect(rect)
        painter.setClipPath(path)
        painter.setPen(QPen(shade, 1.4))
        _draw(painter, rect, pattern, shade)
        painter.setClipping(False)
        painter.setPen(QPen(shade, 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(rect.adjusted(0.5, 0.5, -0.5, -0.5))
    painter.restore()


def _draw(painter: QPainter, rect: QRectF, pattern: int, shade: QColor) -> None:
    if pattern in {LINED, CROSSED}:
        reach = rect.height()
        place = rect.left() - reach
        while place < rect.right() + reach:
            painter.drawLine(QPointF(place, rect.bottom()), QPointF(place + reach, rect.top()))
            if pattern == CROSSED:
                painter.drawLine(QPointF(place, rect.top()), QPointF(place + reach, rect.bottom()))
            place += _STEP
    if pattern == DOTTED:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(shade)
        down = rect.top() + _STEP / 2
        while down < rect.bottom():
            across = rect.left() + _STEP / 2
            while across < rect.right():
                painter.drawEllipse(QPointF(across, down), _DOT, _DOT)
                across += _STEP
            down += _STEP


def blend(low: str, high: str, share: float) -> QColor:
    """Return the colour that lies between two tokens (0 is the first, 1 the second)."""
    one, other = QColor(colour(low)), QColor(colour(high))
    part = min(1.0, max(0.0, share))

    def between(first: float, second: float) -> float:
        return first + (second - first) * part

    return QColor.fromRgbF(
        between(one.redF(), other.redF()),
        between(one.greenF(), other.greenF()),
        between(one.blueF(), other.blueF()),
    )
