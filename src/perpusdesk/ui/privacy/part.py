"""The tab of personal data on the screen of safety: requests, looks, breaches, rules."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from perpusdesk.common.i18n import _
from perpusdesk.scan.types import Scan
from perpusdesk.services.desk import Desk
from perpusdesk.ui.kit.tabs import tab_bar
from perpusdesk.ui.kit.tasks import Tasks
from perpusdesk.ui.privacy.access import Access
from perpusdesk.ui.privacy.breaches import Breaches
from perpusdesk.ui.privacy.names import Part
from perpusdesk.ui.privacy.requests import Requests
from perpusdesk.ui.privacy.rules import Rules
from perpusdesk.ui.shell.doing import Doing
from perpusdesk.ui.shell.messages import Messages
from perpusdesk.ui.shell.paper_files import PaperFiles


class PrivacyPart(QObject):
    """What stands behind the tab. ``member_asked`` leads to a member, a scan to the desk."""

    member_asked = Signal(object)
    scan_passed = Signal(object)

    def __init__(self, desk: Desk, tasks: Tasks, messages: Messages, papers: Path) -> None:
        """``papers`` is the folder in which PDF files are written."""
        super().__init__()
        self.doing = Doing(desk, tasks, messages)
        files = PaperFiles(desk, tasks, messages, papers)
        self.requests = Requests(desk, tasks, self.doing, files)
        self.access = Access(desk, tasks)
        self.breaches = Breaches(desk, tasks, self.doing, messages, files)
        self.rules = Rules(desk, tasks, self.doing, files)
        self.doing.changed.connect(lambda _done: self.opened())
        for one in (self.requests, self.access):
            one.member_asked.connect(self.member_asked)
        self.tabs = tab_bar(_("Parts of personal data"), nested=True)
        self._stack = QStackedWidget()
        self.widget = self._make()

    def _make(self) -> QWidget:
        tabs = self.tabs
        parts = (self.requests.part, self.access.part, self.breaches.part, self.rules.part)
        names = (_("Requests"), _("Who looked"), _("Breaches"), _("Rules"))
        for name, part in zip(names, parts, strict=True):
            tabs.addTab(name)
            self._stack.addWidget(part)
        tabs.currentChanged.connect(self._turned)
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        column.addWidget(tabs, 0, Qt.AlignmentFlag.AlignLeft)
        for strip in self.breaches.saving.parts:
            column.addWidget(strip)
        column.addWidget(self._stack, 1)
        return whole

    @property
    def part(self) -> Part:
        """The part in front."""
        return list(Part)[self.tabs.currentIndex()]

    @property
    def help_place(self) -> str:
        """The name of the part in front."""
        return self.part.value

    def show_part(self, part: Part) -> None:
        """Bring a part to the front."""
        self.tabs.setCurrentIndex(list(Part).index(part))

    def opened(self) -> None:
        """Bring the part in front up to date."""
        parts = {
            Part.REQUESTS: self.requests.refresh,
            Part.ACCESS: self.access.refresh,
            Part.BREACHES: self.breaches.refresh,
            Part.RULES: self.rules.refresh,
        }
        parts[self.part]()

    def escape(self) -> None:
        """Leave the question that is open."""
        for ask in (self.requests.part.ask, self.breaches.part.ask, self.breaches.saving.ask):
            ask.leave()

    def handle_scan(self, scan: Scan) -> None:
        """Take a card into the open question, else pass it on to the desk."""
        if self.part is Part.REQUESTS and self.requests.handle_scan(scan):
            return
        if self.part is Part.ACCESS:
            self.access.search_edited(scan.text)
            return
        self.scan_passed.emit(scan)

    def search_edited(self, typed: str) -> None:
        """Narrow the log by what is typed."""
        if self.part is Part.ACCESS:
            self.access.search_edited(typed)

    def into_list(self) -> None:
        """Move the keyboard into the list in front."""
        rows = {
            Part.REQUESTS: self.requests.part.rows,
            Part.ACCESS: self.access.part.rows,
            Part.BREACHES: self.breaches.part.rows,
            Part.RULES: self.rules.part.groups,
        }
        rows[self.part].enter()

    def ask_new(self, part: Part) -> None:
        """Note a request, or a breach."""
        self.show_part(part)
        (self.breaches if part is Part.BREACHES else self.requests).ask_new()

    def _turned(self, place: int) -> None:
        self._stack.setCurrentIndex(place)
        self.opened()
