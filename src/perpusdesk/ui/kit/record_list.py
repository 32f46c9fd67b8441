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
_STATE_PART: Final = 0.5

Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class RowWords:
    """What a row says: a title over a quiet line; at the right a state over a quiet line.

    ``icon`` and ``tone`` belong to the state. ``faded`` rows are over (ended, undone).
    """

    title: str
    under: str = ""
    state: str = ""
    state_under: str = ""
    icon: str = ""
    tone: Tone = "muted"
    faded: bool = False

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
        state = scaled_font("caption", strong=True, figures=True)
        taken = self._state(painter, room, words, state, lower)
        left = room.adjusted(0, 0, -taken, 0)
        _line(painter, left, words.title, upper, "muted" if words.faded else "text", top=True)
        _line(painter, left, words.under, lower, "muted", top=False)
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

    def _state(
        self, painter: QPainter, room: QRect, words: RowWords, upper: QFont, lower: QFont
    ) -> int:
        """Paint the state at the right; return how much of the width it takes."""
        if not words.state and not words.state_under:
            return 0
        most = round(room.width() * _STATE_PART)
        mark = _ICON + 6 if words.icon else 0
        wide = max(
            QFontMetrics(upper).horizontalAdvance(words.state) + mark,
            QFontMetrics(lower).horizontalAdvance(words.state_under),
        )
        width = min(most, wide + 4)
        place = QRect(room.right() - width + 1, room.top(), width, room.height())
        right = Qt.AlignmentFlag.AlignRight
        shown = _line(
            painter,
            place.adjusted(mark, 0, 0, 0),
            words.state,
            upper,
            words.tone,
            top=True,
            side=right,
        )
        _line(painter, place, words.state_under, lower, "muted", top=False, side=right)
        if words.icon and words.state:
            height = QFontMetrics(upper).height()
            picture = pixmap(words.icon, words.tone, _ICON, self._table.devicePixelRatioF())
            top = place.top() + (height - _ICON) // 2 + 1
            painter.drawPixmap(place.right() - shown - _ICON - 5, top, _ICON, _ICON, picture)
        return width + 16


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
    words = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room.width())
    edge = Qt.AlignmentFlag.AlignTop if top else Qt.AlignmentFlag.AlignBottom
    painter.drawText(room, side | edge | Qt.TextFlag.TextSingleLine, words)
    return metrics.horizontalAdvance(words)
