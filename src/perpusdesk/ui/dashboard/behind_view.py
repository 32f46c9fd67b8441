"""Where a number comes from: what it counts, and the list of what was counted."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from perpusdesk.common.formats import date_and_time, number, short_date
from perpusdesk.common.i18n import _, ngettext
from perpusdesk.exchange.list_sheet import Cell
from perpusdesk.services.export_list import ListColumn
from perpusdesk.services.figures.figures_behind import Behind
from perpusdesk.ui.kit.buttons import button
from perpusdesk.ui.kit.id_table import Rows
from perpusdesk.ui.kit.record_list import RecordList, RowWords
from perpusdesk.ui.kit.words import words
from perpusdesk.ui.shell.list_saving import save_button

_NAMES: Final = 26
"""A column of so many characters or more holds what a row is called."""


class BehindView(QWidget):
    """The number, its meaning, its rows. ``back`` leads to the charts, ``save`` to a file."""

    back = Signal()
    save = Signal()

    def __init__(self, fetch: Callable[[Sequence[Any], Callable[[Rows], None]], None]) -> None:
        super().__init__()
        self._columns: Sequence[ListColumn] = ()
        self._name = words("", "lead", strong=True, wrap=True)
        self._value = words("", "hero", strong=True, figures=True)
        self._where = words("", "body", "muted", wrap=True)
        self._meaning = words("", "body", wrap=True)
        self._formula = words("", "caption", "muted", wrap=True)
        self._count = words("", "caption", "muted")
        self.rows = RecordList(_("What was counted"), self._describe, fetch)
        self.leave = button(_("Back to the dashboard"), self.back.emit, keys="Esc")
        self.top = QVBoxLayout()
        self.top.setSpacing(8)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        column.addLayout(self._head())
        column.addLayout(self.top)
        column.addLayout(self._number())
        column.addWidget(self.rows, 1)

    def _head(self) -> QHBoxLayout:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.leave)
        head.addWidget(self._count, 1)
        head.addWidget(save_button(_("what is behind the number"), self.save.emit))
        return head

    def _number(self) -> QHBoxLayout:
        row, told = QHBoxLayout(), QVBoxLayout()
        row.setSpacing(24)
        row.addWidget(self._value)
        told.setSpacing(4)
        for label in (self._name, self._where, self._meaning, self._formula):
            told.addWidget(label)
        row.addLayout(told, 1)
        return row

    def show_behind(self, behind: Behind) -> None:
        """Show a number and its rows."""
        self._name.setText(behind.name)
        self._value.setText(number(behind.value))
        self._where.setText(f"{behind.period} · {behind.place}")
        self._meaning.setText(behind.meaning)
        self._formula.setText(behind.formula)
        lines = len(behind.sheet.ids)
        self._count.setText(ngettext("{n} line", "{n} lines", lines).format(n=number(lines)))
        self._columns = behind.sheet.columns
        self.rows.show_ids(behind.sheet.ids)
        self.leave.setFocus()

    def told(self) -> tuple[str, str, str]:
        """Return the name of the number, the number, and of when and where it is."""
        return self._name.text(), self._value.text(), self._where.text()

    def _describe(self, row: Any) -> RowWords:
        """Say a line of the list in two: what it is called, and all the rest below."""
        cells = [(one, one.cell(row)) for one in self._columns]
        known = [(one, cell) for one, cell in cells if cell not in {None, "", 0}]
        if not known:
            return RowWords("–")
        first = known.pop(0)
        named = next((pair for pair in known if pair[0].width >= _NAMES), None) or (
            known[0] if known else first
        )
        rest = [_said(*pair) for pair in known if pair is not named]
        return RowWords(_text(named[1]), " · ".join(rest), _text(first[1]))


def _said(column: ListColumn, cell: Cell) -> str:
    """Return a cell; dates and numbers with the name of their column."""
    return _text(cell) if isinstance(cell, str) else f"{column.heading}: {_text(cell)}"


def _text(cell: Cell) -> str:
    if isinstance(cell, datetime):
        return date_and_time(cell)
    if isinstance(cell, date):
        return short_date(cell)
    return number(cell) if isinstance(cell, int) else cell or ""
