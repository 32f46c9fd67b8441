"""The list: how many there are, what narrows them, and the rows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from perpusdesk.common.i18n import _
from perpusdesk.services.members.member_lists import Facets
from perpusdesk.ui.kit.buttons import button, quiet_button
from perpusdesk.ui.kit.empty_state import EmptyState
from perpusdesk.ui.kit.flow import Flow
from perpusdesk.ui.kit.id_table import Fetch
from perpusdesk.ui.kit.record_list import EDGE, RecordList
from perpusdesk.ui.kit.words import words
from perpusdesk.ui.members import text
from perpusdesk.ui.members.facets import FacetChoices, FacetColumn, Narrowed
from perpusdesk.ui.shell.list_saving import save_button


class ListPane(QWidget):
    """Facets and rows; ``narrowed`` tells what is asked for, ``cleared`` the end of a search.

    ``save_asked`` wants the list as a file.
    """

    narrowed = Signal(object)
    cleared = Signal()
    save_asked = Signal()

    def __init__(
        self, fetch: Fetch, new: Callable[[], object], saving: Sequence[QWidget] = ()
    ) -> None:
        """``saving`` are shown above the rows while the list is saved."""
        super().__init__()
        self._saving = saving
        self._new = new
        self.column, self._choices = FacetColumn(), FacetChoices()
        self.column.narrowed.connect(self.narrowed)
        self._choices.asked.connect(self.narrowed)
        self.count = words("", "lead", strong=True, wrap=True)
        self._clear = quiet_button(_("Show all"), self.cleared.emit, icon="close")
        self._add = button(_("New member"), new, icon="plus", keys="Ctrl+N")
        self.rows = RecordList(_("Members"), text.member_row, fetch)
        self.save = save_button(_("Members"), self.save_asked.emit)
        self._room = QStackedWidget()
        self._room.addWidget(self.rows)
        self._empty: QWidget | None = None
        self._lay_out()
        self.show_as(roomy=True)

    def _lay_out(self) -> None:
        self.count.setIndent(EDGE)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.count, 1)
        head.addWidget(self._clear, 0, Qt.AlignmentFlag.AlignTop)
        tools = QHBoxLayout()
        tools.setContentsMargins(EDGE, 0, 0, 0)
        tools.addWidget(Flow(self._add))
        middle = QVBoxLayout()
        middle.setSpacing(8)
        middle.addLayout(head)
        middle.addLayout(tools)
        middle.addWidget(self._choices)
        for part in self._saving:
            middle.addWidget(part)
        middle.addWidget(self._room, 1)
        middle.addWidget(self.save, 0, Qt.AlignmentFlag.AlignLeft)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        row.addWidget(self.column)
        row.addLayout(middle, 1)

    def show_as(self, *, roomy: bool) -> None:
        """Show the words at the left where there is room, else two choices above."""
        self.column.setVisible(roomy)
        self._choices.setVisible(not roomy)

    def show_list(self, ids: Sequence[UUID], facets: Facets, search: str, to: Narrowed) -> None:
        """Show what was found."""
        self.count.setText(text.count(len(ids), search))
        self._clear.setVisible(bool(search))
        self.column.show_facets(facets, to)
        self._choices.show_facets(facets, to)
        self.rows.show_ids(ids)
        self._show_empty(bool(ids), bool(search) or to != Narrowed())

    def choose(self, member: UUID | None, ids: Sequence[UUID]) -> None:
        """Mark a member in the list without telling anybody."""
        before = self.rows.blockSignals(True)
        if member is not None and member in ids:
            self.rows.selectRow(ids.index(member))
        else:
            self.rows.clearSelection()
        self.rows.blockSignals(before)
        self.rows.viewport().update()

    def _show_empty(self, any_: bool, asked: bool) -> None:
        self.save.setVisible(any_)
        if any_:
            self._room.setCurrentWidget(self.rows)
            return
        if self._empty is not None:
            self._room.removeWidget(self._empty)
            self._empty.deleteLater()
        if asked:
            what, why = _("Nobody fits"), _("Try fewer letters, or take the narrowing away.")
            self._empty = EmptyState(
                "search", what, why, other=(_("Show all members"), self.cleared.emit)
            )
        else:
            what = _("No members yet")
            why = _("Register the first one; cards can be printed from the record.")
            self._empty = EmptyState("members", what, why, main=(_("New member"), self._new))
        self._room.addWidget(self._empty)
        self._room.setCurrentWidget(self._empty)
