"""Long lists: the table knows ids only and fetches the rows that are painted.

Sorting, filtering and searching are the database's work: ``IdTable.sort_asked`` tells what is
wanted, and a new list of ids comes in through ``IdTableModel.set_ids``. No proxy model anywhere.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

from PySide6.QtCore import (
    QAbstractTableModel,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from perpusdesk.ui.kit.theme import set_tone, set_type

PAGE: Final = 100
"""Rows fetched at once."""

_PAGES_KEPT: Final = 30
_WAITING: Final = "…"

Index = QModelIndex | QPersistentModelIndex
Rows = Mapping[Hashable, Any]
Fetch = Callable[[Sequence[Hashable], Callable[[Rows], None]], None]
"""Asked for the rows of some ids; answers once, now or later, on the interface thread.

An id without a row in the answer is shown as gone.
"""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its heading, how a row's cell reads, and its part of the width.

    ``key`` names the order to ask for when the heading is clicked; without one it is not
    sortable. ``chars`` is the width in average characters, 0 for what is left.
    """

    heading: str
    cell: Callable[[Any], str]
    chars: int = 0
    align: Literal["left", "right"] = "left"
    key: str = ""


class IdTableModel(QAbstractTableModel):
    """Holds ids; rows come by ``fetch`` in pages when they are first painted."""

    def __init__(self, columns: Sequence[Column], fetch: Fetch, gone: str = "–") -> None:
        """``gone`` is what the first cell of a row shows that is no more."""
        super().__init__()
        self.columns = tuple(columns)
        self._fetch = fetch
        self._gone = gone
        self._ids: Sequence[Hashable] = ()
        self._pages: OrderedDict[int, Rows] = OrderedDict()
        self._asked: set[int] = set()
        self._round = 0

    def set_ids(self, ids: Sequence[Hashable]) -> None:
        """Show these records in this order; what was fetched before is forgotten."""
        self.beginResetModel()
        self._ids = ids
        self._forget()
        self.endResetModel()

    def change_ids(self, ids: Sequence[Hashable]) -> None:
        """Show these records; where they go on from those before, place and choice stay.

        Both lists must be of one type, so that they can be compared.
        """
        before = len(self._ids)
        if not before or ids[:before] != self._ids:
            self.set_ids(ids)
        elif len(ids) == before:
            self.refresh()
        else:
            self._pages.pop(before // PAGE, None)
            self._asked.discard(before // PAGE)
            self.beginInsertRows(QModelIndex(), before, len(ids) - 1)
            self._ids = ids
            self.endInsertRows()

    def refresh(self) -> None:
        """Fetch the visible rows anew; ids, place and choice stay."""
        self._forget()
        if self._ids:
            last = self.index(len(self._ids) - 1, len(self.columns) - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    def id_at(self, row: int) -> Hashable:
        """Return the id in ``row``. Raises ``IndexError``."""
        return self._ids[row]

    def row_at(self, row: int) -> Any | None:
        """Return the fetched record of ``row``, or ``None`` (not fetched yet, or gone)."""
        page = self._pages.get(row // PAGE)
        return page.get(self._ids[row]) if page is not None else None

    def rowCount(self, parent: Index | None = None) -> int:
        """Return how many records there are."""
        return 0 if parent is not None and parent.isValid() else len(self._ids)

    def columnCount(self, parent: Index | None = None) -> int:
        """Return how many columns there are."""
        return 0 if parent is not None and parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a cell; asks for its page when it was not fetched yet."""
        column = self.columns[index.column()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._text(index.row(), column, first=index.column() == 0)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(column)
        return None

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:
        """Return the heading of a column; rows have none."""
        if orientation == Qt.Orientation.Vertical:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.columns[section].heading
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(self.columns[section])
        return None

    def _text(self, row: int, column: Column, *, first: bool) -> str:
        page = self._pages.get(row // PAGE)
        if page is None:
            self._ask(row // PAGE)
            page = self._pages.get(row // PAGE)
            if page is None:
                return _WAITING if first else ""
        record = page.get(self._ids[row])
        if record is None:
            return self._gone if first else ""
        return column.cell(record)

    def _ask(self, number: int) -> None:
        if number in self._asked:
            return
        self._asked.add(number)
        asked_in = self._round
        ids = self._ids[number * PAGE : (number + 1) * PAGE]

        def answer(rows: Rows) -> None:
            if asked_in == self._round:
                self._take(number, rows)

        self._fetch(ids, answer)

    def _take(self, number: int, rows: Rows) -> None:
        self._asked.discard(number)
        self._pages[number] = rows
        while len(self._pages) > _PAGES_KEPT:
            self._pages.popitem(last=False)
        last = min((number + 1) * PAGE, len(self._ids)) - 1
        self.dataChanged.emit(self.index(number * PAGE, 0), self.index(last, len(self.columns) - 1))

    def _forget(self) -> None:
        self._pages.clear()
        self._asked.clear()
        self._round += 1


class IdTable(QTableView):
    """Shows an ``IdTableModel``: whole rows, even heights, one column that takes the rest."""

    chosen = Signal(object)
    """The id of the row that was moved to, or ``None``."""

    opened = Signal(object)
    """The id of the row that was double-clicked or entered."""

    sort_asked = Signal(str, bool)
    """The key of the column to order by, and whether downwards."""

    def __init__(self, model: IdTableModel, name: str, parent: QWidget | None = None) -> None:
        """``name`` is what screen readers call the list."""
        super().__init__(parent)
        self._model = model
        self._order: tuple[str, bool] = ("", False)
        self.setModel(model)
        self.setAccessibleName(name)
        set_type(self, figures=True)
        self._plain()
        self._columns()
        self.activated.connect(lambda index: self.opened.emit(model.id_at(index.row())))

    def chosen_id(self) -> Hashable | None:
        """Return the id of the current row, or ``None``."""
        index = self.currentIndex()
        return self._model.id_at(index.row()) if index.isValid() else None

    def selectRow(self, row: int) -> None:
        """Choose this row and no other.

        Qt's own method asks the keyboard: with Ctrl still down from a shortcut it would add the
        row to what is chosen.
        """
        index, choice = self._model.index(row, 0), QItemSelectionModel.SelectionFlag
        self.selectionModel().setCurrentIndex(index, choice.NoUpdate)
        self.selectionModel().select(index, choice.ClearAndSelect | choice.Rows)

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        """Tell which record is chosen."""
        super().selectionChanged(selected, deselected)
        rows = self.selectionModel().selectedRows()
        self.chosen.emit(self._model.id_at(rows[0].row()) if rows else None)

    def changeEvent(self, event: Any) -> None:
        """Keep heights and widths in step with the text size."""
        super().changeEvent(event)
        if event.type() == event.Type.FontChange:
            self._columns()

    def _plain(self) -> None:
        view = QAbstractItemView
        self.setSelectionBehavior(view.SelectionBehavior.SelectRows)
        self.setSelectionMode(view.SelectionMode.SingleSelection)
        self.setEditTriggers(view.EditTrigger.NoEditTriggers)
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        heading = self.horizontalHeader()
        heading.setHighlightSections(False)
        heading.setSectionsClickable(any(column.key for column in self._model.columns))
        heading.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        heading.sectionClicked.connect(self._sort)
        set_type(heading, "caption", strong=True)
        set_tone(heading, "muted")
        heading.viewport().setAutoFillBackground(False)
        self.viewport().setAutoFillBackground(False)

    def _columns(self) -> None:
        metrics = self.fontMetrics()
        rows = self.verticalHeader()
        if rows.defaultSectionSize() != metrics.height() + 18:
            rows.setDefaultSectionSize(metrics.height() + 18)
        heading = self.horizontalHeader()
        for place, column in enumerate(self._model.columns):
            mode = QHeaderView.ResizeMode
            if column.chars:
                heading.setSectionResizeMode(place, mode.Interactive)
                heading.resizeSection(place, metrics.horizontalAdvance("0") * column.chars + 24)
            else:
                heading.setSectionResizeMode(place, mode.Stretch)

    def _sort(self, section: int) -> None:
        key = self._model.columns[section].key
        if not key:
            return
        down = self._order == (key, False)
        self._order = (key, down)
        order = Qt.SortOrder.DescendingOrder if down else Qt.SortOrder.AscendingOrder
        self.horizontalHeader().setSortIndicator(section, order)
        self.horizontalHeader().setSortIndicatorShown(True)
        self.sort_asked.emit(key, down)


def _alignment(column: Column) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if column.align == "right" else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter
