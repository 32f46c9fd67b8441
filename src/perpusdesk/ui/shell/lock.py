"""The room behind the lock: the whole window, or one screen that hides all of it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QStackedWidget, QWidget


class Lock(QStackedWidget):
    """Holds the window's frame; what is covered is neither painted nor has the keyboard."""

    def __init__(self, frame: QWidget) -> None:
        super().__init__()
        self._frame = frame
        self._focus: QWidget | None = None
        self.addWidget(frame)

    @property
    def locked(self) -> bool:
        """Whether a screen covers the frame."""
        return self.currentWidget() is not self._frame

    def cover(self, screen: QWidget) -> None:
        """Put ``screen`` before the frame, and remember where the keyboard was."""
        if not self.locked:
            focus = QApplication.focusWidget()
            self._focus = focus if focus and self._frame.isAncestorOf(focus) else None
        if self.indexOf(screen) < 0:
            self.addWidget(screen)
        self.setCurrentWidget(screen)

    def uncover(self) -> None:
        """Show the frame again, with the keyboard where it was."""
        self.setCurrentWidget(self._frame)
        if self._focus is not None:
            self._focus.setFocus(Qt.FocusReason.OtherFocusReason)
        self._focus = None
