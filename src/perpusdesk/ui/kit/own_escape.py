"""A widget that answers Esc itself, before the window does."""

from __future__ import annotations

from abc import abstractmethod

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget


class OwnEscape(QWidget):
    """Whatever has the keyboard inside of it, Esc comes here."""

    @abstractmethod
    def on_escape(self) -> None:
        """Do what Esc means here."""

    def event(self, event: QEvent) -> bool:
        """Keep Esc from the window."""
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.ShortcutOverride
            and event.key() == Qt.Key.Key_Escape
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Hand Esc on."""
        if event.key() == Qt.Key.Key_Escape:
            self.on_escape()
        else:
            super().keyPressEvent(event)
