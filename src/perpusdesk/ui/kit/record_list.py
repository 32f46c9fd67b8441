"""Lists of records in rows of two lines: what it is, then where and how; its state at the right.

Only the rows that are painted are fetched and described, so a list may be as long as it likes.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from perpusdesk.ui.kit.id_table import Column, Fetch, IdTable, IdTableModel, Rows
from perpusdesk.ui.kit.theme import Tone, colour, pixmap, scaled_font
from perpusdesk.ui.kit.theme.paint import rounded

EDGE: Final = 12
"""Pixels between the edge of a list and its words."""

_AIR: Final = 8
_ICON: Final = 18
_GAP: Final = 16
_STATE_PART: Final = 0.5
_WIDE_DOT: Final = "  ·  "
_DOT: Final = " · "
"""What stands between the words of a line, where room is dear."""

Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class RowWords:
    """What a row says: a title over a quiet line; at the right a state over a quiet line.

    ``icon`` and ``tone`` belong to the state, which is painted with a capital. ``faded`` rows are
    over (ended, undone). A state in the tone ``text`` without an icon is a value (a number, a
    date) and as large as the title. A ``low`` state stands on the quiet line, where titles are
    long.
    """

    title: str
    under: str = ""
    state: str = ""
    state_under: str = ""
    icon: str = ""
    tone: Tone = "muted"
    faded: bool = False
    low: bool = False

    def spoken(self) -> str:
        """Return the row as a screen reader says it."""
        parts = (self.title, self.under, self.state, self.state_under)
        return ", ".join(part for part in parts if part)


Describe = Callable[[Any], RowWords]


class RecordList(IdTable):
    """An ``IdTable`` of two-line rows without a heading.

    ``show_ids`` for long lists that are fetched as they are painted; ``show_records`` for what is
    at hand already (then ids are places in the list).
    """

    def __init__(self, name: str, describe: Describe, fetch: Fetch | None = None) -> None:
        """``name`` is what screen readers call the list."""
        self._records: Sequence[Any] = ()
        self._fits = False
        column = Column("", lambda record: describe(record).spoken())
        model = IdTableModel((column,), fetch or self._at_hand)
        self.rows = model
        super().__init__(model, name)
        self.setItemDelegate(_Painter(self, model, describe))
        self.horizontalHeader().hide()
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def show_ids(self, ids: Sequence[Hashable]) -> None:
        """Show these records, fetched when they are painted."""
        self._records = ()
        self.rows.set_ids(ids)
        self._fit()

    def change_ids(self, ids: Sequence[Hashable]) -> None:
        """Show these records; where they go on from those before, place and choice stay."""
        self._records = ()
        self.rows.change_ids(ids)
        self._fit()

    def show_records(self, records: Sequence[Any]) -> None:
        """Show these records, which need no fetching."""
        self._records = records
        self.rows.set_ids(range(len(records)))
        self._fit()

    def chosen_record(self) -> Any | None:
        """Return the record of the current row, if it was fetched."""
        row = self.currentIndex().row()
        if 0 <= row < len(self._records):
            return self._records[row]
        return self.rows.row_at(row) if row >= 0 else None

    def enter(self) -> None:
        """Take the keyboard; where nothing is chosen yet, choose the row that is current."""
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        if self.rows.rowCount() and not self.selectionModel().hasSelection():
            self.selectRow(max(0, self.currentIndex().row()))

    def fit_rows(self) -> None:
        """Be always as high as the rows, for a list inside a page that scrolls."""
        self._fits = True
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._fit()

    def _fit(self) -> None:
        if self._fits:
            self.setFixedHeight(row_height() * self.rows.rowCount())

    def _at_hand(self, ids: Sequence[Hashable], answer: Callable[[Rows], None]) -> None:
        answer({id_: self._records[id_] for id_ in ids if isinstance(id_, int)})

    def _columns(self) -> None:
        super()._columns()
        self.verticalHeader().setDefaultSectionSize(row_height())
        self._fit()


def row_height() -> int:
    """Return the height of a row in the text size in use."""
    upper, lower = QFontMetrics(scaled_font(strong=True)), QFontMetrics(scaled_font("caption"))
    return upper.height() + lower.height() + 2 * _AIR


class _Painter(QStyledItemDelegate):
    def __init__(self, table: RecordList, model: IdTableModel, describe: Describe) -> None:
        super().__init__(table)
        self._table, self._model, self._describe = table, model, describe

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        text = str(index.data())
        record = self._model.row_at(index.row())
        words = RowWords(text) if record is None else self._describe(record)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._ground(painter, option)
        room = option.rect.adjusted(EDGE, _AIR, -EDGE, -_AIR)
        upper, lower = scaled_font(strong=not words.faded), scaled_font("caption", figures=True)
        value = words.tone == "text" and not words.icon
        state = scaled_font("body" if value else "caption", strong=True, figures=True)
        taken = self._state(painter, room, words, state)
        above, below = (0, taken) if words.low else (taken, self._state_under(painter, room, words))
        title = room.adjusted(0, 0, -above, 0)
        _line(painter, title, words.title, upper, "muted" if words.faded else "text", top=True)
        _line(painter, room.adjusted(0, 0, -below, 0), words.under, lower, "muted", top=False)
        painter.restore()

    def _ground(self, painter: QPainter, option: QStyleOptionViewItem) -> None:
        rect = option.rect
        if option.state & QStyle.StateFlag.State_Selected:
            rounded(painter, rect.adjusted(0, 1, 0, -1), fill="accent_tint")
            if self._table.hasFocus():
                rounded(
                    painter,
                    QRect(rect.left(), rect.top() + 8, 3, rect.height() - 16),
                    fill="accent",
                    radius=1.5,
                )
        elif option.state & QStyle.StateFlag.State_MouseOver:
            rounded(painter, rect.adjusted(0, 1, 0, -1), fill="hover")
        else:
            line = QRect(rect.left() + EDGE, rect.bottom(), rect.width() - 2 * EDGE, 1)
            painter.fillRect(line, colour("hairline"))

    def _state(self, painter: QPainter, room: QRect, words: RowWords, font: QFont) -> int:
        """Paint the state at the right; return how much of its line it takes."""
        if not words.state:
            return 0
        said, metrics = words.state[:1].upper() + words.state[1:], QFontMetrics(font)
        mark = _ICON + 6 if words.icon else 0
        width = _width(room, metrics.horizontalAdvance(said) + mark)
        place = room.adjusted(room.width() - width, 0, 0, 0)
        side, upper = Qt.AlignmentFlag.AlignRight, not words.low
        inner = place.adjusted(mark, 0, 0, 0)
        shown = _line(painter, inner, said, font, words.tone, top=upper, side=side)
        if words.icon:
            picture = pixmap(words.icon, words.tone, _ICON, self._table.devicePixelRatioF())
            top = place.top() if upper else place.bottom() + 1 - metrics.height()
            top += (metrics.height() - _ICON) // 2 + 1
            painter.drawPixmap(place.right() - shown - _ICON - 5, top, _ICON, _ICON, picture)
        return width + _GAP

    def _state_under(self, painter: QPainter, room: QRect, words: RowWords) -> int:
        """Paint the quiet words under the state; return how much of their line they take."""
        if not words.state_under:
            return 0
        font = scaled_font("caption", figures=True)
        width = _width(room, QFontMetrics(font).horizontalAdvance(words.state_under))
        place = room.adjusted(room.width() - width, 0, 0, 0)
        right = Qt.AlignmentFlag.AlignRight
        _line(painter, place, words.state_under, font, "muted", top=False, side=right)
        return width + _GAP


def _width(room: QRect, wanted: int) -> int:
    return min(round(room.width() * _STATE_PART), wanted + 4)


def _line(
    painter: QPainter,
    room: QRect,
    text: str,
    font: QFont,
    tone: Tone,
    *,
    top: bool,
    side: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
) -> int:
    """Paint one line at the upper or lower edge; return the width of the words."""
    painter.setFont(font)
    painter.setPen(colour(tone))
    metrics = painter.fontMetrics()
    close = text.replace(_WIDE_DOT, _DOT)
    words = metrics.elidedText(close, Qt.TextElideMode.ElideRight, room.width())
    edge = Qt.AlignmentFlag.AlignTop if top else Qt.AlignmentFlag.AlignBottom
    painter.drawText(room, side | edge | Qt.TextFlag.TextSingleLine, words)
    return metrics.horizontalAdvance(words)
