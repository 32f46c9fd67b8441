"""A field of one line that offers what the library has already, while it is typed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QFocusEvent, QFontMetrics, QHideEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from perpusdesk.ui.kit.accessible import announce
from perpusdesk.ui.kit.theme import RADIUS_CARD, TARGET, colour, scaled_font
from perpusdesk.ui.kit.theme.paint import rounded

PAUSE: Final = 90
"""Milliseconds without a further letter before suggestions are asked for."""

_MOST: Final = 8
_UNDER: Final = Qt.ItemDataRole.UserRole
_EDGE: Final = 12
_LEAST_CHARS: Final = 36


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What is put into the field, and a quiet word about it."""

    text: str
    about: str = ""


class SuggestEdit(QLineEdit):
    """Emits ``asked`` with what is typed; ``offer`` shows the answer below the field.

    Down and Up choose, Enter or Tab takes what is chosen, Esc puts the list away. With ``many``
    values parted by ``;`` only the one at the cursor is completed.
    """

    asked = Signal(str)
    taken = Signal(str)

    def __init__(self, text: str = "", *, many: bool = False) -> None:
        super().__init__(text)
        self._many = many
        self._list: _List | None = None
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE)
        self._pause.timeout.connect(self._ask)
        self.textEdited.connect(lambda _text: self._edited())

    def part(self) -> str:
        """Return what is completed: the text, or the one of many values at the cursor."""
        start, end = self._bounds()
        return self.text()[start:end].strip()

    def offer(self, asked: str, found: Sequence[Suggestion]) -> None:
        """Show what was found for ``asked``, unless something else stands there by now."""
        if asked != self.part() or not self.hasFocus():
            return
        if not found or [one.text for one in found] == [asked]:
            self.put_away()
            return
        if self._list is None or self._list.window() is not self.window():
            self._list = _List(self)
        self._list.show_below(found[:_MOST])

    @property
    def offered(self) -> list[str]:
        """What stands in the list now."""
        if self._list is None or self._list.isHidden():
            return []
        return self._list.texts()

    def put_away(self) -> None:
        """Hide the list."""
        self._pause.stop()
        if self._list is not None:
            self._list.hide()

    def take(self, text: str) -> None:
        """Put a suggestion in the place of what is typed."""
        start, end = self._bounds()
        before, after = self.text()[:start], self.text()[end:]
        lead = " " if before and not before.endswith(" ") else ""
        self.setText(f"{before}{lead}{text}{after}")
        self.setCursorPosition(len(before) + len(lead) + len(text))
        self.put_away()
        self.taken.emit(text)

    def event(self, event: QEvent) -> bool:
        """Keep Esc for the list while it is shown; take with Tab what was chosen in it."""
        if isinstance(event, QKeyEvent) and self.offered:
            escape = event.key() == Qt.Key.Key_Escape
            if event.type() == QEvent.Type.ShortcutOverride and escape:
                event.accept()
                return True
            if event.type() == QEvent.Type.KeyPress and event.key() == Qt.Key.Key_Tab:
                self._take_chosen()
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose and take with the keyboard."""
        key, shown = event.key(), bool(self.offered)
        if key == Qt.Key.Key_Down and not shown:
            self._ask()
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Up) and shown and self._list is not None:
            self._list.step(1 if key == Qt.Key.Key_Down else -1)
        elif key == Qt.Key.Key_Escape and shown:
            self.put_away()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._take_chosen():
            pass
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Put the list away when the field is left."""
        self.put_away()
        super().focusOutEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        """Put the list away with the field."""
        self.put_away()
        super().hideEvent(event)

    def _edited(self) -> None:
        if self.part():
            self._pause.start()
        else:
            self.put_away()

    def _ask(self) -> None:
        self._pause.stop()
        self.asked.emit(self.part())

    def _take_chosen(self) -> bool:
        chosen = self._list.chosen() if self._list is not None and self.offered else ""
        if chosen:
            self.take(chosen)
        return bool(chosen)

    def _bounds(self) -> tuple[int, int]:
        text = self.text()
        if not self._many:
            return 0, len(text)
        at = self.cursorPosition()
        start = text.rfind(";", 0, at) + 1
        end = text.find(";", at)
        return start, len(text) if end < 0 else end


