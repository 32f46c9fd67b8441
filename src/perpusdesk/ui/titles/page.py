"""The catalogue's screen: find a title, see its copies and who waits, and place holds."""

from __future__ import annotations

import re
from typing import Final
from uuid import UUID

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from perpusdesk.common.i18n import _
from perpusdesk.domain.items import Condition
from perpusdesk.scan.types import Scan
from perpusdesk.services.cataloguing.conditions import mark_copy
from perpusdesk.services.cataloguing.title_card import (
    CopyLine,
    TitleCard,
    copy_history,
    title_card,
    title_of_copy,
)
from perpusdesk.services.cataloguing.title_lists import TitleHit, titles_at
from perpusdesk.services.circulation.found import report_found, report_replaced
from perpusdesk.services.circulation.holds import cancel_hold, place_hold
from perpusdesk.services.circulation.read_code import Code, read_code
from perpusdesk.services.circulation.visit import Visit, current_visit
from perpusdesk.services.desk import Desk
from perpusdesk.services.members.find_members import find_members
from perpusdesk.storage.queries.holds import HoldLine
from perpusdesk.ui.kit.buttons import button, quiet_button
from perpusdesk.ui.kit.empty_state import EmptyState
from perpusdesk.ui.kit.record_list import RecordList
from perpusdesk.ui.kit.tasks import Tasks
from perpusdesk.ui.kit.two_panes import TwoPanes
from perpusdesk.ui.shell.doing import Doing
from perpusdesk.ui.shell.messages import Messages
from perpusdesk.ui.titles import text
from perpusdesk.ui.titles.copies_control import CopiesControl
from perpusdesk.ui.titles.list_control import ListControl
from perpusdesk.ui.titles.panel import TitlePanel

_EMPTIED: Final = 200
"""Milliseconds after which an emptied box means all titles; Enter empties it as well."""

_ISBN: Final = re.compile(r"97[89]\d{10}|\d{9}[\dXx]")
_WITH_FACETS: Final = 170
"""Width in average characters from which there is room for the facets at the left."""


