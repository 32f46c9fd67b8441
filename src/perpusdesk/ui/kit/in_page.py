"""A question in the page: a quiet ground, Esc gives up, the keyboard goes back."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QWidget

from perpusdesk.ui.kit.theme import RADIUS_CARD
from perpusdesk.ui.kit.theme.paint import rounded


class InPage(QWidget):
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

    def event(self, event: QEvent) -> bool:
        """Keep Esc from the window: here it gives the question up."""
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.ShortcutOverride
            and event.key() == Qt.Key.Key_Escape
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Give up with Esc."""
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the quiet ground."""
        rounded(QPainter(self), self.rect(), fill="accent_tint", radius=RADIUS_CARD)
