"""A page as it will be printed, with its places: hover, choose by mouse or keys where to begin."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from perpusdesk.common.i18n import _
from perpusdesk.ui.kit.accessible import announce, named
from perpusdesk.ui.kit.theme import colour, scaled_font
from perpusdesk.ui.kit.theme.tokens import LIGHT

EDGE: Final = 8
"""Pixels between the page and the edge of the widget."""

_ARROWS: Final = {
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
}
_SMALLEST_NUMBER: Final = 18
"""Pixels of a place that is still large enough for its number."""


@dataclass(frozen=True, slots=True)
class Places:
    """The places of a page in millimetres, row by row; ``used`` of them carry something."""

    page: tuple[float, float]
    places: Sequence[QRectF]
    columns: int
    used: range = range(0)
    choosable: bool = True


class SheetView(QWidget):
    """Shows one page. ``picked`` carries the place (from 0) that was chosen to begin at."""

    picked = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.scale = 3.0
        """Pixels in a millimetre."""
        self._sheet = Places((210.0, 297.0), (), 1)
        self._image: QImage | None = None
        self._over, self._current = -1, 0
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        named(
            self,
            _("Preview of the page"),
            _("Arrow keys go from sticker to sticker, Enter begins there."),
        )

    @property
    def sheet(self) -> Places:
        """The places that are shown."""
        return self._sheet

    @property
    def image(self) -> QImage | None:
        """The picture of the page, once it was made."""
        return self._image

    def show_sheet(self, sheet: Places) -> None:
        """Show these places; the picture stays until the next comes."""
        self._sheet = sheet
        self._current = min(self._current, max(0, len(sheet.places) - 1))
        self._fit()

    def show_image(self, image: QImage | None) -> None:
        """Show the picture of the page, over its whole size."""
        self._image = image
        self.update()

    def set_scale(self, pixels_per_mm: float) -> None:
        """Show the page at another size."""
        self.scale = pixels_per_mm
        self._fit()

    def place_at(self, point: QPointF) -> int:
        """Return the place below a point of the widget, -1 for none."""
        spot = (point - QPointF(EDGE, EDGE)) / self.scale
        return next((n for n, place in enumerate(self._sheet.places) if place.contains(spot)), -1)

    def sizeHint(self) -> QSize:
        """Return the size of the page and its edge."""
        width, height = self._sheet.page
        return QSize(round(width * self.scale) + 2 * EDGE, round(height * self.scale) + 2 * EDGE)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the paper, what is printed on it, and its places."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        paper = QRectF(
            EDGE, EDGE, self._sheet.page[0] * self.scale, self._sheet.page[1] * self.scale
        )
        painter.fillRect(paper, QColor("#FFFFFF"))  # paper is white in every look
        if self._image is not None:
            painter.drawImage(paper, self._image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for number in range(len(self._sheet.places)):
            self._paint_place(painter, number)
        painter.setPen(QPen(colour("line"), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(paper.adjusted(-0.5, -0.5, 0.5, 0.5))

    def leaveEvent(self, event: QEvent) -> None:
        """Forget where the mouse was."""
        self._hover(-1)
        super().leaveEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Follow the mouse."""
        self._hover(self.place_at(event.position()))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the place that was clicked."""
        place = self.place_at(event.position())
        if event.button() == Qt.MouseButton.LeftButton and place >= 0:
            self._current = place
            self._pick()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go from place to place; Enter or the space bar chooses."""
        if event.key() in _ARROWS and self._sheet.places:
            down, right = _ARROWS[Qt.Key(event.key())]
            self._go(self._current + down * self._sheet.columns + right)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._pick()
        else:
            super().keyPressEvent(event)

    def _go(self, place: int) -> None:
        if 0 <= place < len(self._sheet.places):
            self._current = place
            announce(self, _("Sticker {number}").format(number=place + 1))
            self.update()

    def _pick(self) -> None:
        if self._sheet.choosable and self._sheet.places:
            self.picked.emit(self._current)

    def _hover(self, place: int) -> None:
        if place != self._over:
            self._over = place
            choosable = self._sheet.choosable and place >= 0
            hand, arrow = Qt.CursorShape.PointingHandCursor, Qt.CursorShape.ArrowCursor
            self.setCursor(hand if choosable else arrow)
            begin = _("Begin at sticker {number}").format(number=place + 1)
            self.setToolTip(begin if choosable else "")
            self.update()

    def _fit(self) -> None:
        self.setFixedSize(self.sizeHint())
        self.update()

    def _paint_place(self, painter: QPainter, number: int) -> None:
        place = self._sheet.places[number]
        shown = QRectF(place.topLeft() * self.scale, place.size() * self.scale)
        shown.translate(EDGE, EDGE)
        used = number in self._sheet.used
        marked = number == self._over or (self.hasFocus() and number == self._current)
        if not used:
            painter.fillRect(shown, QColor(LIGHT.hover))
        inner = shown.adjusted(0.5, 0.5, -0.5, -0.5)
        if marked and self._sheet.choosable:
            painter.setPen(QPen(QColor(LIGHT.accent), 2))
        else:
            painter.setPen(QPen(QColor(LIGHT.hairline), 1, Qt.PenStyle.DashLine))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(inner, 2, 2)
        if not used and min(shown.width(), shown.height()) >= _SMALLEST_NUMBER:
            painter.setFont(scaled_font("caption", figures=True))
            painter.setPen(QColor(LIGHT.accent if marked else LIGHT.muted))
            painter.drawText(shown, Qt.AlignmentFlag.AlignCenter, str(number + 1))
