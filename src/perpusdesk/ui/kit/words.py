"""Labels at a step of the type scale, in a tone."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from perpusdesk.ui.kit.theme import Tone, colour, set_icon, set_tone, set_type
from perpusdesk.ui.kit.theme.dress import Size


def words(
    text: str = "",
    size: Size = "body",
    tone: Tone = "text",
    *,
    strong: bool = False,
    wrap: bool = False,
    figures: bool = False,
) -> QLabel:
    """Return a label of plain text; ``wrap`` lets it take several lines."""
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(wrap)
    set_type(label, size, strong=strong, figures=figures)
    if tone != "text":
        set_tone(label, tone)
    return label


def picture(icon: str, tone: Tone = "text", side: int = 20) -> QLabel:
    """Return a label that shows an icon beside words that say the same."""
    label = QLabel()
    label.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
    set_icon(label, icon, tone, side)
    return label


class Divider(QWidget):
    """A hairline across, between things that belong to different thoughts."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(1)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the line."""
        QPainter(self).fillRect(self.rect(), colour("hairline"))
