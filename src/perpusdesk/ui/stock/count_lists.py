"""The lists of a stock-take: words with counts at the left, the chosen list at the right."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from functools import partial
from typing import Final, Protocol
from uuid import UUID

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from perpusdesk.common.formats import number
from perpusdesk.common.i18n import _
from perpusdesk.domain.stock_take import Figures, Outcome, StockCount
from perpusdesk.services.desk import Desk
from perpusdesk.services.stock.stock_counts import CountState
from perpusdesk.services.stock.stock_lists import ODD, Entry, entries, rows
from perpusdesk.storage.queries.stock_lines import StockLine
from perpusdesk.ui.kit.buttons import button, quiet_button
from perpusdesk.ui.kit.facets import FacetColumn, FacetGroup, FacetValue
from perpusdesk.ui.kit.flow import Flow
from perpusdesk.ui.kit.id_table import Fetch, Rows
from perpusdesk.ui.kit.record_list import EDGE, RecordList, row_height
from perpusdesk.ui.kit.tasks import Tasks
from perpusdesk.ui.kit.theme import scaled_font
from perpusdesk.ui.kit.words import words
from perpusdesk.ui.stock import count_text as text

_GROUP: Final = "outcome"
_LEAST_ROWS: Final = 3
_ALL_ROOM: Final = 1_000
"""Weight beside which an empty stretch is nothing while the rows are shown."""
_NEAR: Final = 1_000
"""Rows from the top in which a chosen one is looked for when the list comes anew."""
_WITH_WORDS: Final = 90
"""Width in average characters from which the words stand beside the list, not above it."""


class Doings(Protocol):
    """What the lists' own buttons ask for."""

    def restore_all(self) -> None:
        """Record everything as found that is recorded as lost or missing."""

    def save_list(self) -> None:
        """Save the list as a workbook."""


class Copies(Protocol):
    """What the buttons of a chosen row ask for."""

    def take_back(self, copy: UUID) -> None:
        """Take a copy back that is recorded as on loan."""

    def record_found(self, copy: UUID) -> None:
        """Record a lost or missing copy as found."""

    def remove_scan(self, scan: UUID) -> None:
        """Take a scan back."""

    def open_title(self, copy: UUID) -> None:
        """Show the title of a copy."""


