"""The screen of reports in a running desktop: which tabs it has, and what each is made of."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal

from perpusdesk.app.tabs import join_tabs
from perpusdesk.common.i18n import _
from perpusdesk.domain.figures.months import Period
from perpusdesk.scan.types import Scan
from perpusdesk.services.desk import Desk
from perpusdesk.ui.figures.page import FiguresPage
from perpusdesk.ui.kit.tasks import Tasks
from perpusdesk.ui.shell.window import MainWindow

if TYPE_CHECKING:
    from perpusdesk.ui.collection.part import CollectionPart
    from perpusdesk.ui.dashboard.counting import Counting
    from perpusdesk.ui.dashboard.part import DashboardPart
    from perpusdesk.ui.reports.entries_part import EntriesPart
    from perpusdesk.ui.reports.pack_part import PackPart

COUNT_EVERY: Final = 60_000
"""Milliseconds from one look for stale figures to the next, and from the start to the first."""


class Reporting(QObject):
    """Joins the parts; a tab's part is only made when somebody looks at it.

    ``member_asked`` and ``title_asked`` lead to a record, ``weeding_asked`` to the stock's screen.
    """

    member_asked = Signal(object)
    title_asked = Signal(object)
    weeding_asked = Signal()

    def __init__(
        self,
        window: MainWindow,
        desk: Desk,
        tasks: Tasks,
        *,
        papers: Path,
        to_desk: Callable[[Scan], None],
    ) -> None:
        """``papers`` is the folder for PDF files; ``to_desk`` takes what no tab wants."""
        super().__init__(window)
        self._window, self._desk, self._tasks, self._papers = window, desk, tasks, papers
        self._counting: Counting | None = None
        self.page = FiguresPage()
        self._add_tabs()
        self._clock = QTimer(self)
        self._clock.setInterval(COUNT_EVERY)
        self._clock.timeout.connect(self._count)
        self._clock.start()
        if self.page.names:
            join_tabs(window, self.page, to_desk)

    def _add_tabs(self) -> None:
        """Add the tabs from left to right."""
        self.page.add_tab("dashboard", _("Dashboard"), self._dashboard)
        self.page.add_tab("packs", _("Packs"), self._packs)
        self.page.add_tab("entries", _("Entered figures"), self._entries)
        self.page.add_tab("collection", _("Collection"), self._collection)

    def _count(self) -> None:
        self.counting.look()

    @property
    def counting(self) -> Counting:
        """What counts the figures; made when it is first wanted."""
        if self._counting is None:
            from perpusdesk.ui.dashboard.counting import Counting

            self._counting = Counting(self._desk, self._tasks)
            self._window.closing.connect(self._counting.close)
        return self._counting

    def _dashboard(self) -> DashboardPart:
        from perpusdesk.ui.dashboard.part import DashboardPart

        part = DashboardPart(self._desk, self._tasks, self._window.messages, self.counting)
        part.title_asked.connect(self.title_asked)
        return part

    def _packs(self) -> PackPart:
        from perpusdesk.ui.reports.pack_part import PackPart

        part = PackPart(self._desk, self._tasks, self._window.messages, self._papers)
        part.entries_asked.connect(self._show_entries)
        return part

    def _entries(self) -> EntriesPart:
        from perpusdesk.ui.reports.entries_part import EntriesPart

        return EntriesPart(self._desk, self._tasks, self._window.messages)

    def _show_entries(self, period: Period) -> None:
        from perpusdesk.ui.reports.entries_part import EntriesPart

        self._show("entries")
        part = self.page.part("entries")
        assert isinstance(part, EntriesPart)
        part.show_period(period)

    def _collection(self) -> CollectionPart:
        from perpusdesk.ui.collection.part import CollectionPart

        part = CollectionPart(self._desk, self._tasks, self._window.messages)
        part.title_asked.connect(self.title_asked)
        part.weeding_asked.connect(self.weeding_asked)
        return part

    def _show(self, name: str) -> None:
        self._window.go(self.page.name)
        self.page.open_part(name)
