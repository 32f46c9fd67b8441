"""The few shapes the style and the kit paint with."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from perpusdesk.ui.kit.theme.state import STATE
from perpusdesk.ui.kit.theme.tokens import RADIUS_FIELD


def token_colour(name: str) -> QColor:
    """Return the colour of token ``name`` in the look in use."""
    return QColor(getattr(STATE.tokens, name))


def rounded(
    painter: QPainter,
    rect: QRect | QRectF,
    *,
    fill: str | None = None,
    line: str | None = None,
    radius: float = RADIUS_FIELD,
    width: float = 1.0,
) -> None:
    """Paint a rounded rectangle inside ``rect``; ``fill`` and ``line`` are token names."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    half = width / 2 if line else 0.0
    shape = QRectF(rect).adjusted(half, half, -half, -half)
    painter.setPen(QPen(token_colour(line), width) if line else Qt.PenStyle.NoPen)
    painter.setBrush(token_colour(fill) if fill else Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(shape, radius, radius)
    painter.restore()


def chevron(painter: QPainter, rect: QRect, ink: str, *, up: bool = False) -> None:
    """Paint a small open arrow in the middle of ``rect``."""
    centre, half = QPointF(rect.center()) + QPointF(0.5, 0.5), 4.0
    rise = -half / 2 if up else half / 2
    stroke(
        painter,
        [
            centre + QPointF(-half, -rise),
            centre + QPointF(0, rise),
            centre + QPointF(half, -rise),
        ],
        ink,
        1.6,
    )


def tick(painter: QPainter, rect: QRect, ink: str) -> None:
    """Paint a check mark that fills most of ``rect``."""
    box = QRectF(rect)

    def at(across: float, down: float) -> QPointF:
        return QPointF(box.left() + across * box.width(), box.top() + down * box.height())

    stroke(painter, [at(0.24, 0.53), at(0.43, 0.71), at(0.77, 0.31)], ink, 2.0)


def stroke(painter: QPainter, points: list[QPointF], ink: str, width: float) -> None:
    """Paint an open line with round ends through ``points``."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    pen = QPen(token_colour(ink), width)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    painter.drawPolyline(QPolygonF(points))
    painter.restore()
