"""The members' screen: the list, the chosen member beside it, and the form in their place."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from perpusdesk.scan.types import Picture, Scan, Source
from perpusdesk.services.circulation.read_code import Code, read_code
from perpusdesk.services.desk import Desk
from perpusdesk.services.looks import How
from perpusdesk.services.members.find_members import list_members
from perpusdesk.services.members.member_card import MemberCard, member_card
from perpusdesk.services.members.member_lists import Facets, facets, member_rows
from perpusdesk.services.members.member_sheet import member_sheet
from perpusdesk.ui.kit.id_table import Rows
from perpusdesk.ui.kit.tasks import Tasks
from perpusdesk.ui.members import text
from perpusdesk.ui.members.facets import Narrowed
from perpusdesk.ui.members.form_control import FormControl
from perpusdesk.ui.members.member_control import MemberControl
from perpusdesk.ui.members.papers import Papers
from perpusdesk.ui.members.room import MembersRoom
from perpusdesk.ui.shell.doing import Doing
from perpusdesk.ui.shell.list_saving import ListSaving
from perpusdesk.ui.shell.messages import Messages

_PAUSE = 200
"""Milliseconds without a further letter before the list follows the typing."""


class MembersPage(QObject):
    """The page ``members``. Typed text narrows the list, a scanned card opens its member.

    ``desk_asked`` and ``title_asked`` carry an id and lead to other screens, ``history_asked`` the
    kind of record, its id and name; ``camera_asked`` wants frames for a photo, which come by
    ``show_frame``. ``shown`` tells (tests, other screens) that list or member are on the screen as
    they are now.
    """

    desk_asked = Signal(object)
    title_asked = Signal(object)
    history_asked = Signal(str, object, str)
    camera_asked = Signal(bool)
    shown = Signal()

    name = "members"
    icon = "members"
    key = "F3"

    def __init__(self, desk: Desk, tasks: Tasks, messages: Messages, folder: Path) -> None:
        """``folder`` is where cards and letters are written."""
        super().__init__()
        self._desk, self._tasks, self.messages = desk, tasks, messages
        self.folder = folder
        self._search, self._narrowed = "", Narrowed()
        self._ids: Sequence[UUID] = ()
        self._member: UUID | None = None
        self._asked = 0
        self.doing = Doing(desk, tasks, messages)
        self.papers = Papers(desk, tasks, messages, folder)
        self.control = MemberControl(self, desk, tasks, self.doing)
        self.saving = ListSaving(desk, tasks, messages)
        parts = self.saving.parts
        self.room = MembersRoom(self._fetch, self.control, self._begin_new, parts)
        self.form = FormControl(self, self.room.form, desk, tasks, messages)
        self.control.attach(self.room.panel)
        self.widget: QWidget = self.room
        self._pause = QTimer(self.room)  # ends with what it moves
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE)
        self._pause.timeout.connect(self._typed)
        self._typing = ""
        self._listen()

    def _listen(self) -> None:
        self.room.list.rows.chosen.connect(self._row_chosen)
        self.room.list.rows.opened.connect(lambda _id: self.room.into_panel())
        self.room.list.narrowed.connect(self._narrow)
        self.room.list.cleared.connect(self.clear_search)
        self.room.list.save_asked.connect(self.save_list)
        self.doing.changed.connect(lambda _done: self.refresh())

    @property
    def title(self) -> str:
        """The word in the rail."""
        return text.title()

    @property
    def member(self) -> UUID | None:
        """The member in the panel."""
        return self._member

    @property
    def total(self) -> int:
        """How many members the list holds."""
        return len(self._ids)

    # --- what comes in -----------------------------------------------------------------------

    def opened(self) -> None:
        """Bring what is shown up to date."""
        self.refresh()

    def handle_scan(self, scan: Scan) -> None:
        """A card opens its member (in an open form it gives its number); words narrow the list."""
        self._pause.stop()
        if self.room.form_open:
            self.form.take_scan(scan)
            return
        scanned = scan.source is not Source.KEYBOARD
        self._tasks.run(
            lambda: read_code(self._desk, scan.text),
            lambda code: self._read(code, scanned),
            owner=self,
        )

    def search_edited(self, typed: str) -> None:
        """Follow what is typed into the box while this page is in front."""
        self._typing = typed
        if typed.strip() and not self.room.form_open:
            self._pause.start()
        else:
            self._pause.stop()

    def into_list(self) -> None:
        """Move the keyboard from the box into the list."""
        self.room.panes.into_list()

    def escape(self) -> None:
        """Leave the panel, then the search, then the narrowing."""
        if self.room.panes.leave_panel():
            return
        if self._search or self._narrowed != Narrowed():
            self.clear_search()

    def show_frame(self, frame: Picture) -> None:
        """Show a camera's frame where a photo is being taken."""
        self.room.panel.photo.show_frame(frame)

    # --- what can be done --------------------------------------------------------------------

    def open_member(self, member: UUID) -> None:
        """Show a member in the panel, whatever the list holds."""
        self._member = member
        self.room.show_form(False)
        self.room.list.choose(member, self._ids)
        self._read_member(uncover=True)

    def search(self, words: str) -> None:
        """Show the members for a text."""
        self._search_for(words.strip())

    def clear_search(self) -> None:
        """Show all members again."""
        self._search, self._narrowed = "", Narrowed()
        self._list()

    def save_list(self) -> None:
        """Save the whole list as it stands, after the reason."""
        if not self.room.form_open:
            self.room.panes.leave_panel()
            self.saving.begin(member_sheet(self._ids))

    def refresh(self) -> None:
        """Read list and member anew; place and choice stay."""
        self._list()
        self._read_member()

    # --- the list ----------------------------------------------------------------------------

    def _begin_new(self) -> None:
        self.form.begin_new()

    def _typed(self) -> None:
        self._search_for(self._typing.strip())

    def _search_for(self, words: str) -> None:
        if words != self._search:
            self._search = words
            self._list()

    def _narrow(self, to: Narrowed) -> None:
        self._narrowed = to
        self._list()

    def _list(self) -> None:
        self._asked += 1
        asked, search, to = self._asked, self._search, self._narrowed

        def read() -> tuple[list[UUID], Facets] | None:
            if asked != self._asked:
                return None
            found = list_members(self._desk, search, category=to.category, standing=to.standing)
            return found, facets(self._desk, search)

        self._tasks.run(read, lambda found: self._listed(found, search, to), owner=self)

    def _listed(self, found: tuple[list[UUID], Facets] | None, search: str, to: Narrowed) -> None:
        if found is None:
            return
        ids, counts = found
        self._ids = ids
        self.room.list.show_list(ids, counts, search, to)
        self.room.panes.offer(anything=bool(ids))
        self.room.list.choose(self._member, ids)
        self.shown.emit()

    def _fetch(self, ids: Sequence[Hashable], answer: Callable[[Rows], None]) -> None:
        wanted = [id_ for id_ in ids if isinstance(id_, UUID)]

        def read() -> Rows:
            return {row.line.id: row for row in member_rows(self._desk, wanted)}

        self._tasks.run(read, answer, owner=self)

    def _read(self, code: Code, scanned: bool) -> None:
        if code.member is not None:
            self.open_member(code.member)
        elif scanned:
            self.messages.toast(text.no_member(code.text), tone="warn")
        else:
            self._search_for(code.text)
            self.room.panes.into_list()

    # --- the member --------------------------------------------------------------------------

    def _row_chosen(self, member: object) -> None:
        if isinstance(member, UUID) and member != self._member:
            self._member = member
            self._read_member()

    def _read_member(self, *, uncover: bool = False) -> None:
        member = self._member
        if member is None:
            return
        how = How.SEARCH if self._search else How.RECORD

        def read() -> MemberCard | None:
            if member != self._member:
                return None
            card = member_card(self._desk, member)
            if card is not None:
                self._desk.saw(member, how)
            return card

        self._tasks.run(
            read,
            lambda card: self._show_member(member, card, uncover=uncover),
            owner=self,
        )

    def _show_member(self, member: UUID, card: MemberCard | None, *, uncover: bool) -> None:
        if member != self._member:
            return
        if card is None:
            self._member = None
            self.room.panes.show_nobody()
        else:
            self.control.show(card)
            self.room.panes.show_panel(uncover=uncover)
        self.shown.emit()
