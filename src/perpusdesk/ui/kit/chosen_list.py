"""A list whose chosen row gets its steps in one bar below."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from perpusdesk.ui.kit.flow import Flow
from perpusdesk.ui.kit.record_list import EDGE, Describe, RecordList
from perpusdesk.ui.kit.words import words

Steps = Callable[[Any], Sequence[QPushButton]]


class ChosenList(QWidget):
    """A heading, rows as high as needed, a bar of steps for the row that is chosen."""

    def __init__(self, name: str, describe: Describe, steps: Steps, empty: str) -> None:
        super().__init__()
        self._name, self._steps = name, steps
        self.heading = words(name, "lead", strong=True)
        self.rows = RecordList(name, describe)
        self.rows.fit_rows()
        self.bar = Flow()
        self._empty = words(empty, tone="muted", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for part in (self.heading, self._empty):
            part.setIndent(EDGE)
        self._head = QHBoxLayout()
        self._head.setSpacing(16)
        self._head.addWidget(self.heading, 1)
        column.addLayout(self._head)
        for widget in (self._empty, self.rows, self.bar):
            column.addWidget(widget)
        self.bar.setContentsMargins(EDGE, 0, 0, 0)
        self.rows.chosen.connect(self._chosen)
        self.show_records(())

    def show_records(self, records: Sequence[Any]) -> None:
        """Show these; nothing is chosen."""
        self.heading.setText(f"{self._name} ({len(records)})")
        self.rows.show_records(records)
        self.rows.setVisible(bool(records))
        self._empty.setVisible(not records)
        self.bar.fill()

    def add_step(self, step: QPushButton) -> None:
        """Put what can be done with the whole list beside its heading."""
        self._head.addWidget(step)

    def rename(self, name: str) -> None:
        """Put another heading over the rows."""
        self._name = name
        self.rows.setAccessibleName(name)

    def choose(self, place: int) -> None:
        """Choose the row at a place (from 0)."""
        self.rows.selectRow(place)

    def _chosen(self, _id: object) -> None:
        record = self.rows.chosen_record()
        self.bar.fill(*(self._steps(record) if record is not None else ()))
