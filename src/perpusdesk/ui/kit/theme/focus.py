"""The focus ring: one frame that goes where the keyboard is."""

from __future__ import annotations

from typing import cast

import shiboken6
from PySide6.QtCore import QObject
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QFocusFrame,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)

RINGED = (
    QAbstractButton,
    QAbstractSpinBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
)
NO_RING = "pd_no_ring"
"""Property of a widget that shows its focus by itself."""


class FocusRing(QObject):
    """Surrounds the control that has the focus; lists show it in their rows instead."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._frame: QFocusFrame | None = None
        app.focusChanged.connect(self._follow)

    def _follow(self, _before: QWidget | None, now: QWidget | None) -> None:
        wanted = isinstance(now, RINGED) and not now.property(NO_RING)
        frame = self._living_frame()
        frame.setWidget(cast("QWidget", now if wanted else None))  # None takes it away

    def _living_frame(self) -> QFocusFrame:
        """Return the frame; it moves into the window it is used in and goes with that window."""
        if self._frame is None or not shiboken6.isValid(self._frame):
            self._frame = QFocusFrame()
            self._frame.setObjectName("focus-ring")
        return self._frame
