"""The questions of a paper form in typing: its number, name, the key and what the key says."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from perpusdesk.common.i18n import _
from perpusdesk.domain.surveys.form import Question
from perpusdesk.domain.surveys.keypad import Typing
from perpusdesk.ui.kit.accessible import announce
from perpusdesk.ui.kit.theme import colour, scaled_font
from perpusdesk.ui.kit.theme.paint import rounded

_AIR = 12
_EDGE = 12
_NUMBER_CHARS = 5
_KEY_CHARS = 4


class KeyRows(QWidget):
    """Shows a ``Typing``; the row that is next has a ground and its words to choose from."""

    def __init__(self) -> None:
        super().__init__()
        self._typing = Typing(())
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_typing(self, typing: Typing) -> None:
        """Show a form as far as it is typed."""
        changed = typing.questions != self._typing.questions
        self._typing = typing
        if changed:
            self.setFixedHeight(self.sizeHintHeight())
        question = typing.current
        if question is not None:
            self.setAccessibleName(question.short)
            announce(self, f"{question.number} {question.short}")
        self.update()

    def sizeHintHeight(self) -> int:
        """Return the height of all rows in the text size in use."""
        return self._row_height() * max(1, len(self._typing.questions))

    def _row_height(self) -> int:
        upper = QFontMetrics(scaled_font(strong=True)).height()
        return upper + QFontMetrics(scaled_font("caption")).height() + _AIR

    def current_rect(self) -> QRect:
        """Return the place of the row that is next, to be scrolled to."""
        height = self._row_height()
        return QRect(0, height * len(self._typing.typed), self.width(), height)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint all rows."""
        painter = QPainter(self)
        for place in range(len(self._typing.questions)):
            self._paint_row(painter, place)

    def _paint_row(self, painter: QPainter, place: int) -> None:
        height = self._row_height()
        rect = QRect(0, place * height, self.width(), height)
        question = self._typing.questions[place]
        typed = self._typing.typed
        now = place == len(typed)
        if now:
            rounded(painter, rect.adjusted(0, 1, 0, -1), fill="accent_tint", line="accent")
        strong, small = scaled_font(strong=True), scaled_font("caption")
        char = QFontMetrics(strong).averageCharWidth()
        room = rect.adjusted(_EDGE, _AIR // 2, -_EDGE, -_AIR // 2)
        number = question.number or f"{place + 1}"
        left = room.adjusted(_NUMBER_CHARS * char, 0, -_KEY_CHARS * char, 0)
        painter.setFont(strong)
        painter.setPen(colour("muted"))
        painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop, number)
        painter.setPen(colour("text"))
        _line(painter, left, question.short, top=True)
        value = typed[place] if place < len(typed) else None
        said = _choices(question) if now else ""
        if value is not None:
            said = question.options[value - 1].text if value else _("left empty")
        painter.setFont(small)
        painter.setPen(colour("muted"))
        _line(painter, left, said, top=False)
        if value is not None:
            painter.setFont(scaled_font("lead", strong=True, figures=True))
            painter.setPen(colour("text" if value else "muted"))
            right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(room, right, str(value % 10) if value else "–")


def _choices(question: Question) -> str:
    """Return the keys with what they say."""
    words = enumerate((option.text for option in question.options), 1)
    return "   ".join(f"{place % 10} {word}" for place, word in words)


def _line(painter: QPainter, room: QRect, text: str, *, top: bool) -> None:
    metrics = painter.fontMetrics()
    shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room.width())
    edge = Qt.AlignmentFlag.AlignTop if top else Qt.AlignmentFlag.AlignBottom
    painter.drawText(room, Qt.AlignmentFlag.AlignLeft | edge, shown)
