"""A QR code on the screen, as large as a phone across the desk can read."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from perpusdesk.printing.barcodes import Symbology, modules

_SIDE: Final = 260
_QUIET: Final = 4
"""Modules of white around a code: readers need them."""


class QrView(QWidget):
    """Paints one code, black on white in every look; ``say`` is what screen readers hear."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedSize(_SIDE, _SIDE)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._grid: tuple[tuple[bool, ...], ...] = ()

    def show_text(self, text: str, say: str) -> None:
        """Show the code of a text."""
        self._grid = tuple(tuple(bool(one) for one in row) for row in modules(text, Symbology.QR))
        self.setAccessibleName(say)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint whole pixels for each module, in the middle."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(Qt.GlobalColor.white))
        if not self._grid:
            return
        count = len(self._grid) + 2 * _QUIET
        side = self.width() // count
        edge = (self.width() - side * len(self._grid)) // 2
        for row, line in enumerate(self._grid):
            for column, dark in enumerate(line):
                if dark:
                    at = QRect(edge + column * side, edge + row * side, side, side)
                    painter.fillRect(at, QColor(Qt.GlobalColor.black))
