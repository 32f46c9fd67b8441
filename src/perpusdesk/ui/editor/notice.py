"""A sentence in the form with one or two steps: a draft, a title that is there already."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from perpusdesk.ui.kit.flow import Flow
from perpusdesk.ui.kit.theme import RADIUS_CARD, Tone, set_icon, set_tone
from perpusdesk.ui.kit.theme.paint import rounded
from perpusdesk.ui.kit.words import picture, words

_GROUNDS: dict[Tone, str] = {"warn": "warn_tint", "ok": "ok_tint", "bad": "bad_tint"}


class Notice(QWidget):
    """Hidden while there is nothing to say."""

    def __init__(self) -> None:
        super().__init__()
        self._tone: Tone = "warn"
        self._sign = picture("info", "warn", 20)
        self._words = words("", strong=True, wrap=True)
        self._more = words("", "caption", "muted", wrap=True)
        self._steps = Flow()
        column = QVBoxLayout()
        column.setSpacing(4)
        for part in (self._words, self._more):
            column.addWidget(part)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 8, 12, 8)
        row.setSpacing(8)
        row.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addLayout(column, 1)
        row.addWidget(self._steps, 0, Qt.AlignmentFlag.AlignVCenter)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.hide()

    @property
    def sentence(self) -> str:
        """What is said, or nothing."""
        return "" if self.isHidden() else self._words.text()

    def say(
        self,
        sentence: str,
        *steps: QPushButton,
        more: str = "",
        icon: str = "info",
        tone: Tone = "warn",
    ) -> None:
        """Say it."""
        self._tone = tone
        set_icon(self._sign, icon, tone, 20)
        set_tone(self._words, tone)
        self._words.setText(sentence)
        self._more.setText(more)
        self._more.setVisible(bool(more))
        self._steps.fill(*steps)
        self.setAccessibleName(sentence)
        self.show()
        self.update()

    def steps(self) -> list[QPushButton]:
        """The buttons that are shown."""
        return [one for one in self._steps.findChildren(QPushButton) if not one.isHidden()]

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the quiet ground."""
        ground = _GROUNDS.get(self._tone, "accent_tint")
        rounded(QPainter(self), self.rect(), fill=ground, radius=RADIUS_CARD)
