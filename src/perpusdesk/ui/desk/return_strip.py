"""The strip that says: every scan is a return now."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from perpusdesk.common.i18n import _
from perpusdesk.ui.kit.buttons import quiet_button
from perpusdesk.ui.kit.theme import RADIUS_CARD
from perpusdesk.ui.kit.theme.paint import rounded
from perpusdesk.ui.kit.words import picture, words


class ReturnStrip(QWidget):
    """Hidden until the mode is on."""

    def __init__(self, leave: Callable[[], object], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 8, 8, 8)
        row.setSpacing(12)
        row.addWidget(picture("return", "accent", 24))
        row.addWidget(words(_("Taking back: every scan is a return"), "lead", strong=True), 1)
        row.addWidget(quiet_button(_("Back to lending"), leave, keys="Esc"))
        self.hide()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the quiet ground."""
        rounded(QPainter(self), self.rect(), fill="accent_tint", radius=RADIUS_CARD)
