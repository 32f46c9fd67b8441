"""Labels at the left and what they say beside them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from perpusdesk.ui.kit.words import words


def pairs(told: Sequence[tuple[str, str]]) -> QWidget:
    """Return (label, text) pairs below each other; both wrap."""
    made = QWidget()
    grid = QGridLayout(made)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(16)
    grid.setVerticalSpacing(4)
    grid.setColumnStretch(0, 2)
    grid.setColumnStretch(1, 5)
    for place, (label, text) in enumerate(told):
        top = Qt.AlignmentFlag.AlignTop
        grid.addWidget(words(label, tone="muted", wrap=True), place, 0, top)
        grid.addWidget(words(text, wrap=True, figures=True), place, 1, top)
    return made
