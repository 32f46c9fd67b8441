"""The screens beside the desk, and the ways between them: screens do not know each other."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol
from uuid import UUID

from PySide6.QtCore import QObject

from perpusdesk.app.cataloguing import Cataloguing
from perpusdesk.app.deciding import Deciding
from perpusdesk.app.palette_hits import PaletteHits
from perpusdesk.app.stock_parts import stock_parts
from perpusdesk.common.i18n import _
from perpusdesk.services.circulation.turn import Outcome
from perpusdesk.services.desk import Desk
from perpusdesk.ui.camera.control import CameraControl
from perpusdesk.ui.desk.page import DeskPage
from perpusdesk.ui.holds.actions import hold_actions
from perpusdesk.ui.holds.page import HoldsPage
from perpusdesk.ui.kit.sounds import Sounds
from perpusdesk.ui.kit.tasks import Tasks
from perpusdesk.ui.labels.actions import label_actions
from perpusdesk.ui.labels.page import LabelsPage
from perpusdesk.ui.members.actions import member_actions
from perpusdesk.ui.members.page import MembersPage
from perpusdesk.ui.shell.actions import Action
from perpusdesk.ui.shell.window import MainWindow
from perpusdesk.ui.stock.actions import stock_actions
from perpusdesk.ui.stock.page import StockPage
from perpusdesk.ui.titles.actions import title_actions
from perpusdesk.ui.titles.page import TitlesPage
from perpusdesk.ui.titles.papers import TitlePapers
from perpusdesk.ui.transfer.actions import transfer_actions
from perpusdesk.ui.transfer.page import TransferPage


class _Screen(Protocol):
    """What the box and the last action mean to a screen with a list."""

    name: str

    def search_edited(self, typed: str) -> None:
        """Follow what is typed into the box."""

    def into_list(self) -> None:
        """Move the keyboard from the box into the list."""

    def refresh(self) -> None:
        """Show what was changed elsewhere."""


class Screens(QObject):
    """Adds the screens to the window and connects them."""

    def __init__(
        self,
        window: MainWindow,
        tasks: Tasks,
        desk_page: DeskPage,
        desk: Desk,
        *,
        camera: CameraControl,
        sounds: Sounds,
        papers: Path,
    ) -> None:
        """``papers`` is the folder in which PDF files are written."""
        super().__init__(window)
        self._window, self._desk_page = window, desk_page
        self.members = MembersPage(desk, tasks, window.messages, papers)
        self.titles = TitlesPage(desk, tasks, window.messages)
        self.holds = HoldsPage(desk, tasks, window.messages, papers)
        self.stock = StockPage(stock_parts(desk, tasks, window.messages, sounds, papers))
        self._screens: Sequence[_Screen] = (self.members, self.titles, self.holds, self.stock)
        for page in (self.titles, self.members, self.holds):
            window.add_page(page)
        if self.stock.parts:
            window.add_page(self.stock)
            window.registry.add(*stock_actions(self.stock))
        self.labels = LabelsPage(desk, tasks, window.messages, papers)
        window.add_page(self.labels)
        window.registry.add(*label_actions(self.labels))
        self.transfer = TransferPage(desk, tasks, window.messages)
        window.add_page(self.transfer)
        window.registry.add(*transfer_actions(self.transfer))
        window.registry.add(*member_actions(self.members))
        window.registry.add(*title_actions(self.titles))
        printed = TitlePapers(self.titles, desk, tasks, window.messages, papers)
        window.registry.add(*printed.actions())
        window.registry.add(*hold_actions(self.holds))
        self.cataloguing = Cataloguing(
            window, self.titles, desk, tasks, camera=camera, stickers=self._stickers
        )
        self.deciding = Deciding(
            window, desk, tasks, show_member=self.show_member, show_title=self.show_title
        )
        hits = PaletteHits(desk, tasks, self.show_member, self.show_title)
        window.palette_panel.add_provider(hits)
        self._join(camera)

    def _join(self, camera: CameraControl) -> None:
        window, members = self._window, self.members
        self._before = window.page
        window.page_changed.connect(self._carry)
        window.box.edited.connect(self._edited)
        window.box.down.connect(self._down)
        window.box.enter_on_empty.connect(self._down)
        window.closing.connect(members.form.keep_if_open)
        window.closing.connect(self.transfer.closing)
        self.transfer.front_wanted.connect(lambda: window.go(self.transfer.name))
        window.closing.connect(self.titles.list.close)
        self._desk_page.shown.connect(lambda _turn: self._refresh())
        window.registry.add(self._record_action())
        self._desk_page.register_asked.connect(self._register)
        members.desk_asked.connect(self._to_desk)
        members.title_asked.connect(self.show_title)
        for page in (self.titles, self.holds):
            page.member_asked.connect(self.show_member)
        self.holds.title_asked.connect(self.show_title)
        self.stock.title_asked.connect(self.show_title)
        members.camera_asked.connect(window.camera_wanted)
        camera.seen.connect(members.show_frame)

    def show_member(self, member: object) -> None:
        """Bring a member's record to the front."""
        if isinstance(member, UUID):
            self._window.go(self.members.name)
            self.members.open_member(member)

    def show_title(self, title: object) -> None:
        """Bring a title to the front."""
        if isinstance(title, UUID):
            self._window.go(self.titles.name)
            self.titles.open_title(title)

    def show_weeding(self) -> None:
        """Bring the weeding of the stock to the front."""
        self._window.go(self.stock.name)
        self.stock.open_part("weeding")

    def _stickers(self, copies: Sequence[UUID]) -> None:
        """Put new copies into the queue of stickers, and go there."""
        self._window.go(self.labels.name)
        self.labels.put_copies(copies)

    def _record_action(self) -> Action:
        return Action(
            "visit_record",
            lambda: _("The member's record"),
            self._show_visitor,
            ("Ctrl+E",),
            "person",
            lambda: _("Desk"),
            self._desk_page.name,
            lambda: self._desk_page.visit_open,
        )

    def _show_visitor(self) -> None:
        last = self._desk_page.last
        if last is not None and last.visit is not None:
            self.show_member(last.visit.id)

    def _register(self, card: str) -> None:
        """Register a new member whose card was scanned at the desk."""
        self._window.go(self.members.name)
        self.members.form.begin_new(card)

    def _to_desk(self, member: object) -> None:
        if isinstance(member, UUID):
            self._window.go(self._desk_page.name)
            self._desk_page.open_member(member)

    def _in_front(self) -> _Screen | None:
        front = self._window.page
        return next((screen for screen in self._screens if screen.name == front), None)

    def _carry(self, name: str) -> None:
        """Search on another screen for what the desk just offered candidates for."""
        before, self._before = self._before, name
        last = self._desk_page.last
        if before != self._desk_page.name or last is None or last.outcome is not Outcome.CHOOSE:
            return
        asked = last.understood.text if last.understood else ""
        if name == self.titles.name:
            self.titles.search(asked)
        elif name == self.members.name:
            self.members.search(asked)

    def _edited(self, typed: str) -> None:
        if screen := self._in_front():
            screen.search_edited(typed)

    def _down(self) -> None:
        if screen := self._in_front():
            screen.into_list()

    def follow(self) -> None:
        """Show what was changed on other devices, on the screen in front."""
        if self._window.page == self._desk_page.name:
            self._desk_page.follow()
        else:
            self._refresh()

    def _refresh(self) -> None:
        self.deciding.refresh()
        if screen := self._in_front():
            screen.refresh()
