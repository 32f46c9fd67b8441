"""Labels at the left and what they say beside them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from perpusdesk.ui.kit.words import words


def pairs(told: Sequence[tuple[str, str]], *, gap: int = 4) -> QWidget:
    """Return (label, text) pairs below each other, ``gap`` pixels apart; both wrap.

    A label stands beside the first line of its text. What is told can be marked and copied.
    """
    made = QWidget()
    grid = QGridLayout(made)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(16)
    grid.setVerticalSpacing(gap)
    grid.setColumnStretch(0, 2)
    grid.setColumnStretch(1, 5)
    for place, (label, text) in enumerate(told):
        top = Qt.AlignmentFlag.AlignTop
        grid.addWidget(words(label, tone="muted", wrap=True), place, 0, top)
        said = words(text, wrap=True, figures=True)
        said.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        said.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        grid.addWidget(said, place, 1, top)
    return made
