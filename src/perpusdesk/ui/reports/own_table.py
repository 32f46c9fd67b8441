"""The first lines of an own report, as they will stand in the file."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from perpusdesk.common.i18n import _
from perpusdesk.domain.own_reports.catalogue import Kind
from perpusdesk.services.reports.own_reports import Preview
from perpusdesk.ui.kit.id_table import Column, IdTable, IdTableModel, Rows
from perpusdesk.ui.kit.record_list import EDGE
from perpusdesk.ui.kit.words import words
from perpusdesk.ui.reports import own_text as text

_LINES = 9
_WIDEST = 32
_FITTING = 6
"""Columns up to which the widest takes what room is left; more than that scroll sideways."""


class OwnTable(QWidget):
    """How many lines there are, and the table; made anew when its headings change."""

    def __init__(self) -> None:
        super().__init__()
        self.said = words("", "lead", strong=True, wrap=True)
        self.said.setIndent(EDGE)
        self.table: IdTable | None = None
        self._model: IdTableModel | None = None
        self._heads: tuple[str, ...] = ()
        self._rows: tuple[tuple[Any, ...], ...] = ()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        self._column.addWidget(self.said)
        self._column.addStretch(0)

    def show_preview(self, preview: Preview) -> None:
        """Show the first lines."""
        heads = tuple(one.heading for one in preview.columns)
        self._rows = preview.rows
        if heads != self._heads or self._model is None:
            self._heads = heads
            self._make(preview)
        assert self._model is not None
        self._model.set_ids(range(len(preview.rows)))
        self.said.setText(text.how_many(preview))

    def say(self, what: str) -> None:
        """Say why there is nothing to see."""
        self.said.setText(what)
        self._rows = ()
        if self._model is not None:
            self._model.set_ids(range(0))

    def _make(self, preview: Preview) -> None:
        if self.table is not None:
            self._column.removeWidget(self.table)
            self.table.hide()
            self.table.deleteLater()
        widest = max(range(len(preview.columns)), key=lambda place: preview.columns[place].width)
        filling = widest if len(preview.columns) <= _FITTING else -1
        columns = [
            Column(
                one.heading,
                _reads(place, kind),
                0 if place == filling else max(min(one.width, _WIDEST), len(one.heading) + 2),
                "right" if kind in (Kind.NUMBER, Kind.MONEY) else "left",
            )
            for place, (one, kind) in enumerate(zip(preview.columns, preview.kinds, strict=True))
        ]
        self._model = IdTableModel(columns, self._fetch)
        self.table = IdTable(self._model, _("First lines of the report"))
        self.table.setMinimumHeight(_LINES * (self.fontMetrics().height() + 18))
        self._column.addWidget(self.table, 1)

    def _fetch(self, ids: Sequence[Hashable], answer: Callable[[Rows], None]) -> None:
        answer({id_: self._rows[id_] for id_ in ids if isinstance(id_, int)})


def _reads(place: int, kind: Kind) -> Callable[[Any], str]:
    return lambda row: text.cell_text(row[place], kind)
