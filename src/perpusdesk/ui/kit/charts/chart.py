"""What all charts share: marks that can be pointed at, walked through by arrow keys, and chosen."""

from __future__ import annotations

import math
from abc import abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from perpusdesk.ui.kit.accessible import announce
from perpusdesk.ui.kit.theme import colour, set_type
from perpusdesk.ui.kit.theme.dress import Size

_FORWARD: Final = {Qt.Key.Key_Right, Qt.Key.Key_Down}
_BACK: Final = {Qt.Key.Key_Left, Qt.Key.Key_Up}
_CHOOSE: Final = {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}


@dataclass(frozen=True, slots=True)
class Mark:
    """One thing of a chart: what it is, what it says, and what a click on it means.

    ``what`` is handed out by ``Chart.chosen`` (``None``: there is nothing behind it).
    """

    label: str
    value: str
    what: Any = None

    @property
    def said(self) -> str:
        """The mark in one line."""
        return f"{self.label}: {self.value}"


@dataclass(frozen=True, slots=True)
class Twin:
    """The table that says the same: headings, and the cells of each row."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


class Chart(QWidget):
    """A painted chart. Subclasses put marks into places and paint; the rest is here."""

    chosen = Signal(object)
    table_asked = Signal()

    def __init__(self, name: str, size: Size = "caption") -> None:
        """``name`` is what screen readers call the chart, ``size`` that of its words."""
        super().__init__()
        self._name = name
        self._shown = False
        self._current = -1
        self._hover = -1
        self._places: list[tuple[QRectF, Mark]] = []
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        set_type(self, size, figures=True)
        self.setAccessibleName(name)

    # -- what a chart says of itself -------------------------------------------------------------

    @abstractmethod
    def twin(self) -> Twin:
        """Return the same as a table."""

    @abstractmethod
    def lay_out(self) -> list[tuple[QRectF, Mark]]:
        """Return where each mark is, at the size of now."""

    @abstractmethod
    def paint(self, painter: QPainter) -> None:
        """Paint everything but what is pointed at."""

    @abstractmethod
    def lines(self) -> float:
        """Return how high it wants to be, in lines of its type."""

    def mark_at(self, row: int, column: int) -> Mark | None:
        """Return the mark that a cell of the twin speaks of."""
        return self.marks[row] if column >= 0 and row < len(self.marks) else None

    # -- what is shared --------------------------------------------------------------------------

    @property
    def marks(self) -> list[Mark]:
        """All marks, in the order of the arrow keys."""
        return [mark for _place, mark in self._places]

    def renew(self) -> None:
        """Lay out anew, after the data changed."""
        self._shown = True
        self._current = self._hover = -1
        self._places = self.lay_out()
        self.setAccessibleDescription("; ".join(mark.said for mark in self.marks[:60]))
        self.updateGeometry()
        self.update()

    @property
    def line(self) -> float:
        """The height of a line of text here."""
        return float(self.fontMetrics().lineSpacing())

    def wide(self, text: str) -> float:
        """Return the width of a text here."""
        return float(self.fontMetrics().horizontalAdvance(text))

    def sizeHint(self) -> QSize:
        """Return the height it needs; it is as wide as there is room."""
        return QSize(280, round(self.lines() * self.line) if self._shown else 0)

    def minimumSizeHint(self) -> QSize:
        """Return the least room."""
        return QSize(200, self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay out for the new size."""
        super().resizeEvent(event)
        if self._shown:
            self._places = self.lay_out()

    def changeEvent(self, event: QEvent) -> None:
        """Lay out anew in another size of type."""
        super().changeEvent(event)
        if self._shown and event.type() in {QEvent.Type.FontChange, QEvent.Type.StyleChange}:
            self._places = self.lay_out()
            self.updateGeometry()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the chart, and a frame round what is pointed at."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._shown:
            self.paint(painter)
        for number in {self._hover, self._current if self.hasFocus() else -1} - {-1}:
            if number < len(self._places):
                self._frame(painter, self._places[number][0], strong=number == self._current)
        painter.end()

    @staticmethod
    def _frame(painter: QPainter, place: QRectF, *, strong: bool) -> None:
        ink = colour("accent" if strong else "line")
        painter.setPen(QPen(ink, 2 if strong else 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(place.adjusted(1, 1, -1, -1), 3, 3)

    def write(
        self,
        painter: QPainter,
        place: QRectF,
        text: str,
        ink: str = "muted",
        align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
    ) -> None:
        """Write a text, shortened to the width of its place."""
        painter.setPen(colour(ink))
        said = self.fontMetrics().elidedText(
            text, Qt.TextElideMode.ElideRight, int(place.width()) + 1
        )
        painter.drawText(place, align | Qt.AlignmentFlag.AlignVCenter, said)

    # -- hand and keys ---------------------------------------------------------------------------

    def _at(self, point: QPointF) -> int:
        for number, (place, _mark) in enumerate(self._places):
            if place.contains(point):
                return number
        return -1

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Say what is under the pointer."""
        number = self._at(event.position())
        if number != self._hover:
            self._hover = number
            self.update()
            mark = self._places[number][1] if number >= 0 else None
            linked = mark is not None and mark.what is not None
            shape = Qt.CursorShape.PointingHandCursor if linked else Qt.CursorShape.ArrowCursor
            self.setCursor(shape)
            QToolTip.showText(event.globalPosition().toPoint(), mark.said if mark else "", self)

    def leaveEvent(self, event: QEvent) -> None:
        """Point at nothing any more."""
        self._hover = -1
        self.update()
        super().leaveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Choose what is under the pointer."""
        number = self._at(event.position())
        if event.button() is Qt.MouseButton.LeftButton and number >= 0:
            self._current = number
            self._choose()

    def focusInEvent(self, event: Any) -> None:
        """Begin at the first mark."""
        super().focusInEvent(event)
        if self._current < 0 and self._places:
            self._current = 0
        self.update()

    def focusOutEvent(self, event: Any) -> None:
        """Take the frame away."""
        super().focusOutEvent(event)
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk by arrows, choose by Enter or space, turn to the table by T."""
        key = event.key()
        if key in _FORWARD and self._places:
            self._walk(1)
        elif key in _BACK and self._places:
            self._walk(-1)
        elif key in _CHOOSE and self._current >= 0:
            self._choose()
        elif key == Qt.Key.Key_T and not event.modifiers():
            self.table_asked.emit()
        else:
            super().keyPressEvent(event)

    def _walk(self, step: int) -> None:
        before = 0 if self._current < 0 and step < 0 else self._current
        self._current = (before + step) % len(self._places)
        place, mark = self._places[self._current]
        announce(self, mark.said)
        QToolTip.showText(self.mapToGlobal(place.bottomLeft().toPoint()), mark.said, self)
        self.update()

    def _choose(self) -> None:
        if 0 <= self._current < len(self._places):
            what = self._places[self._current][1].what
            if what is not None:
                self.chosen.emit(what)


def nice_steps(top: float) -> int:
    """Return in how many steps an axis up to ``top`` is read easily: each round in itself."""
    for steps in (4, 3, 5):
        step = top / steps
        first = step / 10.0 ** math.floor(math.log10(step))
        if any(math.isclose(first, round_) for round_ in (1, 2, 2.5, 5)):
            return steps
    return 4


def nice_top(values: Sequence[float]) -> float:
    """Return the round number that an axis ends at: 1, 1.5, 2, ... 10 times a power of ten."""
    most = max(values, default=0)
    if most <= 4:
        return 4
    power = 10.0 ** (len(str(int(most))) - 1)
    return next(
        step * power for step in (1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10) if step * power >= most
    )
