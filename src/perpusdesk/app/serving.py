"""The tabs of what visitors say, ask and wish for, and of what becomes of it, in the desktop."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final
from uuid import UUID

from PySide6.QtCore import QObject, Signal

from perpusdesk.common.i18n import _
from perpusdesk.domain.improvements import Source
from perpusdesk.services.desk import Desk
from perpusdesk.ui.kit.tabbed_page import Part, TabbedPage
from perpusdesk.ui.kit.tasks import Tasks
from perpusdesk.ui.service.actions import (
    BOARD,
    MESSAGES,
    QUESTIONS,
    TABS,
    WISHES,
    service_actions,
    tab_actions,
)
from perpusdesk.ui.shell.window import MainWindow

PHONES: Final = "phones"
"""A tab beside, which prints by the same key."""


class Serving(QObject):
    """Joins four tabs to a page. ``title_asked`` leads to a title."""

    title_asked = Signal(object)

    def __init__(
        self, window: MainWindow, desk: Desk, tasks: Tasks, papers: Path, page: TabbedPage
    ) -> None:
        """``papers`` is the folder for PDF files."""
        super().__init__(window)
        self._window, self._desk, self._tasks = window, desk, tasks
        self._papers, self._page = papers, page
        titles = {
            MESSAGES: _("Voices"),
            QUESTIONS: _("Reference"),
            WISHES: _("Wishes"),
            BOARD: _("Follow-up"),
        }
        for name in TABS:
            page.add_tab(name, titles[name], self._maker(name))
        window.registry.add(*service_actions(self._begin), *tab_actions(page.name, self._front))

    def show_action(self, improvement: UUID) -> None:
        """Bring an action on the board to the front."""
        from perpusdesk.ui.service.board_part import BoardPart

        self._show(BOARD)
        part = self._page.part(BOARD)
        assert isinstance(part, BoardPart)
        part.look(improvement)

    def _show_source(self, source: str, record: UUID) -> None:
        name = MESSAGES if source == Source.COMPLAINT else WISHES
        self._show(name)
        look = getattr(self._page.part(name), "look", None)
        if look is not None:
            look(record)

    def _maker(self, name: str) -> Callable[[], Part]:
        def make() -> Part:
            # the tabs are imported when one is opened: what they save and print is slow to come
            from perpusdesk.ui.service.parts import make_part

            part = make_part(name, self._desk, self._tasks, self._window.messages, self._papers)
            part.scan_passed.connect(self._page.scan_passed)
            part.title_asked.connect(self.title_asked)
            part.board_asked.connect(self.show_action)
            part.source_asked.connect(self._show_source)
            return part

        return make

    def _front(self) -> object:
        name = self._page.names[self._page.tabs.currentIndex()]
        return self._page.part(name) if name in (*TABS, PHONES) else None

    def _begin(self, name: str) -> None:
        self._show(name)
        begin = getattr(self._page.part(name), "ask_new", None)
        if begin is not None:
            begin()

    def _show(self, name: str) -> None:
        self._window.go(self._page.name)
        self._page.open_part(name)
