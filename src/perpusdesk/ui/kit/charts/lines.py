"""Lines over months: each with its own stroke and mark, and its name at the end."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from perpusdesk.common.formats import number
from perpusdesk.ui.kit.charts.chart import Chart, Mark, Twin, nice_steps, nice_top
from perpusdesk.ui.kit.theme import colour

_STROKES: Final = (
    (Qt.PenStyle.SolidLine, 2.4, "accent"),
    (Qt.PenStyle.DashLine, 1.6, "muted"),
    (Qt.PenStyle.DotLine, 2.0, "text"),
)
_DOT: Final = 3.4


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its name, a value for each place, and what a click at each of them means."""

    name: str
    values: Sequence[int]
    whats: Sequence[Any] = ()


class LinesChart(Chart):
    """Up to three lines over the same places (months)."""

    def __init__(self, name: str, say: Callable[[int], str] = number) -> None:
        super().__init__(name)
        self._say = say
        self._labels: Sequence[str] = ()
        self._long: Sequence[str] = ()
        self._lines: Sequence[Line] = ()

    def show_lines(
        self, labels: Sequence[str], lines: Sequence[Line], long: Sequence[str] = ()
    ) -> None:
        """Show lines; ``labels`` stand below, ``long`` are the same in full."""
        self._labels, self._lines, self._long = labels, lines, long or labels
        self.renew()

    def lines(self) -> float:
        """Return the height in lines."""
        return 13.0

    def twin(self) -> Twin:
        """Return a row for each month."""
        rows = [
            (label, *(self._say(line.values[place]) for line in self._lines))
            for place, label in enumerate(self._long)
        ]
        return Twin(("", *(line.name for line in self._lines)), tuple(rows))

    def mark_at(self, row: int, column: int) -> Mark | None:
        """Return the mark of a month and a line."""
        place = (column - 1) * len(self._labels) + row
        return self.marks[place] if column > 0 and place < len(self.marks) else None

    # -- places ----------------------------------------------------------------------------------

    @property
    def _top(self) -> float:
        return nice_top([value for line in self._lines for value in line.values])

    @property
    def _room(self) -> QRectF:
        left = self.wide(self._say(round(self._top))) + 10
        right = max((self.wide(line.name) for line in self._lines), default=0) + 14
        upper, lower = self.line * 0.7, self.line * 1.6
        return QRectF(
            left, upper, max(20.0, self.width() - left - right), self.height() - upper - lower
        )

    def _x(self, place: int) -> float:
        room, count = self._room, max(2, len(self._labels))
        return room.left() + room.width() * place / (count - 1)

    def _y(self, value: float) -> float:
        room = self._room
        return room.bottom() - room.height() * value / self._top

    def lay_out(self) -> list[tuple[QRectF, Mark]]:
        """Return a mark for each value of each line."""
        if not self._lines or not self._labels:
            return []
        places = []
        for line in self._lines:
            for place, value in enumerate(line.values):
                label = f"{self._long[place]}, {line.name}"
                what = line.whats[place] if line.whats else None
                middle = QPointF(self._x(place), self._y(value))
                box = QRectF(middle.x() - 9, middle.y() - 9, 18, 18)
                places.append((box, Mark(label, self._say(value), what)))
        return places

    # -- painting --------------------------------------------------------------------------------

    def paint(self, painter: QPainter) -> None:
        """Paint the grid, the lines, and their names."""
        self._grid(painter)
        for number_, line in reversed(list(enumerate(self._lines))):
            self._line(painter, number_, line)
        self._names(painter)

    def _grid(self, painter: QPainter) -> None:
        room = self._room
        steps = nice_steps(self._top)
        for step in range(steps + 1):
            value = self._top * step / steps
            y = round(self._y(value)) + 0.5
            painter.setPen(QPen(colour("hairline"), 1))
            painter.drawLine(QPointF(room.left(), y), QPointF(room.right(), y))
            if value == round(value):
                box = QRectF(0, y - self.line / 2, room.left() - 8, self.line)
                self.write(painter, box, self._say(round(value)), align=Qt.AlignmentFlag.AlignRight)
        each = room.width() / max(1, len(self._labels) - 1)
        apart = 1 if each > max((self.wide(one) for one in self._labels), default=0) + 4 else 2
        for place, label in enumerate(self._labels):
            if (len(self._labels) - 1 - place) % apart == 0:
                width = self.wide(label) + 4
                box = QRectF(self._x(place) - width / 2, room.bottom() + 4, width, self.line)
                self.write(painter, box, label, align=Qt.AlignmentFlag.AlignHCenter)

    def _line(self, painter: QPainter, number_: int, line: Line) -> None:
        style, width, ink = _STROKES[number_ % len(_STROKES)]
        points = [QPointF(self._x(place), self._y(v)) for place, v in enumerate(line.values)]
        pen = QPen(colour(ink), width, style)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPolyline(QPolygonF(points))
        painter.setPen(QPen(colour(ink), 1.4))
        painter.setBrush(QColor(colour(ink if number_ == 0 else "card")))
        for point in points:
            if number_ == 1:
                side = _DOT * 2
                painter.drawRect(QRectF(point.x() - _DOT, point.y() - _DOT, side, side))
            elif number_ == 0:
                painter.drawEllipse(point, _DOT, _DOT)
            else:
                painter.drawPolygon(_triangle(point))

    def _names(self, painter: QPainter) -> None:
        """Write each name at the end of its line, none over another."""
        ends = sorted(
            ((self._y(line.values[-1]), place, line) for place, line in enumerate(self._lines)),
            key=lambda end: end[0],
        )
        lowest = -self.line
        for y, place, line in ends:
            middle = max(y, lowest + self.line)
            lowest = middle
            box = QRectF(self._room.right() + 8, middle - self.line / 2, self.width(), self.line)
            self.write(painter, box, line.name, _STROKES[place % len(_STROKES)][2])


def _triangle(point: QPointF) -> QPolygonF:
    return QPolygonF(
        [
            point + QPointF(0, -_DOT - 0.6),
            point + QPointF(_DOT + 0.6, _DOT),
            point + QPointF(-_DOT - 0.6, _DOT),
        ]
    )
