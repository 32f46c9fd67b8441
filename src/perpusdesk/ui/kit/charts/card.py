"""A chart with its title, its twin as a table (T), and the way to where its numbers come from."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QSizePolicy,
    QStackedWidget,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
)

from perpusdesk.common.i18n import _
from perpusdesk.ui.kit.buttons import quiet_button
from perpusdesk.ui.kit.cards import Card
from perpusdesk.ui.kit.charts.chart import Chart
from perpusdesk.ui.kit.words import words

_LEAST_ROWS: Final = 3


class TwinTable(QTableWidget):
    """The same numbers as a table; T goes back to the chart, Enter behind a number."""

    chart_asked = Signal()

    def __init__(self, chart: Chart, name: str) -> None:
        super().__init__()
        self._chart = chart
        self.setAccessibleName(name)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.verticalHeader().hide()
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        self.setAlternatingRowColors(True)
        self.cellActivated.connect(self._activate)

    def fill(self) -> None:
        """Take the numbers from the chart."""
        twin = self._chart.twin()
        self.setColumnCount(len(twin.headings))
        self.setHorizontalHeaderLabels(list(twin.headings))
        self.setRowCount(len(twin.rows))
        for row, cells in enumerate(twin.rows):
            for column, text in enumerate(cells):
                item = QTableWidgetItem(text)
                if column:
                    item.setTextAlignment(
                        Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
                    )
                self.setItem(row, column, item)
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setStretchLastSection(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go back to the chart by T."""
        if event.key() == Qt.Key.Key_T and not event.modifiers():
            self.chart_asked.emit()
        else:
            super().keyPressEvent(event)

    def _activate(self, row: int, column: int) -> None:
        mark = self._chart.mark_at(row, column)
        if mark is not None and mark.what is not None:
            self._chart.chosen.emit(mark.what)


class ChartCard(Card):
    """A quiet card: title, a line that explains, the chart or its table.

    ``origin_asked``: somebody wants to know where the numbers come from.
    """

    origin_asked = Signal()

    def __init__(self, title: str, chart: Chart, under: str = "", *, origin: bool = True) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.chart = chart
        self.table = TwinTable(chart, _("{chart}, as a table").format(chart=title))
        self.stack = QStackedWidget()
        self.stack.addWidget(chart)
        self.stack.addWidget(self.table)
        self.title = words(title, "lead", strong=True, wrap=True)
        self.under = words(under, "caption", "muted", wrap=True)
        self.under.setVisible(bool(under))
        self._turn = quiet_button(_("Table"), self.turn, keys="T")
        self._turn.setAccessibleName(_("{chart}, as a table").format(chart=title))
        head = QHBoxLayout()
        head.setSpacing(4)
        head.addWidget(self.title, 1)
        if origin:
            ask = quiet_button(_("Where from?"), self.origin_asked.emit)
            ask.setAccessibleName(
                _("Where do these numbers come from? {chart}").format(chart=title)
            )
            head.addWidget(ask)
        head.addWidget(self._turn)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 16)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self.under)
        column.addWidget(self.stack)
        column.addStretch(1)
        chart.table_asked.connect(self.turn)
        self.table.chart_asked.connect(self.turn)

    def say(self, under: str) -> None:
        """Explain the chart in a line below its title."""
        self.under.setText(under)
        self.under.setVisible(bool(under))

    @property
    def is_table(self) -> bool:
        """Whether the table is in front."""
        return self.stack.currentWidget() is self.table

    def renew(self) -> None:
        """Bring the table up to date with the chart."""
        if self.is_table:
            self.table.fill()

    def turn(self) -> None:
        """Turn from the chart to its table, or back; the keyboard goes along."""
        into_table = not self.is_table
        if into_table:
            self.table.fill()
            least = self.chart.line * 2 * _LEAST_ROWS
            self.table.setFixedHeight(round(max(least, self.chart.sizeHint().height())))
        front = self.table if into_table else self.chart
        self.stack.setCurrentWidget(front)
        self._turn.setText(_("Chart") if into_table else _("Table"))
        front.setFocus(Qt.FocusReason.OtherFocusReason)
