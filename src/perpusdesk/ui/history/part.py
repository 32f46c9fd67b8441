"""The tab of the history: reads page after page beside the desk's work, and shows one action."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import replace
from datetime import date
from typing import Final
from uuid import UUID

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from perpusdesk.domain.decisions import Refused
from perpusdesk.scan.types import Scan
from perpusdesk.services.conflicts.conflict_links import Link
from perpusdesk.services.desk import Desk
from perpusdesk.services.export_list import ListSheet
from perpusdesk.services.history.history import (
    RIGHT,
    HistoryLine,
    HistoryPage,
    HistorySearch,
    history,
    history_lines,
)
from perpusdesk.services.history.history_details import HistoryDetails, history_details
from perpusdesk.services.history.history_sheet import every_action, history_sheet
from perpusdesk.storage.queries.devices import devices
from perpusdesk.ui.history.room import HistoryRoom, Known
from perpusdesk.ui.kit.id_table import Rows
from perpusdesk.ui.kit.tasks import Tasks
from perpusdesk.ui.shell.list_saving import ListSaving
from perpusdesk.ui.shell.messages import Messages

_PAGE: Final = 200
_ENOUGH: Final = 60
"""Actions that fill a screen: until then it is looked further back unasked."""
_PAUSE_MS: Final = 250
"""After the last key before it is searched."""


class HistoryPart(QObject):
    """What stands behind the tab. Words typed into the box, or a scan, narrow the list.

    ``member_asked`` and ``title_asked`` lead to a record.
    """

    member_asked = Signal(object)
    title_asked = Signal(object)
    shown = Signal()

    def __init__(self, desk: Desk, tasks: Tasks, messages: Messages) -> None:
        super().__init__()
        self._desk, self._tasks = desk, tasks
        self.room = HistoryRoom(self._fetch)
        self.saving = ListSaving(desk, tasks, messages)
        for place, strip in enumerate(self.saving.parts):
            self.room.top.insertWidget(place, strip)
        self.widget: QWidget = self.room
        self._text, self._about = "", HistorySearch()
        self._ids: list[UUID] = []
        self._next: bytes | None = None
        self._asked = 0
        self._reading = False
        self._wait = QTimer(self.room)  # ends with what it moves
        self._wait.setSingleShot(True)
        self._wait.setInterval(_PAUSE_MS)
        self._wait.timeout.connect(self.look)
        self.room.narrowed.connect(self._wait.start)
        self.room.more_wanted.connect(self._more)
        self.room.everything_asked.connect(lambda: self.show_about("", None, ""))
        self.room.save_asked.connect(self.save_list)
        self.room.rows.chosen.connect(self._chosen)
        self.room.details.link_asked.connect(self._follow)

    # --- what comes in -------------------------------------------------------------------------

    def opened(self) -> None:
        """Show the latest actions."""

        def read() -> Known | None:
            return _known(self._desk) if self._desk.may(RIGHT) else None

        self._tasks.run(read, self._begin, owner=self)

    def search_edited(self, typed: str) -> None:
        """Narrow the list to what is typed."""
        self._text = typed.strip()
        self._wait.start()

    def handle_scan(self, scan: Scan) -> None:
        """Narrow the list to the copy or member that was scanned, or what was typed."""
        self._text = scan.text.strip()
        self.look()

    def into_list(self) -> None:
        """Move the keyboard from the box into the list."""
        self.room.panes.into_list()

    def escape(self) -> None:
        """Go from the action back to the list, then to the whole list."""
        if not self.room.panes.leave_panel() and (self._text or self._about.record_id):
            self._text = ""
            self.show_about("", None, "")

    def show_about(self, record: str, id_: UUID | None, name: str) -> None:
        """Show only what is about one member, title or copy (``None``: about all again)."""
        self._about = HistorySearch(record=record, record_id=id_)
        self.room.show_about(name)
        self.look()

    # --- the list ------------------------------------------------------------------------------

    def look(self) -> None:
        """Read the list anew."""
        self._wait.stop()
        self._asked += 1
        self._ids, self._next = [], None
        self.room.show_looking(None)
        self._read(self._asked)

    def search(self) -> HistorySearch:
        """Return what is wanted now."""
        record, id_ = self._about.record, self._about.record_id
        return replace(self.room.search(), text=self._text, record=record, record_id=id_)

    def save_list(self) -> None:
        """Save what is found, all of it, as a workbook."""
        search = self.search()

        def work() -> ListSheet:
            with self._desk.beside() as desk:
                actions = every_action(desk, search)
                members = desk.library.value("select count(*) from member where deleted = 0")
                return history_sheet(actions, min(len(actions), int(members)))

        self._tasks.aside(work, self.saving.begin, owner=self)

    def _begin(self, known: Known | None) -> None:
        self.room.show_refused(refused=known is None)
        if known is not None:
            self.room.offer(known)
            self.look()

    def _more(self) -> None:
        if self._next is not None and not self._reading:
            self._read(self._asked)

    def _read(self, asked: int) -> None:
        search, after = self.search(), self._next
        self._reading = True

        def work() -> HistoryPage | Refused:
            with self._desk.beside() as desk:
                return history(desk, search, after, _PAGE)

        self._tasks.aside(work, lambda page: self._took(asked, page), owner=self)

    def _took(self, asked: int, page: HistoryPage | Refused) -> None:
        if asked != self._asked:
            return
        self._reading = False
        if isinstance(page, Refused):
            self.room.show_refused(refused=True)
            return
        anew = not self._ids
        self._ids = [*self._ids, *page.actions]
        self._next = page.next
        if page.actions or page.next is None:
            self.room.show_actions(self._ids, more=page.next is not None, anew=anew)
        if page.next is not None and len(self._ids) < _ENOUGH:
            self._say_far(page.reached.date() if page.reached else None)
            self._read(asked)
        else:
            self.shown.emit()

    def _say_far(self, reached: date | None) -> None:
        if not self._ids:
            self.room.show_looking(reached)

    def _fetch(self, ids: Sequence[Hashable], answer: Callable[[Rows], None]) -> None:
        wanted = [id_ for id_ in ids if isinstance(id_, UUID)]

        def read() -> dict[Hashable, HistoryLine]:
            return {line.action: line for line in history_lines(self._desk, wanted)}

        self._tasks.run(read, answer, owner=self)

    # --- one action ----------------------------------------------------------------------------

    def _chosen(self, action: object) -> None:
        if not isinstance(action, UUID):
            return

        def read() -> HistoryDetails | Refused | None:
            return history_details(self._desk, action)

        self._tasks.run(read, self._show, owner=self)

    def _show(self, details: HistoryDetails | Refused | None) -> None:
        if isinstance(details, HistoryDetails):
            self.room.details.show_details(details)
            self.room.panes.show_panel(uncover=False)

    def _follow(self, link: Link) -> None:
        (self.member_asked if link.record == "member" else self.title_asked).emit(link.id)


def _known(desk: Desk) -> Known:
    people = {**desk.former_people, **desk.people}
    return Known(
        desk.today(),
        sorted((person.name, id_) for id_, person in people.items()),
        [(branch.name, branch.id) for branch in desk.branches.values()],
        [(one.name, one.id) for one in devices(desk.library) if one.name],
    )
