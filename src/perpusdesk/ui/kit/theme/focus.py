"""The focus ring: one frame that goes where the keyboard is."""

from __future__ import annotations

from typing import cast

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


class FocusRing(QFocusFrame):
    """Surrounds the control that has the focus; lists show it in their rows instead."""

    def __init__(self, app: QApplication) -> None:
        super().__init__()
        self.setObjectName("focus-ring")
        app.focusChanged.connect(self._follow)

    def _follow(self, _before: QWidget | None, now: QWidget | None) -> None:
        wanted = isinstance(now, RINGED) and not now.property(NO_RING)
        self.setWidget(cast("QWidget", now if wanted else None))  # None takes it away
