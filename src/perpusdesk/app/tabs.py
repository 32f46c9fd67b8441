"""A screen of tabs in a running desktop: its parts, its keys, the box, scans that no tab takes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from perpusdesk.scan.types import Scan
from perpusdesk.services.desk import Desk
from perpusdesk.ui.kit.tabbed_page import TabbedPage
from perpusdesk.ui.kit.tasks import Tasks
from perpusdesk.ui.shell.section_actions import section_actions
from perpusdesk.ui.shell.window import MainWindow


@dataclass(frozen=True, slots=True)
class Place:
    """Where a screen is put up; ``papers`` is the folder for PDF files, ``to_desk`` takes scans."""

    window: MainWindow
    desk: Desk
    tasks: Tasks
    papers: Path
    to_desk: Callable[[Scan], None]


class TabScreen(QObject):
    """Joins the parts; a tab's part is only made when somebody looks at it.

    ``member_asked`` and ``title_asked`` lead to a record.
    """

    member_asked = Signal(object)
    title_asked = Signal(object)

    def __init__(self, place: Place, page: TabbedPage) -> None:
        """Add the tabs with ``page.add_tab``, then ``join``."""
        super().__init__(place.window)
        self._window, self._desk, self._tasks = place.window, place.desk, place.tasks
        self._papers, self._to_desk = place.papers, place.to_desk
        self.page = page

    def join(self) -> None:
        """Put the page with all its tabs into the window."""
        window, page = self._window, self.page
        window.add_page(page)
        window.registry.add(*section_actions(page))
        page.scan_passed.connect(self._to_desk)
        window.box.edited.connect(self._edited)
        window.box.down.connect(self._down)

    def show_part(self, name: str) -> None:
        """Bring a tab to the front. Raises ``ValueError`` for an unknown name."""
        self._window.go(self.page.name)
        self.page.open_part(name)

    def _edited(self, typed: str) -> None:
        if self._window.page == self.page.name:
            self.page.search_edited(typed)

    def _down(self) -> None:
        if self._window.page == self.page.name:
            self.page.into_list()
