"""One row of the palette: icon, words, a quiet second word, the keys at the end."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QIcon, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from perpusdesk.ui.kit.theme import colour, scaled_font
from perpusdesk.ui.kit.theme.paint import rounded

UNDER: Final = Qt.ItemDataRole.UserRole + 1
KEYS: Final = Qt.ItemDataRole.UserRole + 2
_SIDE: Final = 20


def row_height() -> int:
    """Return the height of a row in the text size in use."""
    return QFontMetrics(scaled_font()).height() + 18


class RowPainter(QStyledItemDelegate):
    """Paints the row."""

    def sizeHint(
        self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """Return the height of a row; the width is the list's."""
        return QSize(0, row_height())

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Paint it; the chosen one on a tint."""
        if option.state & QStyle.StateFlag.State_Selected:
            rounded(painter, option.rect, fill="accent_tint")
        room = option.rect.adjusted(12, 0, -12, 0)
        mark = index.data(Qt.ItemDataRole.DecorationRole)
        if isinstance(mark, QIcon):
            mark.paint(painter, QRect(room.left(), room.center().y() - 9, _SIDE, _SIDE))
        room.adjust(_SIDE + 12, 0, 0, 0)
        middle, end = Qt.AlignmentFlag.AlignVCenter, Qt.AlignmentFlag.AlignRight
        quiet = "   ".join(part for part in (index.data(UNDER), index.data(KEYS)) if part)
        painter.setFont(scaled_font("caption"))
        painter.setPen(colour("muted"))
        painter.drawText(room, middle | end, quiet)
        room.setRight(room.right() - painter.fontMetrics().horizontalAdvance(quiet) - 12)
        painter.setFont(scaled_font())
        painter.setPen(colour("text"))
        words = painter.fontMetrics().elidedText(
            str(index.data()), Qt.TextElideMode.ElideRight, room.width()
        )
        painter.drawText(room, middle, words)
