"""A panel over the window, not a dialog: Esc or a click beside closes it."""

from __future__ import annotations

from typing import Final

import shiboken6
from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from perpusdesk.ui.kit.theme import RADIUS_CARD
from perpusdesk.ui.kit.theme.paint import rounded

_TOP: Final = 72
_EDGE: Final = 24
_DIM: Final = QColor(16, 22, 29, 96)


class Overlay(QWidget):
    """Dims the window it lies on and holds one panel (``self.body``); hidden at first."""

    closed = Signal()

    def __init__(self, window: QWidget, widest: int = 640, *, whole: bool = False) -> None:
        """``whole``: the panel fills the window up to its edges, whatever it holds."""
        super().__init__(window)
        self._widest, self._whole = widest, whole
        self._came_from: QWidget | None = None
        self._panel = _Panel(self)
        self.body = QVBoxLayout(self._panel)
        self.body.setContentsMargins(16, 16, 16, 16)
        self.body.setSpacing(12)
        window.installEventFilter(self)
        self.hide()

    def open(self, first: QWidget | None = None) -> None:
        """Show the panel and give ``first`` the keyboard."""
        if not self.isVisible():
            self._came_from = QApplication.focusWidget()
        self._settle()
        self.show()
        self.raise_()
        (first or self._panel).setFocus(Qt.FocusReason.PopupFocusReason)

    def close_panel(self) -> None:
        """Hide the panel and give the keyboard back."""
        if not self.isVisible():
            return
        self.hide()
        if self._came_from is not None and shiboken6.isValid(self._came_from):
            self._came_from.setFocus(Qt.FocusReason.PopupFocusReason)
        self._came_from = None
        self.closed.emit()

    def take_typing(self, _typed: str) -> bool:
        """Take what was typed where no field was; tell whether it was wanted."""
        return False

    def settle(self) -> None:
        """Fit the panel to what it holds now."""
        self._settle()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close on Esc."""
        if event.key() == Qt.Key.Key_Escape:
            self.close_panel()
            return
        super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Close on a click beside the panel."""
        if not self._panel.geometry().contains(event.position().toPoint()):
            self.close_panel()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Cover the window at whatever size it takes."""
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._settle()
        return super().eventFilter(watched, event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Dim what lies below."""
        QPainter(self).fillRect(self.rect(), _DIM)

    def _settle(self) -> None:
        window = self.parentWidget()
        if window is None:
            return
        self.setGeometry(window.rect())
        if self._whole:
            self._panel.setGeometry(self.rect().adjusted(_EDGE, _EDGE, -_EDGE, -_EDGE))
            return
        width = min(self._widest, self.width() - 2 * _EDGE)
        room = self.height() - _TOP - _EDGE
        wanted = self._panel.sizeHint().height()
        if self._panel.hasHeightForWidth():
            wanted = self._panel.heightForWidth(width)
        self._panel.setGeometry((self.width() - width) // 2, _TOP, width, min(room, wanted))


class _Panel(QWidget):
    def paintEvent(self, _event: QPaintEvent) -> None:
        rounded(QPainter(self), self.rect(), fill="card", line="line", radius=RADIUS_CARD)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.accept()
