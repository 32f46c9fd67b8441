"""The hours of today as a row of bars, each with its figure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from perpusdesk.common.formats import number
from perpusdesk.common.i18n import _
from perpusdesk.ui.kit.accessible import named
from perpusdesk.ui.kit.theme import colour, scaled_font
from perpusdesk.ui.kit.theme.paint import rounded
from perpusdesk.ui.visits import text

_TALLEST: Final = 72
_GAP: Final = 8


class HourBars(QWidget):
    """One bar per hour; the hour below it, the people above it."""

    def __init__(self) -> None:
        super().__init__()
        self._hours: Sequence[tuple[int, int]] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.show_hours(())

    def show_hours(self, hours: Sequence[tuple[int, int]]) -> None:
        """Show people by hour, from left to right."""
        self._hours = hours
        named(self, _("Visitors by hour"), text.hours_spoken(hours))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return room for the bars and two lines of figures."""
        line = QFontMetrics(scaled_font("caption")).height()
        return QSize(200, _TALLEST + 2 * line + _GAP)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the bars."""
        if not self._hours:
            return
        painter = QPainter(self)
        painter.setFont(scaled_font("caption"))
        line = painter.fontMetrics().height()
        most = max(1, *(people for _hour, people in self._hours))
        across = self.width() / len(self._hours)
        floor = self.height() - line - _GAP / 2
        middle = Qt.AlignmentFlag.AlignHCenter
        for place, (hour, people) in enumerate(self._hours):
            left = place * across
            tall = max(2.0, _TALLEST * people / most)
            bar = QRectF(left + across * 0.18, floor - tall, across * 0.64, tall)
            rounded(
                painter, bar, fill="accent" if people else "hairline", radius=min(4.0, tall / 2)
            )
            painter.setPen(colour("muted"))
            below = QRectF(left, floor + _GAP / 2, across, line)
            painter.drawText(below, middle, f"{hour:02d}")
            if people:
                painter.setPen(colour("text"))
                above = QRectF(left - _GAP, floor - tall - line, across + 2 * _GAP, line)
                painter.drawText(above, middle, number(people))
