"""The screen of reports in a running desktop: which tabs it has, and what each is made of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QTimer, Signal

from perpusdesk.app.tabs import Place, TabScreen
from perpusdesk.common.i18n import _
from perpusdesk.domain.figures.months import Period
from perpusdesk.ui.figures.actions import figure_actions
from perpusdesk.ui.figures.page import FiguresPage
from perpusdesk.ui.kit.toasts import ToastAction

if TYPE_CHECKING:
    from perpusdesk.app.report_writing import ReportWriting
    from perpusdesk.domain.packs.form import Pack
    from perpusdesk.services.figures.completeness import MonthState
    from perpusdesk.ui.collection.part import CollectionPart
    from perpusdesk.ui.dashboard.counting import Counting
    from perpusdesk.ui.dashboard.part import DashboardPart
    from perpusdesk.ui.reports.entries_part import EntriesPart
    from perpusdesk.ui.reports.own_part import OwnPart
    from perpusdesk.ui.reports.pack_part import PackPart

COUNT_EVERY: Final = 300_000
"""Milliseconds from one look for stale figures to the next, and from the start to the first."""


class Reporting(TabScreen):
    """Dashboard, packs, own reports, entered figures and the collection.

    ``weeding_asked`` leads to the stock's screen.
    """

    weeding_asked = Signal()

    def __init__(self, place: Place) -> None:
        super().__init__(place, FiguresPage())
        self._counting: Counting | None = None
        self._writing: ReportWriting | None = None
        self._add_tabs()
        self._clock = QTimer(self)
        self._clock.setInterval(COUNT_EVERY)
        self._clock.timeout.connect(self._count)
        self._clock.start()
        self.join()
        self._window.registry.add(*figure_actions(self.page, self.show_part))

    def _add_tabs(self) -> None:
        """Add the tabs from left to right."""
        self.page.add_tab("dashboard", _("Dashboard"), self._dashboard)
        self.page.add_tab("packs", _("Packs"), self._packs)
        self.page.add_tab("own", _("Own reports"), self._own)
        self.page.add_tab("entries", _("Entered figures"), self._entries)
        self.page.add_tab("collection", _("Collection"), self._collection)

    def _count(self) -> None:
        self.counting.look()

    @property
    def counting(self) -> Counting:
        """What counts the figures; made when it is first wanted."""
        if self._counting is None:
            from perpusdesk.app.report_writing import ReportWriting
            from perpusdesk.ui.dashboard.counting import Counting

            self._counting = Counting(self._desk, self._tasks)
            self._window.closing.connect(self._counting.close)
            self._writing = ReportWriting(self._desk, self._tasks, self._window.messages)
            self._window.closing.connect(self._writing.close)
            self._counting.done.connect(self._writing.look)
            self._counting.done.connect(self.remind)
        return self._counting

    def _dashboard(self) -> DashboardPart:
        from perpusdesk.ui.dashboard.part import DashboardPart

        part = DashboardPart(self._desk, self._tasks, self._window.messages, self.counting)
        part.title_asked.connect(self.title_asked)
        self._window.closing.connect(part.close)
        return part

    def _packs(self) -> PackPart:
        from perpusdesk.ui.reports.pack_part import PackPart

        part = PackPart(self._desk, self._tasks, self._window.messages, self._papers)
        part.entries_asked.connect(self._show_entries)
        part.schedule_asked.connect(self._schedule_pack)
        return part

    def _own(self) -> OwnPart:
        from perpusdesk.ui.reports.own_part import OwnPart

        part = OwnPart(self._desk, self._tasks, self._window.messages)
        part.doing.changed.connect(lambda _done: self._count())
        return part

    def _schedule_pack(self, pack: Pack) -> None:
        from perpusdesk.ui.reports.own_part import OwnPart

        self.show_part("own")
        part = self.page.part("own")
        assert isinstance(part, OwnPart)
        part.schedule_pack(pack)

    def _entries(self) -> EntriesPart:
        from perpusdesk.ui.reports.entries_part import EntriesPart

        return EntriesPart(self._desk, self._tasks, self._window.messages)

    def remind(self) -> None:
        """Say once a month what was not counted in the month before."""
        from perpusdesk.services.figures.completeness import news

        self._tasks.run(lambda: news(self._desk), self._say_missing, owner=self)

    def _say_missing(self, found: MonthState | None) -> None:
        if found is None:
            return
        from perpusdesk.services.figures.completeness import told
        from perpusdesk.ui.reports.text import missing_in

        step = ToastAction(_("Show the months"), self._show_months)
        said = missing_in(found.month, found.uncounted)
        self._window.messages.toast(said, action=step, tone="warn", replace="completeness")
        self._tasks.run(lambda: told(self._desk, found.month))

    def _show_months(self) -> None:
        from perpusdesk.ui.reports.entries_part import EntriesPart

        self.show_part("entries")
        part = self.page.part("entries")
        assert isinstance(part, EntriesPart)
        part.show_months()

    def _show_entries(self, period: Period) -> None:
        from perpusdesk.ui.reports.entries_part import EntriesPart

        self.show_part("entries")
        part = self.page.part("entries")
        assert isinstance(part, EntriesPart)
        part.show_period(period)

    def _collection(self) -> CollectionPart:
        from perpusdesk.ui.collection.part import CollectionPart

        part = CollectionPart(self._desk, self._tasks, self._window.messages)
        part.title_asked.connect(self.title_asked)
        part.weeding_asked.connect(self.weeding_asked)
        return part
