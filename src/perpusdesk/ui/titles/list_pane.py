"""The catalogue's list: how many there are, what narrows and orders them, and the rows."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from perpusdesk.common.i18n import _
from perpusdesk.services.cataloguing.title_lists import (
    EVERYTHING,
    Asked,
    Facets,
    Narrowing,
    Order,
    TitleList,
)
from perpusdesk.ui.kit.accessible import named
from perpusdesk.ui.kit.buttons import quiet_button
from perpusdesk.ui.kit.empty_state import EmptyState
from perpusdesk.ui.kit.facets import ALL, FacetColumn
from perpusdesk.ui.kit.flow import Flow
from perpusdesk.ui.kit.forms import Choice
from perpusdesk.ui.kit.id_table import Fetch
from perpusdesk.ui.kit.record_list import EDGE, RecordList
from perpusdesk.ui.kit.words import words
from perpusdesk.ui.titles import text
from perpusdesk.ui.titles.narrowing import chosen, groups_of


class ListPane(QWidget):
    """Facets at the left where there is room, else in the place of the rows by a button."""

    narrowed = Signal(str, object)
    """The group of a facet and its key, or ``None`` (see ``kit.facets.FacetColumn``)."""

    ordered = Signal(object)
    """An ``Order``."""

    instead_asked = Signal()
    cleared = Signal()
    unfolded = Signal()

    save_asked = Signal()
    wish_asked = Signal()
    new_asked = Signal()

    def __init__(self, fetch: Fetch, saver: QWidget) -> None:
        """``saver`` is shown below the rows while a list is saved."""
        super().__init__()
        self._saver = saver
        self.roomy = True
        self.branches: dict[UUID, str] = {}
        self.facets = FacetColumn()
        self.facets.asked.connect(self.narrowed)
        self.count = words("", "lead", strong=True, wrap=True)
        self.note = words("", tone="muted", wrap=True)
        self.instead = quiet_button("", self.instead_asked.emit, icon="search", keys="F6")
        self._narrow = quiet_button(_("Narrow"), self.unfold, icon="filter", keys="F7")
        self.order: Choice[Order] = Choice(text.orders(searched=False))
        named(self.order, _("Order"))
        self.order.activated.connect(lambda _index: self.ordered.emit(self.order.value()))
        self._clear = quiet_button(_("Show all"), self.cleared.emit, icon="close")
        self._save = quiet_button(_("Save as XLSX"), self.save_asked.emit, icon="file")
        self._tools, self._foot = Flow(self.order, self._narrow), Flow(self._save)
        self._chips = QWidget()
        self._chip_room = QVBoxLayout(self._chips)
        self.rows = RecordList(_("Titles"), text.title_row, fetch)
        self._lay_out()
        self.show_as(roomy=True)

    def _lay_out(self) -> None:
        self.count.setIndent(EDGE)
        self.note.setIndent(EDGE)
        self._chip_room.setContentsMargins(0, 0, 0, 0)
        self._room = QStackedWidget()
        self._room.addWidget(self.rows)
        why = _("Try fewer words, another spelling, or the author's name.")
        wish = (_("Make it a wish"), self.wish_asked.emit)
        self._nothing = EmptyState("search", _("No title fits"), why, other=wish)
        why = _("Take some of the narrowing away.")
        all_ = (_("Show all"), lambda: self.narrowed.emit(ALL, None))
        self._nothing_left = EmptyState("filter", _("No title is left"), why, other=all_)
        why = _("Write the first one down, or bring in a list under Import & export.")
        new = (_("New title"), self.new_asked.emit)
        self._empty = EmptyState("book", _("No titles yet"), why, main=new)
        for state in (self._nothing, self._nothing_left, self._empty):
            self._room.addWidget(state)
        self._folded = QWidget()
        self._folded_room = QVBoxLayout(self._folded)
        self._folded_room.setContentsMargins(0, 0, 0, 0)
        self._room.addWidget(self._folded)
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self.count, 1)
        top.addWidget(self._clear, 0, Qt.AlignmentFlag.AlignTop)
        tools = QHBoxLayout()
        tools.setContentsMargins(EDGE, 0, 0, 0)
        tools.addWidget(self._tools)
        middle = QVBoxLayout()
        middle.setSpacing(8)
        middle.addLayout(top)
        middle.addWidget(self.note)
        middle.addWidget(self.instead, 0, Qt.AlignmentFlag.AlignLeft)
        middle.addLayout(tools)
        middle.addWidget(self._chips)
        middle.addWidget(self._room, 1)
        middle.addWidget(self._saver)
        middle.addWidget(self._foot)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(16)
        self._row.addWidget(self.facets)
        self._row.addLayout(middle, 1)

    def add_step(self, step: QWidget, *, below: bool = False) -> None:
        """Put a button beside the order, or below the rows, for what is done now and then."""
        (self._foot if below else self._tools).row.addWidget(step)

    # --- room --------------------------------------------------------------------------------

    def show_as(self, *, roomy: bool) -> None:
        """Keep the facets at the left, or behind a button."""
        if roomy == self.roomy and self.facets.parent() is not None:
            self._narrow.setVisible(not roomy)
            return
        self.roomy = roomy
        self._narrow.setVisible(not roomy)
        if roomy:
            self._row.insertWidget(0, self.facets)
            self._fold()
        else:
            self._folded_room.addWidget(self.facets)
        self.facets.show()

    def unfold(self) -> None:
        """Bring the facets to the front (again: away), or the keyboard to them."""
        if not self.roomy and self._room.currentWidget() is self._folded:
            self._fold()
            self.rows.enter()
            return
        if not self.roomy:
            self._room.setCurrentWidget(self._folded)
        self.facets.take_keyboard()

    def leave_facets(self) -> bool:
        """Put the rows in front of folded facets; tell whether that was needed."""
        if self._room.currentWidget() is not self._folded:
            return False
        self._fold()
        self.rows.enter()
        return True

    def _fold(self) -> None:
        if self._room.currentWidget() is self._folded:
            self._room.setCurrentWidget(self.rows)

    # --- what is shown -----------------------------------------------------------------------

    def show_list(self, asked: Asked, found: TitleList) -> None:
        """Show what was found; the same titles as before keep their place on the screen."""
        self.count.setText(text.count(asked, found))
        self.note.setText(text.note(asked, found))
        self.note.setVisible(bool(self.note.text()))
        verb = text.take_instead(found)
        self.instead.setText(verb)
        self.instead.setAccessibleName(verb)
        self.instead.setVisible(bool(verb))
        self._show_order(asked)
        self._show_chips(asked)
        self.rows.change_ids(found.rows)
        if self._room.currentWidget() is not self._folded:
            self._show_room(asked, bool(found.rows) or not found.whole)

    def _show_room(self, asked: Asked, any_: bool) -> None:
        empty = self._nothing_left if asked.narrowing else self._nothing
        if not asked.text and asked.narrowing == EVERYTHING:
            empty = self._empty
        self._room.setCurrentWidget(self.rows if any_ else empty)

    def show_facets(self, facets: Facets, to: Narrowing) -> None:
        """Show the counts."""
        groups = groups_of(facets, to, self.branches)
        self.facets.show_groups(facets.everything, groups, facets.total)

    def _show_order(self, asked: Asked) -> None:
        options = text.orders(searched=bool(asked.text))
        self.order.set_options(options)
        offered = [value for _word, value in options]
        self.order.choose(asked.order if asked.order in offered else offered[0])

    def _show_chips(self, asked: Asked) -> None:
        while (item := self._chip_room.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        chips = [] if self.roomy else chosen(asked.narrowing, self.branches)
        made = [
            quiet_button(word, partial(self.narrowed.emit, group, None), icon="close")
            for group, word in chips
        ]
        self._clear.setVisible(bool(asked.text or asked.narrowing != EVERYTHING))
        if made:
            self._chip_room.addWidget(Flow(*made))
        self._chips.setVisible(bool(made))

    def choose(self, row: int | None, rows: Sequence[int]) -> None:
        """Mark a title in the list without telling anybody."""
        before = self.rows.blockSignals(True)
        if row is not None and row in rows:
            self.rows.selectRow(rows.index(row))
        else:
            self.rows.clearSelection()
        self.rows.blockSignals(before)
        self.rows.viewport().update()
