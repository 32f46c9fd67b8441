"""Keeps a scanner's Enter from pressing buttons of a dialog that has just opened."""

from __future__ import annotations

import time
from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QPushButton

DEAF_FOR: Final = 0.3
"""Seconds after opening in which Enter does nothing."""

_ENTER: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class DialogGuard(QObject):
    """Guards one dialog for as long as it lives; made by ``guard``."""

    def __init__(self, dialog: QDialog) -> None:
        super().__init__(dialog)
        self._opened = 0.0
        dialog.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take away default buttons when shown, and Enter from the whole window while deaf."""
        if event.type() == QEvent.Type.Show and isinstance(watched, QDialog):
            self._begin(watched)
        deaf = time.monotonic() - self._opened < DEAF_FOR
        return deaf and isinstance(event, QKeyEvent) and event.key() in _ENTER

    def _begin(self, dialog: QDialog) -> None:
        self._opened = time.monotonic()
        for button in dialog.findChildren(QPushButton):
            button.setAutoDefault(False)
            button.setDefault(False)
        if (handle := dialog.windowHandle()) is not None:
            handle.installEventFilter(self)  # keys pass here before any field of the dialog


def guard(dialog: QDialog) -> None:
    """Give ``dialog`` no default button, and 300 ms in which Enter does nothing."""
    DialogGuard(dialog)
