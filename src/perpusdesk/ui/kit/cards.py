"""The card that answers a scan: a picture, what it is, and what happened to it."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from perpusdesk.ui.kit.accessible import named
from perpusdesk.ui.kit.theme import RADIUS_CARD, Tone, drop_icon, set_icon, set_tone
from perpusdesk.ui.kit.theme.paint import rounded
from perpusdesk.ui.kit.words import picture, words

COVER: Final = QSize(88, 120)
"""Device independent pixels of the picture at the left."""

_BAR: Final = 4


class Card(QWidget):
    """A quiet white ground with a hairline; ``tone`` paints a bar at its left edge."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tone: Tone | None = None

    def set_tone(self, tone: Tone | None) -> None:
        """Colour the bar at the left edge; ``None`` for no bar."""
        self._tone = tone
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the ground."""
        painter = QPainter(self)
        rounded(painter, self.rect(), fill="card", line="hairline", radius=RADIUS_CARD)
        if self._tone is not None:
            painter.setClipRect(0, 0, _BAR, self.height())
            rounded(painter, self.rect(), fill=self._tone, radius=RADIUS_CARD)


class _Cover(QLabel):
    """A picture of fixed size; a quiet tile where there is none."""

    def __init__(self) -> None:
        super().__init__()
        self.bare = True
        self.setFixedSize(COVER)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.bare:
            rounded(QPainter(self), self.rect(), fill="hover")
        super().paintEvent(event)


class StateWord(QWidget):
    """An icon and a word in one tone: a state is never colour alone."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon = picture("check", "ok", 32)
        self._word = words("", "title", "ok", strong=True, wrap=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        self._word.setMinimumHeight(32)
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._word, 1)

    def say(self, icon: str, word: str, tone: Tone) -> None:
        """Show ``word`` with ``icon`` in ``tone``."""
        set_icon(self._icon, icon, tone, 32)
        set_tone(self._word, tone)
        self._word.setText(word)

    def put_beside(self, part: QWidget) -> None:
        """Put a small control after the word."""
        row = self.layout()
        assert isinstance(row, QHBoxLayout)
        row.addWidget(part, 0, Qt.AlignmentFlag.AlignTop)

    @property
    def word(self) -> str:
        """Return the word shown."""
        return self._word.text()


class ResultCard(Card):
    """The last scan, large: picture and title at the left, what happened at the right.

    ``show_result`` fills the fixed parts; a screen adds what else it needs (facts, buttons) to
    ``left`` and ``right``.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cover = _Cover()
        self._title = words("", "title", strong=True, wrap=True)
        self._title.setMinimumHeight(32)
        self._under = words("", tone="muted", wrap=True)
        self._state = StateWord()
        self._terms = words("", "lead", wrap=True)
        self.left, self.right = QVBoxLayout(), QVBoxLayout()
        for column, parts in (
            (self.left, (self._title, self._under)),
            (self.right, (self._state, self._terms)),
        ):
            column.setSpacing(8)
            for part in parts:
                column.addWidget(part)
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 16, 24, 16)
        row.setSpacing(24)
        row.addWidget(self._cover, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(_at_top(self.left), 3)
        row.addLayout(_at_top(self.right), 2)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    def show_result(
        self,
        *,
        icon: str,
        state: str,
        tone: Tone,
        title: str,
        under: str = "",
        terms: str = "",
        cover: QPixmap | None = None,
        cover_icon: str = "book",
    ) -> None:
        """Show what happened (``state``, e.g. *Dipinjamkan*) to what (``title``).

        ``terms`` is what the person must hear, e.g. until when. Without a ``cover`` the icon
        stands there.
        """
        self.set_tone(tone)
        self._state.say(icon, state, tone)
        self._title.setText(title)
        for label, text in ((self._under, under), (self._terms, terms)):
            label.setText(text)
            label.setVisible(bool(text))
        self._show_cover(cover, cover_icon)
        named(self, " · ".join(part for part in (state, title, under, terms) if part))

    @property
    def state(self) -> str:
        """Return the word for what happened."""
        return self._state.word

    @property
    def title(self) -> str:
        """Return what it happened to."""
        return self._title.text()

    def put_cover(self, cover: QPixmap) -> None:
        """Show another picture at the left; all else stays."""
        self._show_cover(cover, "")

    def _show_cover(self, cover: QPixmap | None, icon: str) -> None:
        self._cover.bare = cover is None or cover.isNull()
        if cover is None or cover.isNull():
            set_icon(self._cover, icon, "muted", 32)
            return
        drop_icon(self._cover)
        ratio = self.devicePixelRatioF()
        fitted = cover.scaled(
            COVER * ratio,
            Qt.AspectRatioMode.KeepAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        )
        fitted.setDevicePixelRatio(ratio)
        self._cover.setPixmap(fitted)


def _at_top(column: QVBoxLayout) -> QVBoxLayout:
    outer = QVBoxLayout()
    outer.addLayout(column)
    outer.addStretch(1)
    return outer