class _List(QListWidget):
    """Lies over the window, below its field, which keeps the keyboard."""

    def __init__(self, field: SuggestEdit) -> None:
        super().__init__(field.window())
        self._field = field
        self.setAccessibleName(field.accessibleName())
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFrameShape(QListWidget.Shape.NoFrame)
        self.setViewportMargins(4, 4, 4, 4)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setItemDelegate(_Row(self))
        self.viewport().setAutoFillBackground(False)
        self.itemClicked.connect(lambda item: field.take(item.text()))
        self.hide()

    def show_below(self, found: Sequence[Suggestion]) -> None:
        """Show these; nothing is chosen yet."""
        self.clear()
        for one in found:
            item = QListWidgetItem(one.text)
            item.setData(_UNDER, one.about)
            self.addItem(item)
        self.setCurrentRow(-1)
        self._place()
        self.show()
        self.raise_()

    def texts(self) -> list[str]:
        """What is offered."""
        return [self.item(row).text() for row in range(self.count())]

    def step(self, by: int) -> None:
        """Choose the next or the one before; above the first nothing is chosen."""
        row = max(-1, min(self.currentRow() + by, self.count() - 1))
        self.setCurrentRow(row)
        if row >= 0:
            item = self.item(row)
            announce(self._field, f"{item.text()}, {item.data(_UNDER)}".rstrip(", "))

    def chosen(self) -> str:
        """What is chosen, or nothing."""
        item = self.currentItem()
        return item.text() if item is not None and self.currentRow() >= 0 else ""

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the ground as a card."""
        painter = QPainter(self.viewport())
        rounded(painter, self.viewport().rect(), fill="card", line="line", radius=RADIUS_CARD)
        painter.end()
        super().paintEvent(event)

    def _place(self) -> None:
        window, field = self.window(), self._field
        least = QFontMetrics(scaled_font()).averageCharWidth() * _LEAST_CHARS
        width = min(max(field.width(), least), window.width() - 16)
        height = self.sizeHintForRow(0) * self.count() + 8
        corner = field.mapTo(window, QPoint(0, field.height() + 4))
        left = min(corner.x(), window.width() - width - 8)
        top = corner.y()
        if top + height > window.height():
            top = field.mapTo(window, QPoint(0, 0)).y() - height - 4
        self.setGeometry(left, max(0, top), width, height)


class _Row(QStyledItemDelegate):
    def sizeHint(
        self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        return QSize(0, max(TARGET, QFontMetrics(scaled_font()).height() + 12))

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        painter.save()
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
        if chosen or hovered:
            rounded(painter, option.rect, fill="accent_tint" if chosen else "hover")
        room = option.rect.adjusted(_EDGE, 0, -_EDGE, 0)
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setFont(scaled_font("caption", figures=True))
        painter.setPen(colour("muted"))
        about = painter.fontMetrics().elidedText(
            str(index.data(_UNDER) or ""), Qt.TextElideMode.ElideRight, room.width() // 2
        )
        painter.drawText(room, middle | Qt.AlignmentFlag.AlignRight, about)
        taken = painter.fontMetrics().horizontalAdvance(about)
        painter.setFont(scaled_font())
        painter.setPen(colour("text"))
        left = room.adjusted(0, 0, -taken - _EDGE if taken else 0, 0)
        text = painter.fontMetrics().elidedText(
            str(index.data()), Qt.TextElideMode.ElideRight, left.width()
        )
        painter.drawText(left, middle | Qt.AlignmentFlag.AlignLeft, text)
        painter.restore()
