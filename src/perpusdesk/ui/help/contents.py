"""The list beside a page: the contents, or what was found; one row below the other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from perpusdesk.common.i18n import _
from perpusdesk.ui.help.finding import Found, around, marked
from perpusdesk.ui.help.manual import Entry
from perpusdesk.ui.kit.theme import TARGET, colour, scaled_font
from perpusdesk.ui.kit.theme.paint import rounded

_EDGE: Final = 12
_AIR: Final = 8

_WHAT: Final = Qt.ItemDataRole.UserRole + 1
_TITLE: Final = Qt.ItemDataRole.UserRole + 2

Index = QModelIndex | QPersistentModelIndex


class Contents(QListWidget):
    """Rows of the contents or of what was found.

    ``chosen`` carries the ``Entry`` or ``Found`` of the row that became current, ``entered`` tells
    that somebody wants to read it.
    """

    chosen = Signal(object)
    entered = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setFrameShape(QListWidget.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.setUniformItemSizes(False)
        self.setMouseTracking(True)
        self.setItemDelegate(_Row(self))
        self.currentItemChanged.connect(self._changed)
        self.itemClicked.connect(lambda _item: self.entered.emit())

    def show_entries(self, entries: Sequence[Entry], front: str) -> None:
        """Show the contents, the page ``front`` marked."""
        self.setAccessibleName(_("Table of contents"))
        self._fill(_with_groups(entries))
        self.mark_page(front)

    def show_found(self, found: Sequence[Found], titles: dict[str, str]) -> None:
        """Show what was found, nothing marked yet; ``titles`` are those of the pages."""
        self.setAccessibleName(_("Found in the manual"))
        self._fill((one, _spoken(one, titles[one.section.page])) for one in found)
        for row, one in enumerate(found):
            self.item(row).setData(_TITLE, titles[one.section.page])

    def mark_page(self, page: str) -> None:
        """Mark the row of a page without asking for it; of none that has none."""
        self.blockSignals(True)
        row = next((row for row in range(self.count()) if self._page(row) == page), -1)
        self.setCurrentRow(row)
        self.blockSignals(False)

    def step(self, by: int) -> None:
        """Choose the next row that can be, or the one before (``by`` -1)."""
        row = self.currentRow() + by
        while 0 <= row < self.count() and not self.item(row).flags() & Qt.ItemFlag.ItemIsEnabled:
            row += by
        if 0 <= row < self.count():
            self.setCurrentRow(row)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go to the page with Enter."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Right):
            self.entered.emit()
        else:
            super().keyPressEvent(event)

    def _fill(self, rows: Iterator[tuple[Entry | Found | str, str]]) -> None:
        self.blockSignals(True)
        self.clear()
        for what, words in rows:
            item = QListWidgetItem(words)
            item.setData(_WHAT, what)
            if isinstance(what, str):
                item.setFlags(Qt.ItemFlag.NoItemFlags)
            self.addItem(item)
        self.setCurrentRow(-1)
        self.blockSignals(False)
        self.scrollToTop()

    def _page(self, row: int) -> str:
        what = self.item(row).data(_WHAT)
        return what.page if isinstance(what, Entry) else ""

    def _changed(self, now: QListWidgetItem | None, _before: QListWidgetItem | None) -> None:
        what = now.data(_WHAT) if now is not None else None
        if isinstance(what, (Entry, Found)):
            self.chosen.emit(what)


def _with_groups(entries: Sequence[Entry]) -> Iterator[tuple[Entry | Found | str, str]]:
    group = ""
    for entry in entries:
        if entry.group != group:
            group = entry.group
            yield group, group
        yield entry, entry.title


def _spoken(found: Found, title: str) -> str:
    heading = found.section.heading
    return heading if heading == title else f"{heading}, {title}"


class _Row(QStyledItemDelegate):
    """Paints a title, a group's heading, or what was found in three lines."""

    def __init__(self, listed: QListWidget) -> None:
        super().__init__(listed)
        self._listed = listed

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the height of a row; the width is the list's."""
        what = index.data(_WHAT)
        upper, lower = (QFontMetrics(scaled_font(size)).height() for size in ("body", "caption"))
        if isinstance(what, Found):
            lines = 2 if what.section.heading != index.data(_TITLE) else 1
            return QSize(0, upper + lines * (lower + 2) + 2 * _AIR)
        if isinstance(what, str):
            return QSize(0, lower + 24)
        return QSize(0, max(TARGET, upper + 14))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint it; the chosen one on a tint."""
        what = index.data(_WHAT)
        painter.save()
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        self._ground(painter, option, chosen=chosen)
        room = option.rect.adjusted(_EDGE, 0, -_EDGE, 0)
        if isinstance(what, Found):
            title = str(index.data(_TITLE))
            _paint_found(painter, room.adjusted(0, _AIR, 0, -_AIR), what, title)
        elif isinstance(what, str):
            room.adjust(0, 0, 0, -4)
            font = scaled_font("caption", strong=True)
            _line(painter, room, what, font, "muted", edge=Qt.AlignmentFlag.AlignBottom)
        else:
            ink = "accent" if chosen else "text"
            words = str(index.data())
            _line(painter, room, words, scaled_font(strong=chosen), ink)
        painter.restore()

    def _ground(self, painter: QPainter, option: QStyleOptionViewItem, *, chosen: bool) -> None:
        room = option.rect.adjusted(0, 1, 0, -1)
        if chosen:
            rounded(painter, room, fill="accent_tint")
            if self._listed.hasFocus():
                bar = QRect(room.left(), room.top() + 6, 3, room.height() - 12)
                rounded(painter, bar, fill="accent", radius=1.5)
        elif option.state & QStyle.StateFlag.State_MouseOver and (
            option.state & QStyle.StateFlag.State_Enabled
        ):
            rounded(painter, room, fill="hover")


def _paint_found(painter: QPainter, room: QRect, found: Found, title: str) -> None:
    section = found.section
    upper, lower = scaled_font(strong=True), scaled_font("caption")
    high = QFontMetrics(lower).height()
    top, bottom = Qt.AlignmentFlag.AlignTop, Qt.AlignmentFlag.AlignBottom
    _line(painter, room, section.heading, upper, "text", edge=top)
    said = around(section.text, found.shown)
    if section.heading != title:
        _line(painter, room.adjusted(0, 0, 0, -high - 2), title, lower, "muted", edge=bottom)
    _pieces(painter, room, said, found.shown, lower)


def _line(
    painter: QPainter,
    room: QRect,
    words: str,
    font: QFont,
    ink: str,
    *,
    edge: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignVCenter,
) -> None:
    painter.setFont(font)
    painter.setPen(colour(ink))
    shown = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, room.width())
    painter.drawText(room, edge | Qt.TextFlag.TextSingleLine, shown)


def _pieces(
    painter: QPainter, room: QRect, words: str, wanted: frozenset[str], font: QFont
) -> None:
    """Paint a quiet line at the lower edge, the words that were looked for strong."""
    painter.setFont(font)
    metrics = painter.fontMetrics()
    shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, room.width())
    strong = QFont(font)
    strong.setWeight(QFont.Weight.DemiBold)
    flags = Qt.AlignmentFlag.AlignBottom | Qt.TextFlag.TextSingleLine
    place, left = 0, QRect(room)
    for start, end in [*marked(shown, wanted), (len(shown), len(shown))]:
        for part, letters, ink in (
            (shown[place:start], font, "muted"),
            (shown[start:end], strong, "text"),
        ):
            painter.setFont(letters)
            painter.setPen(colour(ink))
            painter.drawText(left, flags, part)
            left.setLeft(left.left() + painter.fontMetrics().horizontalAdvance(part))
        place = end
