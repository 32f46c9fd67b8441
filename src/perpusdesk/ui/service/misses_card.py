"""What was searched for in vain at this computer, each to be made a wish with one key."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout

from perpusdesk.common.i18n import _
from perpusdesk.services.searching.search_misses import Miss
from perpusdesk.ui.kit.buttons import primary_button, quiet_button
from perpusdesk.ui.kit.flow import Flow
from perpusdesk.ui.kit.in_page import InPage
from perpusdesk.ui.kit.record_list import RecordList
from perpusdesk.ui.kit.words import words
from perpusdesk.ui.service import text

_HEIGHT = 6
"""Rows that are seen at once."""


class MissesCard(InPage):
    """Hidden until ``come_up``; ``taken`` carries the search that becomes a wish."""

    taken = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        head = words(_("Searches without result"), "lead", strong=True, wrap=True)
        said = _("Of this computer only; who searched is not kept. A wish goes to all branches.")
        self.rows = RecordList(_("Searches without result"), text.miss_row)
        self.rows.opened.connect(lambda _id: self.take())
        self.go = primary_button(_("Make it a wish"), self.take, icon="plus", keys="Enter")
        back = quiet_button(_("Back to the wishes"), self.leave, keys="Esc")
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(8)
        column.addWidget(head)
        column.addWidget(words(said, tone="muted", wrap=True))
        column.addWidget(self.rows)
        column.addWidget(Flow(self.go, back))

    def show_misses(self, misses: Sequence[Miss]) -> None:
        """Show them, the most wanted first; the place in the list stays."""
        place = max(0, self.rows.currentIndex().row())
        self.rows.show_records(misses)
        shown = min(_HEIGHT, max(1, len(misses)))
        self.rows.setFixedHeight(self.rows.verticalHeader().defaultSectionSize() * shown + 2)
        if misses:
            self.rows.selectRow(min(place, len(misses) - 1))
        else:
            self.leave()

    def come_up(self) -> None:
        """Show the card, the keyboard in its list."""
        self.come(self.rows)
        self.rows.enter()

    def take(self) -> None:
        """Make the chosen search a wish."""
        miss = self.rows.chosen_record()
        if miss is not None:
            self.taken.emit(miss)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter takes the search that is chosen."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.take()
        else:
            super().keyPressEvent(event)
