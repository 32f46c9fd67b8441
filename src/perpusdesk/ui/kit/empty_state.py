"""What stands where nothing is yet: what this place is for, and the one button that fills it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from perpusdesk.ui.kit.buttons import primary_button, quiet_button
from perpusdesk.ui.kit.words import picture, words

Step = tuple[str, Callable[[], object]]
"""A verb and what it does."""

_WIDEST = 480


class EmptyState(QWidget):
    """An icon, a sentence, and at most one main step and one other, in the middle of the room."""

    def __init__(
        self,
        icon: str,
        what: str,
        why: str = "",
        *,
        main: Step | None = None,
        other: Step | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        middle = Qt.AlignmentFlag.AlignHCenter
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(8)
        column.addStretch(2)
        column.addWidget(picture(icon, "muted", 48), 0, middle)
        column.addSpacing(8)
        column.addLayout(_centred(what, "lead"))
        if why:
            column.addLayout(_centred(why, "body"))
        if main or other:
            column.addSpacing(8)
            column.addLayout(_steps(main, other))
        column.addStretch(3)


def _centred(text: str, size: str) -> QHBoxLayout:
    label = words(
        text,
        "lead" if size == "lead" else "body",
        "text" if size == "lead" else "muted",
        strong=size == "lead",
        wrap=True,
    )
    label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
    label.setMaximumWidth(_WIDEST)
    row = QHBoxLayout()
    row.addStretch(1)
    row.addWidget(label, 8)
    row.addStretch(1)
    return row


def _steps(main: Step | None, other: Step | None) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(8)
    row.addStretch(1)
    if main:
        row.addWidget(primary_button(*main))
    if other:
        row.addWidget(quiet_button(*other))
    row.addStretch(1)
    return row
