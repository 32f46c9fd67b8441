"""Lists that are only looked at: the exchanges of the past, the devices of the library, checks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from perpusdesk.ui.kit.empty_state import EmptyState
from perpusdesk.ui.kit.record_list import Describe, RecordList
from perpusdesk.ui.kit.words import words


class ListPart(QWidget):
    """A quiet line over a list; where there is nothing, ``empty`` stands in its place."""

    def __init__(self, name: str, describe: Describe, empty: EmptyState) -> None:
        super().__init__()
        self.line = words("", tone="muted", wrap=True, figures=True)
        self.rows = RecordList(name, describe)
        self._empty = empty
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for part in (self.line, self.rows, empty):
            column.addWidget(part)
        self.show_records((), "")

    def show_records(self, records: Sequence[Any], line: str) -> None:
        """Show these under a line."""
        self.rows.show_records(records)
        self.line.setText(line)
        self.line.setVisible(bool(line) and bool(records))
        self.rows.setVisible(bool(records))
        self._empty.setVisible(not records)