class TitlesPage(QObject):
    """The page ``titles``. Typed text finds titles; a scanned copy or ISBN opens its title.

    ``member_asked`` carries a member's id and leads to another screen; so do ``new_asked``,
    ``care_asked``, ``edit_asked`` and ``copy_asked`` with a title's id, and ``history_asked`` with
    the kind of a record, its id and name. ``shown`` tells that what was asked for is on the
    screen, ``isbn_unknown`` that no title has the ISBN searched for.
    """

    member_asked = Signal(object)
    new_asked = Signal()
    edit_asked = Signal(object)
    copy_asked = Signal(object)
    care_asked = Signal()
    history_asked = Signal(str, object, str)
    isbn_unknown = Signal(str)
    shown = Signal()

    name = "titles"
    icon = "catalogue"
    key = "F5"

    def __init__(self, desk: Desk, tasks: Tasks, messages: Messages) -> None:
        super().__init__()
        self._desk, self._tasks, self._messages = desk, tasks, messages
        self.doing = Doing(desk, tasks, messages)
        self.doing.changed.connect(lambda _done: self.refresh())
        self.list = ListControl(desk, tasks, messages)
        self._emptied = QTimer(self.list.whole)  # ends with what it moves
        self._emptied.setSingleShot(True)
        self._emptied.setInterval(_EMPTIED)
        self._emptied.timeout.connect(self._box_emptied)
        self._title: UUID | None = None
        self._visit: Visit | None = None
        self.panel = TitlePanel(self)
        self.panel.pick.looked.connect(self._look)
        self.panel.pick.picked.connect(self._place)
        rows = self.panel.copies.rows
        self.copies = CopiesControl(desk, tasks, messages, self.doing, rows)
        self._join_copies()
        self.widget: QWidget = self._make()
        self.rows.chosen.connect(self._row_chosen)
        self.rows.opened.connect(lambda _row: self.panes.uncover(panel=True))
        self.list.listed.connect(self._listed)

    def _make(self) -> QWidget:
        nobody = EmptyState(
            "book", _("Choose a title"), _("Its copies and who is waiting for it open here.")
        )
        pane = self.list.pane
        new = button(_("New title"), self.new_asked.emit, icon="plus", keys="Ctrl+N")
        pane.add_step(quiet_button(_("Care"), self.care_asked.emit, icon="edit"), below=True)
        pane.add_step(new)
        pane.new_asked.connect(self.new_asked)
        left = self.list.whole
        self.panes: TwoPanes = TwoPanes(left, pane.rows, self.panel, self.panel.back, nobody)
        self.panes.fitted.connect(self._fit)
        whole = QWidget()
        row = QHBoxLayout(whole)
        row.setContentsMargins(0, 0, 0, 16)
        row.addWidget(self.panes)
        return whole

    def _fit(self, chars: int) -> None:
        roomy = chars >= _WITH_FACETS
        self.list.pane.show_as(roomy=roomy)
        self.panes.share(*((6, 4) if roomy else (5, 5)))

    @property
    def rows(self) -> RecordList:
        """The list's rows."""
        return self.list.pane.rows

    @property
    def title(self) -> str:
        """The word in the rail."""
        return text.title()

    @property
    def title_id(self) -> UUID | None:
        """The title in the panel."""
        return self._title

    @property
    def total(self) -> int:
        """How many titles fit what is searched for."""
        return self.list.total

    # --- what comes in -----------------------------------------------------------------------

    def opened(self) -> None:
        """Bring what is shown up to date."""
        self.refresh()

    def handle_scan(self, scan: Scan) -> None:
        """A copy opens its title, a card its member; words and ISBN find titles."""
        self._emptied.stop()

        def read() -> tuple[Code, UUID | None]:
            code = read_code(self._desk, scan.text)
            return code, title_of_copy(self._desk, code.copy) if code.copy else None

        self._tasks.run(read, lambda pair: self._read(*pair), owner=self)

    def search_edited(self, typed: str) -> None:
        """Follow what is typed into the box while this page is in front."""
        self._emptied.stop()
        if typed.strip():
            self.list.type(typed)
        elif self.list.asked.typing:
            self._emptied.start()

    def _box_emptied(self) -> None:
        if self.list.asked.typing:
            self.list.search("")

    def into_list(self) -> None:
        """Move the keyboard from the box into the list."""
        self.panes.into_list()

    def escape(self) -> None:
        """Leave the panel, then the facets, then the search."""
        left = self.panes.leave_panel() or self.list.leave_misses() or self.list.pane.leave_facets()
        if not left and self.list.narrows():
            self.clear_search()

    # --- what can be done --------------------------------------------------------------------

    def search(self, words_: str) -> None:
        """Show the titles for a text."""
        self.list.search(words_)

    def clear_search(self) -> None:
        """Show the newest titles again."""
        self.list.clear()

    def open_title(self, title: UUID) -> None:
        """Show a title in the panel, whatever the list holds."""
        self._title = title
        self.list.mark(title)
        self._read_title(uncover=True)

    def refresh(self) -> None:
        """Read list and title anew; place and choice stay."""
        self.list.refresh()
        self._read_title()

    def back_to_list(self) -> None:
        """Leave the panel where it covers the list."""
        self.panes.leave_panel()

    def hold_for_visitor(self) -> None:
        """Place a hold for the member whose visit is open at the desk."""
        if self._visit is not None:
            self._place(self._visit.member)

    def hold_for_somebody(self) -> None:
        """Ask who is to wait."""
        if self._title is not None:
            self.panel.pick.begin()

    def edit(self) -> None:
        """Change the title's record."""
        if self._title is not None:
            self.edit_asked.emit(self._title)

    def copy_as_new(self) -> None:
        """Begin a new title as this one."""
        if self._title is not None:
            self.copy_asked.emit(self._title)

    def cancel(self, line: HoldLine) -> None:
        """Cancel a hold."""
        self.doing.run(lambda: cancel_hold(self._desk, line.hold))

    def mark(self, copy: CopyLine, condition: Condition) -> None:
        """Enter a copy's condition."""
        self.doing.run(lambda: mark_copy(self._desk, copy.id, condition), say=text.marked)

    def found(self, copy: CopyLine) -> None:
        """A lost or missing copy turned up."""
        self.doing.run(lambda: report_found(self._desk, copy.id))

    def replaced(self, copy: CopyLine) -> None:
        """The member brought another copy for a lost one."""
        self.doing.run(lambda: report_replaced(self._desk, copy.id))

    def history(self, copy: CopyLine) -> None:
        """Show a copy's loans and what else became of it."""
        self.copies.tell(copy)
        self._tasks.run(
            lambda: copy_history(self._desk, copy.id),
            lambda lines: self.panel.show_past(copy, lines),
            owner=self,
        )

    def whole_history(self) -> None:
        """Show all that was done about the title and its copies, and by whom."""
        if self._title is not None:
            self.history_asked.emit("title", self._title, self.panel.title.text())

    def whole_history_of(self, copy: CopyLine) -> None:
        """Show all that was done about a copy, and by whom."""
        self.history_asked.emit("copy", copy.id, copy.barcode)

    def open_member(self, member: UUID) -> None:
        """Show a member's record."""
        self.member_asked.emit(member)

    # --- inside ------------------------------------------------------------------------------

    def _place(self, member: object) -> None:
        title = self._title
        if title is not None and isinstance(member, UUID):
            self.doing.run(lambda: place_hold(self._desk, member, title), say=text.placed)

    def _look(self, words_: str) -> None:
        self._tasks.run(
            lambda: find_members(self._desk, words_, 6) if words_.strip() else [],
            self.panel.pick.offer,
            owner=self,
        )

    def _listed(self) -> None:
        self.panes.offer(anything=self.total > 0)
        if self.total == 1 and self.list.asked.text:
            self._open_row(self.list.found.rows[0])
        elif self.total == 0 and _ISBN.fullmatch(self.list.asked.text.replace("-", "")):
            self.isbn_unknown.emit(self.list.asked.text.replace("-", ""))
        self.shown.emit()

    def _open_row(self, row: int) -> None:
        def show(hits: dict[int, TitleHit]) -> None:
            if row in hits and hits[row].id != self._title:
                self._title = hits[row].id
                self.panel.pick.leave()
                self.list.mark(self._title)
                self._read_title()

        self._tasks.run(lambda: titles_at(self._desk, [row]), show, owner=self)

    def _read(self, code: Code, title: UUID | None) -> None:
        if title is not None:
            self.open_title(title)
        elif code.member is not None:
            self.member_asked.emit(code.member)
        else:
            self.list.search(code.text, sent=True)
            self.panes.into_list()

    def _row_chosen(self, row: object) -> None:
        if not isinstance(row, int):
            return
        record = self.rows.chosen_record()
        if record is None:
            self._open_row(row)
        elif record.id != self._title:
            self._title = record.id
            self.panel.pick.leave()
            self._read_title()

    def _join_copies(self) -> None:
        self.panel.copies.add_step(self.copies.add)
        self.panel.of_copies.addWidget(self.copies.widget)
        self.panel.below_copies.addWidget(self.copies.story)
        self.panel.more_steps = self.copies.steps

    def _read_title(self, *, uncover: bool = False) -> None:
        title = self._title
        if title is None:
            return

        def read() -> tuple[TitleCard | None, Visit | None]:
            return title_card(self._desk, title), current_visit(self._desk)

        self._tasks.run(
            read, lambda pair: self._show_title(title, *pair, uncover=uncover), owner=self
        )

    def _show_title(
        self, title: UUID, card: TitleCard | None, visit: Visit | None, *, uncover: bool
    ) -> None:
        if title != self._title:
            return
        self._visit = visit
        if card is None:
            self._title = None
            self.panes.show_nobody()
        else:
            self.copies.show_title(title)
            self.panel.show_title(card, visit.name if visit else "")
            self.panes.show_panel(uncover=uncover)
        self.shown.emit()