class CountLists(QWidget):
    """Words, heading, rows, and the steps for the chosen row."""

    chosen = Signal(object)
    """The outcome of the list that was asked for (``None``: all scans)."""

    def __init__(self, doings: Doings, copies: Copies, fetch: Fetch) -> None:
        super().__init__()
        self._copies = copies
        self.words = FacetColumn(lambda: text.list_name(None))
        self.words.asked.connect(self._asked)
        self.heading = words("", "lead", strong=True)
        self.heading.setIndent(EDGE)
        self.all = button(_("Record all as found"), doings.restore_all, icon="check")
        self.save = quiet_button(_("Save as XLSX"), doings.save_list, icon="file")
        self.empty = words("", tone="muted", wrap=True)
        self.empty.setIndent(EDGE)
        self.rows = RecordList(text.list_name(None), text.row, fetch)
        self.steps = Flow()
        self.steps.setContentsMargins(EDGE, 0, 0, 0)
        self.rows.chosen.connect(lambda _id: self._row_chosen())
        self.rows.rows.dataChanged.connect(self._row_chosen)
        self._running = True
        self._which: tuple[Outcome | None, bool] | None = None
        self._ids: Sequence[Entry] = ()
        self._line: StockLine | None = None
        self._lay_out()
        self._fit()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self.heading, 1)
        head.addWidget(self.all)
        head.addWidget(self.save)
        right = QVBoxLayout()
        right.setSpacing(8)
        right.addLayout(head)
        right.addWidget(self.empty)
        right.addWidget(self.rows, _ALL_ROOM)
        right.addWidget(self.steps)
        right.addStretch(1)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(16)
        self._row.addWidget(self.words)
        self._row.addLayout(right, 1)

    def show_words(self, figures: Figures, shown: Outcome | None, *, ended: bool) -> None:
        """Show the number of each list; those with nothing in them are left out."""
        self._running = not ended
        wanted = (Outcome.MISSING, Outcome.FOUND, *ODD)
        values = [
            FacetValue(outcome, text.list_name(outcome, ended=ended), figures.of(outcome))
            for outcome in wanted
            if figures.of(outcome) or outcome is shown or outcome is Outcome.MISSING
        ]
        group = FacetGroup(_GROUP, _("Outcome"), values, shown, most=len(wanted))
        self.words.show_groups(figures.scanned, [group])

    def show_list(self, ids: Sequence[Entry], shown: Outcome | None, *, ended: bool) -> None:
        """Show the rows of a list; the chosen row stays chosen where it still is.

        The same rows again are only fetched anew: nobody loses the button at hand.
        """
        which = (shown, ended)
        if which == self._which and ids == self._ids:
            self.rows.rows.refresh()
            return
        before = self.rows.chosen_id()
        self._which, self._ids = which, ids
        name = text.list_name(shown, ended=ended)
        self.heading.setText(f"{name} ({number(len(ids))})")
        self.rows.setAccessibleName(name)
        self.rows.show_ids(ids)
        self.rows.setVisible(bool(ids))
        self.all.setVisible(shown is Outcome.LOST and bool(ids))
        self.save.setVisible(bool(ids))
        self.empty.setVisible(not ids)
        self.empty.setText(_empty(shown))
        self._show_steps(None)
        near: list[Hashable] = list(ids[:_NEAR])
        if before in near:
            self.rows.selectRow(near.index(before))

    def _asked(self, _group: str, outcome: object) -> None:
        self.chosen.emit(outcome if isinstance(outcome, Outcome) else None)

    def _row_chosen(self) -> None:
        chosen = self.rows.selectionModel().hasSelection()
        line = self.rows.chosen_record() if chosen else None
        if chosen and line is None:
            return  # it is being fetched
        if line != self._line:
            self._show_steps(line if isinstance(line, StockLine) else None)

    def _show_steps(self, line: StockLine | None) -> None:
        self._line = line
        self.steps.fill(*(self._steps(line) if line else ()))

    def _steps(self, line: StockLine) -> Sequence[QPushButton]:
        do, made, copy = self._copies, [], line.copy
        if copy is not None and line.outcome is Outcome.ON_LOAN and not line.settled:
            made.append(button(_("Take back"), partial(do.take_back, copy), icon="return"))
        gone = line.condition in ("lost", "missing")
        if copy is not None and gone and line.outcome in (Outcome.LOST, Outcome.MISSING):
            made.append(button(_("Record as found"), partial(do.record_found, copy), icon="check"))
        if line.at is not None and self._running:
            remove = partial(do.remove_scan, line.id)
            made.append(button(_("Take the scan back"), remove, icon="undo"))
        if copy is not None:
            made.append(quiet_button(_("Title"), partial(do.open_title, copy), icon="book"))
        return made

    def changeEvent(self, event: QEvent) -> None:
        """Keep room for a few rows in any text size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()

    def _fit(self) -> None:
        self.rows.setMinimumHeight(_LEAST_ROWS * row_height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the words out where there is room for the list alone; Alt+1 to 9 still lead."""
        super().resizeEvent(event)
        chars = self.width() // max(1, QFontMetrics(scaled_font()).averageCharWidth())
        self.words.setVisible(chars >= _WITH_WORDS)


def _empty(shown: Outcome | None) -> str:
    if shown is None:
        return _("Nothing was scanned yet.")
    if shown is Outcome.MISSING:
        return _("Nothing is missing.")
    return _("Nothing here.")


class ListReader(QObject):
    """Reads ids and rows of the lists beside the desk's work."""

    def __init__(self, desk: Desk, tasks: Tasks) -> None:
        super().__init__()
        self._desk, self._tasks = desk, tasks
        self._asked = 0
        self._count: StockCount | None = None

    def read(
        self, state: CountState, shown: Outcome | None, then: Callable[[list[Entry]], object]
    ) -> None:
        """Read the ids of a list; only the answer to the last question is told."""
        self._asked += 1
        asked, count = self._asked, state.count
        self._count = count

        def work() -> list[Entry]:
            return _beside(self._desk, count, shown)

        def tell(found: list[Entry]) -> None:
            if asked == self._asked:
                then(found)

        self._tasks.aside(work, tell, owner=self)

    def drop(self) -> None:
        """Tell nothing of what is being read."""
        self._asked += 1

    def fetch(self, ids: Sequence[Hashable], answer: Callable[[Rows], None]) -> None:
        """Fetch the rows that are painted."""
        wanted = [
            (entry[0], entry[1]) for entry in ids if isinstance(entry, tuple) and len(entry) == 2
        ]

        count = self._count

        def read() -> Rows:
            found = rows(self._desk, count, wanted) if count else {}
            return {entry: found[entry] for entry in wanted if entry in found}

        self._tasks.run(read, answer, owner=self)


def _beside(desk: Desk, count: StockCount, shown: Outcome | None) -> list[Entry]:
    with desk.beside() as other:
        return entries(other, count, *((shown,) if shown else ()))
