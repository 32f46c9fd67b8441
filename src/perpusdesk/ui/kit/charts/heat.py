"""A week by hours: the fuller an hour, the darker its place; each says its number too."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from perpusdesk.ui.kit.charts.chart import Chart, Mark, Twin
from perpusdesk.ui.kit.charts.patterns import blend
from perpusdesk.ui.kit.theme import colour
from perpusdesk.ui.kit.theme.contrast import contrast

_ROW: Final = 1.7
_INKS: Final = ("text", "on_accent")

Place = tuple[int, int]


class HeatMap(Chart):
    """Rows by columns of numbers."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self._rows: Sequence[str] = ()
        self._columns: Sequence[str] = ()
        self._values: Mapping[Place, float] = {}
        self._say: Callable[[float], str] = str
        self._what: Callable[[Place], Any] = lambda _place: None

    def show_values(
        self,
        rows: Sequence[str],
        columns: Sequence[str],
        values: Mapping[Place, float],
        say: Callable[[float], str],
        what: Callable[[Place], Any],
    ) -> None:
        """Show numbers by (row, column); a place without one is empty."""
        self._rows, self._columns, self._values = rows, columns, values
        self._say, self._what = say, what
        self.renew()

    def lines(self) -> float:
        """Return the height in lines."""
        return max(1, len(self._rows)) * _ROW + 1.6

    def twin(self) -> Twin:
        """Return the same rows and columns."""
        rows = [
            (
                name,
                *(
                    self._say(self._values[row, column]) if (row, column) in self._values else ""
                    for column in range(len(self._columns))
                ),
            )
            for row, name in enumerate(self._rows)
        ]
        return Twin(("", *self._columns), tuple(rows))

    def mark_at(self, row: int, column: int) -> Mark | None:
        """Return the mark of a row and a column."""
        places = [place for place in sorted(self._values) if self._is_shown(place)]
        wanted = (row, column - 1)
        return self.marks[places.index(wanted)] if wanted in places else None

    def _is_shown(self, place: Place) -> bool:
        return place[0] < len(self._rows) and 0 <= place[1] < len(self._columns)

    def _box(self, row: int, column: int) -> QRectF:
        left = max((self.wide(name) for name in self._rows), default=0) + 10
        each = max(6.0, (self.width() - left) / max(1, len(self._columns)))
        height = self.line * _ROW
        return QRectF(left + column * each, self.line * 1.4 + row * height, each, height)

    def lay_out(self) -> list[tuple[QRectF, Mark]]:
        """Return a mark for each number."""
        places = []
        for row, column in sorted(self._values):
            if self._is_shown((row, column)):
                label = f"{self._rows[row]} {self._columns[column]}"
                said = self._say(self._values[row, column])
                mark = Mark(label, said, self._what((row, column)))
                places.append((self._box(row, column), mark))
        return places

    def paint(self, painter: QPainter) -> None:
        """Paint names and places."""
        middle = Qt.AlignmentFlag.AlignHCenter
        for column, name in enumerate(self._columns):
            box = self._box(0, column)
            self.write(
                painter, QRectF(box.left(), 0, box.width(), self.line * 1.3), name, align=middle
            )
        most = max(self._values.values(), default=0) or 1
        for row, name in enumerate(self._rows):
            box = self._box(row, 0)
            self.write(painter, QRectF(2, box.top(), box.left() - 4, box.height()), name, "text")
            for column in range(len(self._columns)):
                value = self._values.get((row, column))
                self._cell(painter, self._box(row, column), value, most)

    def _cell(self, painter: QPainter, box: QRectF, value: float | None, most: float) -> None:
        inner = box.adjusted(1, 1, -1, -1)
        if value is None:
            painter.setPen(QPen(colour("hairline"), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(inner.adjusted(0.5, 0.5, -0.5, -0.5), 2, 2)
            return
        share = value / most
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(blend("accent_tint", "accent", share))
        painter.drawRoundedRect(inner, 2, 2)
        said = self._say(value)
        if self.wide(said) <= inner.width():
            ground = blend("accent_tint", "accent", share).name()
            ink = max(_INKS, key=lambda one: contrast(colour(one).name(), ground))
            self.write(painter, inner, said, ink, Qt.AlignmentFlag.AlignHCenter)
