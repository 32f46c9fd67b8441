"""The pieces of the window's frame: the strip of the demo library and the room for a screen."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from perpusdesk.common.i18n import _
from perpusdesk.ui.kit.buttons import icon_button
from perpusdesk.ui.kit.in_page_bar import InPageBar
from perpusdesk.ui.kit.scan_box import ScanBox
from perpusdesk.ui.kit.theme import colour, scaled_font
from perpusdesk.ui.kit.words import words


class DemoStrip(QWidget):
    """A coloured strip across the window that says that nothing here is real."""

    def __init__(self, words: str) -> None:
        super().__init__()
        self._words = words
        self.setAccessibleName(words)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(QFontMetrics(scaled_font("caption", strong=True)).height() + 8)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint it."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), colour("warn"))
        painter.setFont(scaled_font("caption", strong=True))
        painter.setPen(colour("window"))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self._words)


class DockTitle(QWidget):
    """The heading of a docked panel: drag it to move, double-click it to float."""

    def __init__(self, title: str, close: Callable[[], object]) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 16, 8, 8)
        row.addWidget(words(title, "lead", strong=True), 1)
        row.addWidget(icon_button("close", _("Close the panel"), close))


class PageStack(QStackedWidget):
    """All screens, one of them in front; it takes the room that there is, whatever they need.

    A stack otherwise asks every screen, also those that nobody sees, how high it would be in each
    width, whenever anything changes on the one in front.
    """

    def hasHeightForWidth(self) -> bool:
        """No: the window's room decides."""
        return False


class Room(QWidget):
    """The scan box, the bar for problems, and below them the screen."""

    def __init__(self, box: ScanBox, bar: InPageBar, screen: QWidget) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 0)
        column.setSpacing(12)
        column.addWidget(box)
        column.addWidget(bar)
        column.addWidget(screen, 1)
