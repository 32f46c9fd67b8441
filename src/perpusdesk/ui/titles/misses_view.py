"""Searches that found nothing, in the place of the list: to be searched again, or to be saved."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from perpusdesk.common.i18n import _
from perpusdesk.services.searching.search_misses import Miss
from perpusdesk.ui.kit.buttons import button, quiet_button
from perpusdesk.ui.kit.empty_state import EmptyState
from perpusdesk.ui.kit.flow import Flow
from perpusdesk.ui.kit.record_list import EDGE, RecordList
from perpusdesk.ui.kit.words import words
from perpusdesk.ui.titles import text


class MissesView(QWidget):
    """``chosen`` carries the words of a miss, ``left`` and ``save_asked`` what was pressed."""

    chosen = Signal(str)
    left = Signal()
    save_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.misses: Sequence[Miss] = ()
        head = words(_("Searches without result"), "lead", strong=True)
        head.setIndent(EDGE)
        said = _("What readers searched for in vain at this computer; who it was is not kept.")
        why = words(said, tone="muted", wrap=True)
        why.setIndent(EDGE)
        self.rows = RecordList(_("Searches without result"), text.miss_row)
        self.rows.opened.connect(self._open)
        nothing = EmptyState("search", _("Every search has found something"))
        self._room = QStackedWidget()
        self._room.addWidget(self.rows)
        self._room.addWidget(nothing)
        self.save = button(_("Save this list as XLSX"), self.save_asked.emit, icon="file")
        back = quiet_button(_("Back to the list"), self.left.emit, keys="Esc")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(head)
        column.addWidget(why)
        column.addWidget(Flow(self.save, back))
        column.addWidget(self._room, 1)

    def show_misses(self, misses: Sequence[Miss]) -> None:
        """Show them, the most wanted first."""
        self.misses = misses
        self.rows.show_records(misses)
        self.save.setEnabled(bool(misses))
        self._room.setCurrentIndex(0 if misses else 1)
        if misses:
            self.rows.enter()

    def _open(self, place: object) -> None:
        if isinstance(place, int):
            self.chosen.emit(self.misses[place].text)
