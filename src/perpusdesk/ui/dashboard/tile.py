"""A figure of the month, large, with what it was a year before."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from perpusdesk.common.formats import number
from perpusdesk.common.i18n import _
from perpusdesk.services.figures.dashboard import Tile
from perpusdesk.services.wording.measures import measure_name
from perpusdesk.ui.dashboard import text
from perpusdesk.ui.kit.accessible import named
from perpusdesk.ui.kit.buttons import icon_button
from perpusdesk.ui.kit.cards import Card
from perpusdesk.ui.kit.theme import RADIUS_CARD, colour
from perpusdesk.ui.kit.words import words


class FigureTile(Card):
    """Chosen by a click or Enter: the line below then shows this figure.

    ``origin_asked``: where does this number come from?
    """

    chosen = Signal(str)
    origin_asked = Signal(str)

    def __init__(self, measure: str) -> None:
        super().__init__()
        self.measure = measure
        self._front = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._value = words("", "title", strong=True, figures=True)
        self._change = words("", "caption", strong=True)
        self._before = words("", "caption", "muted", wrap=True)
        ask = icon_button("info", "", lambda: self.origin_asked.emit(self.measure))
        label = _("Where does this number come from? {figure}")
        named(ask, label.format(figure=measure_name(measure)))
        ask.setToolTip(_("Where does this number come from?"))
        head = QHBoxLayout()
        head.setSpacing(0)
        head.addWidget(words(measure_name(measure), "body", "muted", wrap=True), 1)
        head.addWidget(ask)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 4, 4, 12)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self._value)
        column.addWidget(self._change)
        column.addWidget(self._before)
        column.addStretch(1)

    def show_tile(self, tile: Tile, month_before: str) -> None:
        """Show a figure."""
        self._value.setText(number(tile.value))
        change, before = text.compared(tile, month_before)
        self._change.setText(change)
        self._change.setVisible(bool(change))
        self._before.setText(before)
        told = f"{measure_name(self.measure)}: {number(tile.value)}"
        named(self, told, " · ".join(filter(None, (change, before))))

    def set_front(self, *, front: bool) -> None:
        """Mark it as the one that the line below shows."""
        self._front = front
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Choose it."""
        if event.button() is Qt.MouseButton.LeftButton:
            self.chosen.emit(self.measure)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose it by Enter or space."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}:
            self.chosen.emit(self.measure)
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Paint anew where the look changed."""
        super().changeEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the ground, a bar below where it is in front, a ring where the keyboard is."""
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._front:
            painter.fillRect(16, self.height() - 4, self.width() - 32, 4, colour("accent"))
        if self.hasFocus():
            painter.setPen(QPen(colour("accent"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            frame = self.rect().adjusted(1, 1, -1, -1)
            painter.drawRoundedRect(frame, RADIUS_CARD, RADIUS_CARD)
        painter.end()
