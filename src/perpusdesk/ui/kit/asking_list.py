"""A list with the steps for its chosen row; while a question is asked, that has its place."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtWidgets import QLabel, QPushButton, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from perpusdesk.ui.kit.ask_card import AskCard
from perpusdesk.ui.kit.empty_state import EmptyState
from perpusdesk.ui.kit.flow import Flow
from perpusdesk.ui.kit.record_list import RecordList
from perpusdesk.ui.kit.scrolled import scrolled


class AskingList(QWidget):
    """Head and list, or what to do where there is nothing, or a question.

    A screen says by ``steps_for`` what can be done with the chosen row, and asks after
    ``make_room``.
    """

    def __init__(self, says: QLabel, new: QPushButton, rows: RecordList, empty: EmptyState) -> None:
        """``says`` stands above the list, with ``new`` below it."""
        super().__init__()
        self.ask, self.rows, self.new = AskCard(), rows, new
        self.steps = Flow()
        page = QWidget()
        inner = QVBoxLayout(page)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(12)
        inner.addWidget(rows, 1)
        inner.addWidget(self.steps)
        self._stack = QStackedWidget()
        for one in (empty, page, asking(self.ask)):
            self._stack.addWidget(one)
        self.ask.left.connect(self._show_list)
        self._head = QWidget()
        head = QVBoxLayout(self._head)
        head.setContentsMargins(0, 0, 0, 0)
        head.setSpacing(12)
        head.addWidget(says)
        head.addWidget(Flow(new))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 16)
        column.setSpacing(12)
        column.addWidget(self._head)
        column.addWidget(self._stack, 1)
        rows.chosen.connect(lambda _place: self._fill_steps())

    def steps_for(self, record: Any) -> Sequence[QPushButton]:
        """Return what can be done with a row; nothing, unless a screen says more."""
        return ()

    def show_records(self, records: Sequence[Any]) -> None:
        """Fill the list and choose its first row; a question that is open stays."""
        self.rows.show_records(records)
        if self.ask.isHidden():
            self._show_list()
        if records:
            self.rows.selectRow(0)
        self._fill_steps()

    def make_room(self) -> AskCard:
        """Give the room of the list to a question, and return its card."""
        self._head.setVisible(False)
        self._stack.setCurrentIndex(2)
        return self.ask

    def _show_list(self) -> None:
        some = self.rows.rows.rowCount() > 0
        self._head.setVisible(some)
        self._stack.setCurrentIndex(1 if some else 0)

    def _fill_steps(self) -> None:
        record = self.rows.chosen_record()
        self.steps.fill(*(() if record is None else self.steps_for(record)))


def asking(ask: AskCard) -> QScrollArea:
    """Return the room of a question, which stands at its top and scrolls where room is small."""
    room = QWidget()
    column = QVBoxLayout(room)
    column.setContentsMargins(0, 0, 8, 0)
    column.addWidget(ask)
    column.addStretch(1)
    return scrolled(room)
