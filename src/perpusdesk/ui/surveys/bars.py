"""Bars with their figures beside them, readable in black and white; a table says the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from perpusdesk.ui.kit.theme import colour, scaled_font
from perpusdesk.ui.kit.theme.paint import rounded

_AIR: Final = 10
_NAME_PART: Final = 0.42
_MARK: Final = "▾"


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: ``part`` is 0 to 1 of the whole width; ``marked`` ones are hatched and named so."""

    name: str
    part: float
    figure: str
    marked: bool = False


class Bars(QWidget):
    """Paints bars below each other; a screen reader hears them all as one text."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name
        self._bars: Sequence[Bar] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(name)

    def show_bars(self, bars: Sequence[Bar]) -> None:
        """Show these."""
        self._bars = bars
        spoken = "; ".join(f"{bar.name} {bar.figure}" for bar in bars)
        self.setAccessibleDescription(spoken)
        self.setVisible(bool(bars))
        self.setFixedHeight(self._height() * len(bars))
        self.update()

    def sizeHint(self) -> QSize:
        """Return the room of all bars."""
        return QSize(320, self._height() * len(self._bars))

    def _height(self) -> int:
        return QFontMetrics(scaled_font()).height() + _AIR

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint names, bars and figures."""
        painter = QPainter(self)
        painter.setFont(scaled_font(figures=True))
        metrics = painter.fontMetrics()
        figures = max((metrics.horizontalAdvance(bar.figure) for bar in self._bars), default=0) + 8
        names = min(
            round(self.width() * _NAME_PART),
            max((metrics.horizontalAdvance(_named(bar)) for bar in self._bars), default=0) + 12,
        )
        for place, bar in enumerate(self._bars):
            room = QRect(0, place * self._height(), self.width(), self._height())
            self._paint_bar(painter, bar, room, (names, figures))

    def _paint_bar(self, painter: QPainter, bar: Bar, room: QRect, sides: tuple[int, int]) -> None:
        names, figures = sides
        middle = Qt.AlignmentFlag.AlignVCenter
        metrics = painter.fontMetrics()
        painter.setPen(colour("text"))
        name = metrics.elidedText(_named(bar), Qt.TextElideMode.ElideRight, names - 12)
        painter.drawText(room, Qt.AlignmentFlag.AlignLeft | middle, name)
        painter.drawText(room, Qt.AlignmentFlag.AlignRight | middle, bar.figure)
        whole = QRectF(room.adjusted(names, _AIR // 2, -figures, -_AIR // 2))
        rounded(painter, whole, fill="hover", radius=3)
        part = QRectF(whole)
        part.setWidth(max(2.0, whole.width() * min(max(bar.part, 0.0), 1.0)))
        rounded(painter, part, fill="accent", radius=3)
        if bar.marked:
            hatch = QBrush(colour("card"), Qt.BrushStyle.BDiagPattern)
            painter.fillRect(part.adjusted(1, 1, -1, -1), hatch)


def _named(bar: Bar) -> str:
    return f"{_MARK} {bar.name}" if bar.marked else bar.name
