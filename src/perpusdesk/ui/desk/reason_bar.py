"""Why an exception is made: one field and one button, in the page, never a dialog."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from perpusdesk.common.i18n import _
from perpusdesk.ui.kit.buttons import primary_button, quiet_button
from perpusdesk.ui.kit.theme import RADIUS_CARD
from perpusdesk.ui.kit.theme.paint import rounded
from perpusdesk.ui.kit.words import words


class ReasonBar(QWidget):
    """Hidden until ``ask``; gives the reason to whoever asked, or nothing on cancel."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._then: Callable[[str], object] | None = None
        self._field = QLineEdit()
        self._field.setAccessibleName(_("Reason for the exception"))
        self._field.setPlaceholderText(_("For example: needed for an exam, agreed with the head"))
        self._field.setMaxLength(200)
        self._field.returnPressed.connect(self._send)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._field, 1)
        row.addWidget(primary_button(_("Lend all the same"), self._send))
        row.addWidget(quiet_button(_("Cancel"), self.leave))
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(8)
        column.addWidget(
            words(_("Why is an exception made? It is recorded with your name."), strong=True)
        )
        column.addLayout(row)
        self.hide()

    def ask(self, then: Callable[[str], object]) -> None:
        """Show the field; ``then`` gets the reason (never empty)."""
        self._then = then
        self._field.clear()
        self.show()
        self._field.setFocus()

    def leave(self) -> None:
        """Hide without doing anything."""
        self._then = None
        self.hide()

    def _send(self) -> None:
        reason, then = self._field.text().strip(), self._then
        if reason and then:
            self.leave()
            then(reason)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the quiet ground."""
        rounded(QPainter(self), self.rect(), fill="accent_tint", radius=RADIUS_CARD)
