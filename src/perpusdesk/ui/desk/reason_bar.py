"""One question with one field and one button, in the page, never a dialog."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from perpusdesk.common.i18n import _
from perpusdesk.ui.desk.questions import Question, exception
from perpusdesk.ui.kit.buttons import primary_button, quiet_button
from perpusdesk.ui.kit.theme import RADIUS_CARD
from perpusdesk.ui.kit.theme.paint import rounded
from perpusdesk.ui.kit.words import words


class ReasonBar(QWidget):
    """Hidden until ``ask``; gives the answer to whoever asked, or nothing on cancel.

    ``left`` tells that the keyboard is free for something else.
    """

    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._then: Callable[[str], object] | None = None
        first = exception()
        self._text = words(first.text, strong=True, wrap=True)
        self._field = QLineEdit()
        self._field.setMaxLength(200)
        self._field.returnPressed.connect(self._send)
        self._go = primary_button(first.verb, self._send)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._field, 1)
        row.addWidget(self._go)
        row.addWidget(quiet_button(_("Cancel"), self.leave))
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(8)
        column.addWidget(self._text)
        column.addLayout(row)
        self._say(first)
        self.hide()

    def ask(self, then: Callable[[str], object], question: Question, proposal: str = "") -> None:
        """Show the question; ``then`` gets the answer (never empty)."""
        self._then = then
        self._say(question)
        self._field.setText(proposal)
        self._field.selectAll()
        self.show()
        self._field.setFocus()

    def answer(self, text: str) -> None:
        """Answer what is asked, as if it had been typed."""
        self._field.setText(text)
        self._send()

    def leave(self) -> None:
        """Hide without doing anything."""
        self._then = None
        if self.isVisible():
            self.hide()
            self.left.emit()

    def _say(self, question: Question) -> None:
        self._text.setText(question.text)
        self._field.setAccessibleName(question.name)
        self._field.setPlaceholderText(question.example)
        self._go.setText(question.verb)
        self._go.setAccessibleName(question.verb)

    def _send(self) -> None:
        answer, then = self._field.text().strip(), self._then
        if answer and then:
            self.leave()
            then(answer)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the quiet ground."""
        rounded(QPainter(self), self.rect(), fill="accent_tint", radius=RADIUS_CARD)
