"""A question in the page: a quiet ground, Esc gives up, the keyboard goes back."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QWidget

from perpusdesk.ui.kit.own_escape import OwnEscape
from perpusdesk.ui.kit.theme import RADIUS_CARD
from perpusdesk.ui.kit.theme.paint import rounded


class InPage(OwnEscape):
    """Hidden until ``come``; ``left`` tells that it was answered or given up."""

    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._came_from: QWidget | None = None
        self.hide()

    def come(self, first: QWidget) -> None:
        """Show the question and give ``first`` the keyboard."""
        focus = QApplication.focusWidget()
        if focus is not None and not self.isAncestorOf(focus):
            self._came_from = focus
        self.show()
        self.updateGeometry()
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def leave(self) -> None:
        """Hide, and give the keyboard back to where it was."""
        if self.isHidden():
            return
        focus = QApplication.focusWidget()
        if focus is not None and self.isAncestorOf(focus):
            focus.clearFocus()
        self.hide()
        back, self._came_from = self._came_from, None
        if back is not None and back.isVisible():
            back.setFocus(Qt.FocusReason.OtherFocusReason)
        self.left.emit()

    def on_escape(self) -> None:
        """Give the question up."""
        self.leave()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the quiet ground."""
        rounded(QPainter(self), self.rect(), fill="accent_tint", radius=RADIUS_CARD)
