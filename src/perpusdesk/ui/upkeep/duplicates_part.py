"""Titles that may be one: the groups, and the chosen group side by side."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QStackedWidget, QVBoxLayout, QWidget

from perpusdesk.common.i18n import _
from perpusdesk.services.cataloguing.find_duplicates import DuplicateGroup
from perpusdesk.services.cataloguing.merge_titles import MergePreview
from perpusdesk.services.cataloguing.title_hits import TitleHit
from perpusdesk.ui.kit.buttons import button, primary_button, quiet_button
from perpusdesk.ui.kit.empty_state import EmptyState
from perpusdesk.ui.kit.flow import Flow
from perpusdesk.ui.kit.record_list import RecordList
from perpusdesk.ui.kit.scrolled import scrolled
from perpusdesk.ui.kit.words import words
from perpusdesk.ui.shell.list_saving import save_button
from perpusdesk.ui.upkeep import text
from perpusdesk.ui.upkeep.compare import Compare

_LIST_PART: Final = 2
_COMPARE_PART: Final = 5


class DuplicatesPart(QWidget):
    """Everything that is chosen goes out by signals; what is shown comes in by methods."""

    search_asked = Signal()
    stop_asked = Signal()
    merge_asked = Signal()
    skip_asked = Signal()
    group_chosen = Signal(int)
    save_list_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.count = words("", "lead", strong=True, wrap=True)
        self.rows = RecordList(_("Titles that may be one"), text.group_row)
        self.compare = Compare()
        self.moving = words("", wrap=True)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(_("Comparing titles"))
        self.far = words("", figures=True)
        self.merge = primary_button(
            _("Merge"), self.merge_asked.emit, icon="check", keys="Ctrl+Enter"
        )
        self._skip = button(_("Not the same"), self.skip_asked.emit, keys="Ctrl+D")
        self._stack = QStackedWidget()
        self._begin = EmptyState(
            "copy",
            _("Look for titles that are here twice"),
            _("All titles are compared by ISBN, title and author. The desk goes on meanwhile."),
            main=(_("Look for them"), self.search_asked.emit),
        )
        for page in (self._begin, self._running(), self._groups()):
            self._stack.addWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._stack)
        self.rows.chosen.connect(self._chosen)

    def _running(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 24, 0, 0)
        column.setSpacing(12)
        column.addWidget(words(_("Comparing titles"), "lead", strong=True))
        column.addWidget(self.bar)
        column.addWidget(self.far)
        column.addWidget(Flow(button(_("Cancel"), self.stop_asked.emit, icon="close")))
        column.addStretch(1)
        return page

    def _groups(self) -> QWidget:
        left, right, room = QWidget(), QWidget(), QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.count)
        again = quiet_button(_("Look again"), self.search_asked.emit, icon="renew")
        self._save = save_button(_("Titles that may be one"), self.save_list_asked.emit)
        column.addWidget(Flow(again, self._save))
        column.addWidget(self.rows, 1)
        inner = QVBoxLayout(room)
        inner.setContentsMargins(0, 0, 8, 8)
        inner.addWidget(self.compare)
        inner.addStretch(1)
        below = QVBoxLayout(right)
        below.setContentsMargins(0, 0, 0, 0)
        below.setSpacing(12)
        below.addWidget(scrolled(room), 1)
        below.addWidget(self.moving)
        below.addWidget(Flow(self.merge, self._skip))
        self._right = right
        page = QWidget()
        row = QHBoxLayout(page)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(24)
        row.addWidget(left, _LIST_PART)
        row.addWidget(right, _COMPARE_PART)
        return page

    def show_search(self, done: int, of: int) -> None:
        """Show how far the search is."""
        self._stack.setCurrentIndex(1)
        self.bar.setRange(0, of)
        self.bar.setValue(done)
        self.far.setText(text.searched(done, of) if of else _("It begins …"))

    def show_groups(self, groups: Sequence[tuple[DuplicateGroup, str]]) -> None:
        """Show what was found."""
        self._stack.setCurrentIndex(2)
        self.count.setText(text.found_groups(len(groups)))
        self.rows.show_records(groups)
        self._save.setVisible(bool(groups))
        self._right.setVisible(False)

    def choose(self, place: int) -> None:
        """Choose a group."""
        self.rows.selectRow(place)

    def show_pair(
        self, titles: Sequence[TitleHit], kept: UUID, preview: MergePreview, chosen: dict[str, UUID]
    ) -> None:
        """Show the chosen group side by side."""
        self.compare.show_titles(titles, kept, preview, chosen)
        self.moving.setText(text.moving(preview))
        self._right.setVisible(True)

    def _chosen(self, place: object) -> None:
        if isinstance(place, int):
            self.group_chosen.emit(place)
