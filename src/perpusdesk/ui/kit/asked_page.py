"""A page whose question takes its place while it is asked."""

from __future__ import annotations

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from perpusdesk.ui.kit.ask_card import AskCard
from perpusdesk.ui.kit.scrolled import scrolled


class AskedPage(QStackedWidget):
    """Shows the page; ``show_question`` brings the card to the front until it is left."""

    def __init__(self, page: QWidget, ask: AskCard) -> None:
        super().__init__()
        question = QWidget()
        column = QVBoxLayout(question)
        column.setContentsMargins(0, 0, 8, 16)
        column.addWidget(ask)
        column.addStretch(1)
        self.addWidget(scrolled(page))
        self.addWidget(scrolled(question))
        ask.left.connect(lambda: self.setCurrentIndex(0))

    def show_question(self) -> None:
        """Bring the question to the front."""
        self.setCurrentIndex(1)
