"""A choice in a page that scrolls: the mouse wheel moves the page, never the choice."""

from __future__ import annotations

import contextlib
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QSizePolicy

from perpusdesk.ui.kit.forms import Choice

V = TypeVar("V")
_FEWEST = 12


class CalmChoice(Choice[V]):
    """Changes by the keyboard and by its list alone; never wider than its room."""

    def __init__(self, options: list[tuple[str, V]], name: str) -> None:
        super().__init__(options)
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(_FEWEST)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def choose_if_offered(self, value: V) -> None:
        """Choose a value, where it is among those offered."""
        with contextlib.suppress(ValueError):
            self.choose(value)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the page."""
        event.ignore()
