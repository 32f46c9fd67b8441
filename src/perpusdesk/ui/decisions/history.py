"""What was settled: by whom, when and how; each decision can be taken back."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QStackedWidget, QVBoxLayout, QWidget

from perpusdesk.common.i18n import _
from perpusdesk.ui.decisions import text
from perpusdesk.ui.decisions.reading import Settled
from perpusdesk.ui.kit.buttons import button
from perpusdesk.ui.kit.chosen_list import ChosenList
from perpusdesk.ui.kit.empty_state import EmptyState
from perpusdesk.ui.kit.scrolled import scrolled


class History(QWidget):
    """The last decisions first. ``undo_asked`` carries the action that settled."""

    undo_asked = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.list = ChosenList(_("Decided already"), text.settled_row, self._steps, "")
        room = QWidget()
        inner = QVBoxLayout(room)
        inner.setContentsMargins(0, 0, 8, 16)
        inner.addWidget(self.list)
        inner.addStretch(1)
        self._stack = QStackedWidget()
        self._stack.addWidget(
            EmptyState("check", _("Nothing was settled yet"), _("Decisions are listed here."))
        )
        self._stack.addWidget(scrolled(room))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._stack)

    def show_lines(self, lines: Sequence[Settled]) -> None:
        """Show the decisions."""
        self.list.show_records(lines)
        self._stack.setCurrentIndex(1 if lines else 0)
        if lines:
            self.list.choose(0)

    def _steps(self, line: Settled) -> Sequence[QPushButton]:
        action = line.decision.action
        return (button(_("Undo"), lambda: self.undo_asked.emit(action), icon="undo"),)
