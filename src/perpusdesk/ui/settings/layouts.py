"""How the pages of the settings lie: a short list with forms beside it, and a form's column."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from perpusdesk.ui.kit.id_table import IdTable

_ROWS_SHOWN: Final = 8


def fit_rows(table: IdTable, rows: int) -> None:
    """Make a table as tall as its rows, up to a handful; the rest is scrolled to."""
    head = table.horizontalHeader().sizeHint().height()
    each = table.verticalHeader().defaultSectionSize()
    table.setFixedHeight(head + min(max(rows, 1), _ROWS_SHOWN) * each + 8)


def lay_list(shown: QWidget, parts: Sequence[QWidget]) -> QVBoxLayout:
    """Put what belongs to a list below each other; return the column for what comes besides."""
    column = QVBoxLayout(shown)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(12)
    for part in parts:
        column.addWidget(part)
    return column


def lay_page(page: QWidget, parts: Sequence[QWidget]) -> None:
    """Put a list and its forms, of which one is shown at a time, into their page."""
    column = QVBoxLayout(page)
    column.setContentsMargins(4, 0, 4, 24)
    column.setSpacing(12)
    for part in parts:
        column.addWidget(part)
    column.addStretch(1)


def in_a_row(buttons: Sequence[QWidget]) -> QHBoxLayout:
    """Return the buttons that end a form, from the left."""
    row = QHBoxLayout()
    row.setSpacing(8)
    for each in buttons:
        row.addWidget(each)
    row.addStretch(1)
    return row
