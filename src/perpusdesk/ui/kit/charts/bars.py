"""Bars that lie: a name, a bar of parts, and what it says at the end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter, QPen

from perpusdesk.ui.kit.charts.chart import Chart, Mark, Twin
from perpusdesk.ui.kit.charts.patterns import fill
from perpusdesk.ui.kit.theme import colour

_ROW: Final = 1.6
_BAR: Final = 0.9


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: its parts from the left (value, pattern), and a line across for ``before``.

    ``said`` stands at the end; ``cells`` are what the twin says of it.
    """

    name: str
    parts: Sequence[tuple[float, int]]
    said: str
    cells: tuple[str, ...]
    what: Any = None
    before: float | None = None


class BarsChart(Chart):
    """A bar for each row, all by one measure."""

    def __init__(self, name: str) -> None:
        super().__init__(name, "body")
        self._bars: Sequence[Bar] = ()
        self._headings: tuple[str, ...] = ()

    def show_bars(self, headings: Sequence[str], bars: Sequence[Bar]) -> None:
        """Show bars; ``headings`` are those of the twin, the first one for the names."""
        self._headings, self._bars = tuple(headings), bars
        self.renew()

    def lines(self) -> float:
        """Return the height in lines."""
        return max(1, len(self._bars)) * _ROW + 0.4

    def twin(self) -> Twin:
        """Return a row for each bar."""
        return Twin(self._headings, tuple((bar.name, *bar.cells) for bar in self._bars))

    def _columns(self) -> tuple[float, float]:
        """Return where bars begin, and how wide the longest may be."""
        names = max((self.wide(bar.name) for bar in self._bars), default=0)
        left = min(names, self.width() * 0.36) + 12
        said = max((self.wide(bar.said) for bar in self._bars), default=0) + 12
        return left, max(20.0, self.width() - left - said)

    def lay_out(self) -> list[tuple[QRectF, Mark]]:
        """Return a mark for each row."""
        height = self.line * _ROW
        return [
            (QRectF(0, place * height, self.width(), height), Mark(bar.name, bar.said, bar.what))
            for place, bar in enumerate(self._bars)
        ]

    def paint(self, painter: QPainter) -> None:
        """Paint names, bars and what they say."""
        left, room = self._columns()
        most = max(
            (max(sum(v for v, _p in bar.parts), bar.before or 0) for bar in self._bars), default=0
        )
        for place, bar in enumerate(self._bars):
            row = QRectF(0, place * self.line * _ROW, self.width(), self.line * _ROW)
            self.write(painter, QRectF(2, row.top(), left - 12, row.height()), bar.name, "text")
            end = self._bar(painter, bar, row, left, room / most if most else 0)
            box = QRectF(end + 8, row.top(), self.width() - end - 8, row.height())
            self.write(painter, box, bar.said, "text")

    def _bar(self, painter: QPainter, bar: Bar, row: QRectF, left: float, scale: float) -> float:
        thick = self.line * _BAR
        top, end = row.center().y() - thick / 2, left
        for value, pattern in bar.parts:
            fill(painter, QRectF(end, top, value * scale, thick), pattern)
            end += value * scale
        painter.setPen(QPen(colour("line"), 1))
        painter.drawLine(QPointF(left + 0.5, row.top()), QPointF(left + 0.5, row.bottom()))
        if bar.before is not None:
            x = left + bar.before * scale
            painter.setPen(QPen(colour("text"), 2))
            painter.drawLine(QPointF(x, top - 3), QPointF(x, top + thick + 3))
            end = max(end, x)
        return end
