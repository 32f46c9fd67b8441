"""The room of a question that takes the place of a list: it scrolls where there is little room."""

from __future__ import annotations

from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from perpusdesk.ui.kit.ask_card import AskCard
from perpusdesk.ui.kit.scrolled import scrolled


def asking(ask: AskCard) -> QScrollArea:
    """Return the room of a question, which stands at its top."""
    room = QWidget()
    column = QVBoxLayout(room)
    column.setContentsMargins(0, 0, 8, 0)
    column.addWidget(ask)
    column.addStretch(1)
    return scrolled(room)
