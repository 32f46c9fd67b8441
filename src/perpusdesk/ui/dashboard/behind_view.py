"""Where a number comes from: what it counts, and the list of what was counted."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from datetime import date, datetime
from typing import Any, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from perpusdesk.common.formats import date_and_time, number, short_date
from perpusdesk.common.i18n import _, ngettext
from perpusdesk.exchange.list_sheet import Cell
from perpusdesk.services.export_list import ListColumn
from perpusdesk.services.figures_behind import Behind
from perpusdesk.ui.kit.buttons import button
from perpusdesk.ui.kit.id_table import Column, Fetch, IdTable, IdTableModel, Rows
from perpusdesk.ui.kit.words import words
from perpusdesk.ui.shell.list_saving import save_button

_MOST: Final = 200_000
"""Lines that a person may scroll through; the file has them all."""


_WIDEST: Final = 32
"""Characters of the widest column on the screen."""


class BehindView(QWidget):
    """The number, its meaning, its rows. ``back`` leads to the charts, ``save`` to a file."""

    back = Signal()
    save = Signal()

    def __init__(self, fetch: Callable[[Sequence[Any], Callable[[Rows], None]], None]) -> None:
        super().__init__()
        self._fetch: Fetch = fetch
        self._name = words("", "lead", strong=True, wrap=True)
        self._value = words("", "hero", strong=True, figures=True)
        self._where = words("", "body", "muted", wrap=True)
        self._meaning = words("", "body", wrap=True)
        self._formula = words("", "caption", "muted", wrap=True)
        self._count = words("", "caption", "muted")
        self.table: IdTable | None = None
        self.leave = button(_("Back to the dashboard"), self.back.emit, keys="Esc")
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.leave)
        head.addWidget(self._count, 1)
        head.addWidget(save_button(_("what is behind the number"), self.save.emit))
        number_row = QHBoxLayout()
        number_row.setSpacing(24)
        number_row.addWidget(self._value)
        told = QVBoxLayout()
        told.setSpacing(4)
        for label in (self._name, self._where, self._meaning, self._formula):
            told.addWidget(label)
        number_row.addLayout(told, 1)
        self.top = QVBoxLayout()
        self.top.setSpacing(8)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        column.addLayout(head)
        column.addLayout(self.top)
        column.addLayout(number_row)
        self._room = QVBoxLayout()
        column.addLayout(self._room, 1)

    def show_behind(self, behind: Behind) -> None:
        """Show a number and its rows."""
        self._name.setText(behind.name)
        self._value.setText(number(behind.value))
        self._where.setText(f"{behind.period} · {behind.place}")
        self._meaning.setText(behind.meaning)
        self._formula.setText(behind.formula)
        lines = len(behind.sheet.ids)
        said = ngettext("{n} line", "{n} lines", lines).format(n=number(lines))
        self._count.setText(said)
        if self.table is not None:
            self._room.removeWidget(self.table)
            self.table.deleteLater()
        columns = [_column(one) for one in behind.sheet.columns]
        self.table = IdTable(IdTableModel(columns, self._rows), behind.name)
        self._room.addWidget(self.table)
        model = self.table.model()
        assert isinstance(model, IdTableModel)
        model.set_ids(behind.sheet.ids[:_MOST])
        self.leave.setFocus()

    def _rows(self, ids: Sequence[Hashable], answer: Callable[[Rows], None]) -> None:
        self._fetch(ids, answer)


def _column(one: ListColumn) -> Column:
    return Column(one.heading, lambda row: _said(one.cell(row)), chars=min(one.width, _WIDEST))


def _said(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return date_and_time(cell)
    if isinstance(cell, date):
        return short_date(cell)
    return number(cell) if isinstance(cell, int) else cell
