"""The head of a stock-take: what is counted, how far it is, and how this device counts."""

from __future__ import annotations

from typing import Final, Protocol

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QLineEdit,
    QProgressBar,
    QVBoxLayout,
    QWidget,
)

from perpusdesk.common.formats import number
from perpusdesk.common.i18n import _
from perpusdesk.domain.stock_take import Figures, StockCount
from perpusdesk.services.stock.stock_counts import CountState
from perpusdesk.services.stock.stock_options import CountOptions
from perpusdesk.ui.kit.accessible import named
from perpusdesk.ui.kit.buttons import button, quiet_button
from perpusdesk.ui.kit.flow import Flow
from perpusdesk.ui.kit.words import words
from perpusdesk.ui.stock import count_text as text

_PLACE_CHARS: Final = 14
_LONGEST_PLACE: Final = 60


class Doings(Protocol):
    """What the head's buttons ask for."""

    def ask_end(self) -> None:
        """Ask whether the count is to end."""

    def pause(self) -> None:
        """Go back to all counts."""

    def reopen(self) -> None:
        """Go on with an ended count."""

    def count_file(self) -> None:
        """Count from a file."""

    def print_paper(self) -> None:
        """Print the record."""

    def options_changed(self) -> None:
        """Follow what is ticked."""


class CountHead(QWidget):
    """Name and buttons, below them the number found with its bar, and the options."""

    def __init__(self, doings: Doings) -> None:
        super().__init__()
        self.name = words("", "lead", strong=True, wrap=True)
        self.scope = words("", "caption", "muted", wrap=True)
        self.found = words("", "hero", strong=True, figures=True)
        self.of = words("", "lead", "muted", figures=True)
        self.last = words("", "caption", "muted")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.place = QLineEdit()
        self.place.setPlaceholderText(_("Shelf"))
        self.place.setMaxLength(_LONGEST_PLACE)
        named(self.place, _("The shelf that is being scanned"))
        self.order = QCheckBox(_("Check the order"))
        self.restore = QCheckBox(_("Restore finds at once"))
        self.restore.setToolTip(_("What is recorded as lost or missing is good after the scan."))
        self.end = button(_("End"), doings.ask_end, icon="check", keys="F7")
        self.file = quiet_button(_("From a file"), doings.count_file, icon="file")
        self.record = button(_("The record"), doings.print_paper, icon="print", keys="Ctrl+P")
        self.again = button(_("Open again"), doings.reopen, icon="undo")
        self.leave = quiet_button(_("All counts"), doings.pause, keys="Esc")
        for box in (self.order, self.restore):
            box.clicked.connect(lambda _on: doings.options_changed())
        self._lay_out()

    def _lay_out(self) -> None:
        called = QVBoxLayout()
        called.setSpacing(0)
        called.addWidget(self.name)
        called.addWidget(self.scope)
        upper = QHBoxLayout()
        upper.setSpacing(16)
        upper.addLayout(called, 1)
        upper.addWidget(Flow(self.record, self.file, self.again, self.end, self.leave))
        figures = QHBoxLayout()
        figures.setSpacing(12)
        bottom = Qt.AlignmentFlag.AlignBottom
        figures.addWidget(self.found, 0, bottom)
        figures.addWidget(self.of, 0, bottom)
        figures.addWidget(self.last, 1, bottom)
        bar = QVBoxLayout()
        bar.setSpacing(4)
        bar.addLayout(figures)
        bar.addWidget(self.bar)
        self._options = Flow(self.place, self.order, self.restore, gap=16)
        lower = QHBoxLayout()
        lower.setSpacing(32)
        lower.addLayout(bar, 1)
        lower.addWidget(self._options, 0, bottom)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(upper)
        column.addLayout(lower)

    def show_count(self, state: CountState, before: StockCount | None) -> None:
        """Show a count; ``before`` is the last one of the same shelves."""
        running = state.count.ended is None
        self.name.setText(state.count.name)
        self.scope.setText(state.scope)
        self.last.setText(text.compared(state.figures, before))
        for part in (self.end, self.file, self._options):
            part.setVisible(running)
        self.again.setVisible(not running)
        self.show_figures(state.figures)

    def show_figures(self, figures: Figures) -> None:
        """Show how far it is."""
        self.found.setText(number(figures.found))
        self.of.setText(text.progress(figures))
        self.bar.setRange(0, max(1, figures.expected))
        self.bar.setValue(figures.found)
        named(self.bar, f"{self.found.text()} {self.of.text()}")

    def show_options(self, options: CountOptions) -> None:
        """Tick what this device does."""
        self.order.setChecked(options.order)
        self.restore.setChecked(options.restore)

    @property
    def options(self) -> CountOptions:
        """What is ticked."""
        return CountOptions(self.order.isChecked(), self.restore.isChecked())
