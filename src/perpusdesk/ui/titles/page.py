"""The catalogue's screen: find a title, see its copies and who waits, and place holds."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import Final
from uuid import UUID

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from perpusdesk.common.i18n import _
from perpusdesk.domain.items import Condition
from perpusdesk.scan.types import Scan
from perpusdesk.services.conditions import mark_copy
from perpusdesk.services.desk import Desk
from perpusdesk.services.find_members import find_members
from perpusdesk.services.found import report_found, report_replaced
from perpusdesk.services.holds import cancel_hold, place_hold
from perpusdesk.services.read_code import Code, read_code
from perpusdesk.services.title_card import (
    CopyLine,
    FoundTitles,
    TitleCard,
    copy_history,
    find_titles,
    title_card,
    title_hits,
    title_of_copy,
)
from perpusdesk.services.visit import Visit, current_visit
from perpusdesk.storage.queries.holds import HoldLine
from perpusdesk.ui.kit.buttons import quiet_button
from perpusdesk.ui.kit.empty_state import EmptyState
from perpusdesk.ui.kit.id_table import Rows
from perpusdesk.ui.kit.record_list import EDGE, RecordList
from perpusdesk.ui.kit.tasks import Tasks
from perpusdesk.ui.kit.two_panes import TwoPanes
from perpusdesk.ui.kit.words import words
from perpusdesk.ui.shell.doing import Doing
from perpusdesk.ui.shell.messages import Messages
from perpusdesk.ui.titles import text
from perpusdesk.ui.titles.panel import TitlePanel

_PAUSE: Final = 200


class TitlesPage(QObject):
    """The page ``titles``. Typed text finds titles; a scanned copy or ISBN opens its title.

    ``member_asked`` carries a member's id and leads to another screen. ``shown`` tells that what
    was asked for is on the screen.
    """

    member_asked = Signal(object)
    shown = Signal()

    name = "titles"
    icon = "catalogue"
    key = "F5"

    def __init__(self, desk: Desk, tasks: Tasks, messages: Messages) -> None:
        super().__init__()
        self._desk, self._tasks, self._messages = desk, tasks, messages
        self.doing = Doing(desk, tasks, messages)
        self.doing.changed.connect(lambda _done: self.refresh())
        self._search, self._typing, self._asked = "", "", 0
        self._found = FoundTitles(0, ())
        self._title: UUID | None = None
        self._visit: Visit | None = None
        self.panel = TitlePanel(self)
        self.panel.pick.looked.connect(self._look)
        self.panel.pick.picked.connect(self._place)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE)
        self._pause.timeout.connect(lambda: self._search_for(self._typing.strip()))
        self.widget: QWidget = self._make()

    def _make(self) -> QWidget:
        self.count = words("", "lead", strong=True, wrap=True)
        self._clear = quiet_button(_("Show all"), self.clear_search, icon="close")
        self.rows = RecordList(_("Titles"), text.title_row, self._fetch)
        self.rows.chosen.connect(self._row_chosen)
        self.rows.opened.connect(self._row_opened)
        self._room = QStackedWidget()
        self._room.addWidget(self.rows)
        why = _("Try fewer words, another spelling, or the author's name.")
        nothing = EmptyState("search", _("No title fits"), why)
        self._room.addWidget(nothing)
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self.count.setIndent(EDGE)
        column.addWidget(self.count)
        column.addWidget(self._clear, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self._room, 1)
        nobody = EmptyState(
            "book", _("Choose a title"), _("Its copies and who is waiting for it open here.")
        )
        self.panes: TwoPanes = TwoPanes(left, self.rows, self.panel, self.panel.back, nobody)
        whole = QWidget()
        row = QHBoxLayout(whole)
        row.setContentsMargins(0, 0, 0, 16)
        row.addWidget(self.panes)
        return whole

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
        return self._found.total

    # --- what comes in -----------------------------------------------------------------------

    def opened(self) -> None:
        """Bring what is shown up to date."""
        self.refresh()

    def handle_scan(self, scan: Scan) -> None:
        """A copy opens its title, a card its member; words and ISBN find titles."""
        self._pause.stop()

        def read() -> tuple[Code, UUID | None]:
            code = read_code(self._desk, scan.text)
            return code, title_of_copy(self._desk, code.copy) if code.copy else None

        self._tasks.run(read, lambda pair: self._read(*pair), owner=self)

    def search_edited(self, typed: str) -> None:
        """Follow what is typed into the box while this page is in front."""
        self._typing = typed
        if typed.strip():
            self._pause.start()
        else:
            self._pause.stop()

    def into_list(self) -> None:
        """Move the keyboard from the box into the list."""
        self.panes.into_list()

    def escape(self) -> None:
        """Leave the panel, then the search."""
        if not self.panes.leave_panel() and self._search:
            self.clear_search()

    # --- what can be done --------------------------------------------------------------------

    def search(self, words_: str) -> None:
        """Show the titles for a text."""
        self._search_for(words_.strip())

    def clear_search(self) -> None:
        """Show the newest titles again."""
        self._search_for("")

    def open_title(self, title: UUID) -> None:
        """Show a title in the panel, whatever the list holds."""
        self._title = title
        self._mark_row()
        self._read_title(uncover=True)

    def refresh(self) -> None:
        """Read list and title anew; place and choice stay."""
        self._list()
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
        """Show a copy's loans."""
        self._tasks.run(
            lambda: copy_history(self._desk, copy.id),
            lambda lines: self.panel.show_past(copy, lines),
            owner=self,
        )

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

    def _search_for(self, words_: str, *, sent: bool = False) -> None:
        self._search = words_
        self._list(sent=sent)

    def _list(self, *, sent: bool = False) -> None:
        self._asked += 1
        asked, search = self._asked, self._search

        def read() -> FoundTitles | None:
            if asked != self._asked:
                return None
            return find_titles(self._desk, search, sent=sent)

        self._tasks.run(read, lambda found: self._listed(found, search), owner=self)

    def _listed(self, found: FoundTitles | None, search: str) -> None:
        if found is None:
            return
        self._found = found
        self.count.setText(text.count(found, search))
        self._clear.setVisible(bool(search))
        self.rows.show_ids(found.ids)
        self._room.setCurrentIndex(0 if found.ids else 1)
        self._mark_row()
        if len(found.ids) == 1 and search:
            self.open_title(found.ids[0])
        self.shown.emit()

    def _mark_row(self) -> None:
        before = self.rows.blockSignals(True)
        if self._title in self._found.ids:
            self.rows.selectRow(self._found.ids.index(self._title))
        else:
            self.rows.clearSelection()
        self.rows.blockSignals(before)
        self.rows.viewport().update()

    def _fetch(self, ids: Sequence[Hashable], answer: Callable[[Rows], None]) -> None:
        wanted = [id_ for id_ in ids if isinstance(id_, UUID)]

        def read() -> Rows:
            return {hit.id: hit for hit in title_hits(self._desk, wanted).values()}

        self._tasks.run(read, answer, owner=self)

    def _read(self, code: Code, title: UUID | None) -> None:
        if title is not None:
            self.open_title(title)
        elif code.member is not None:
            self.member_asked.emit(code.member)
        else:
            self._search_for(code.text, sent=True)
            self.panes.into_list()

    def _row_opened(self, _title: object) -> None:
        self.panes.uncover(panel=True)

    def _row_chosen(self, title: object) -> None:
        if isinstance(title, UUID) and title != self._title:
            self._title = title
            self.panel.pick.leave()
            self._read_title()

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
            self.panel.show_title(card, visit.name if visit else "")
            self.panes.show_panel(uncover=uncover)
        self.shown.emit()
