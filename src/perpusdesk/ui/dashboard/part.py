"""The tab of the dashboard: counts what is stale, reads beside the desk's work, leads to lists."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any, Final
from uuid import UUID

from PySide6.QtCore import QElapsedTimer, QObject, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from perpusdesk.services.desk import Desk
from perpusdesk.services.figures.dashboard import Dashboard, Scope, dashboard, years_back
from perpusdesk.services.figures.figures_behind import Behind, behind
from perpusdesk.services.searching.reading_desk import CalledOffError, ReadingDesk
from perpusdesk.storage.queries.dashboard import stops_of
from perpusdesk.ui.dashboard.asked import Asked
from perpusdesk.ui.dashboard.behind_view import BehindView
from perpusdesk.ui.dashboard.counting import Counting
from perpusdesk.ui.dashboard.room import DashboardRoom
from perpusdesk.ui.kit.id_table import Rows
from perpusdesk.ui.kit.tasks import Tasks
from perpusdesk.ui.shell.list_saving import ListSaving
from perpusdesk.ui.shell.messages import Messages

_EVERY_MS: Final = 3_000
"""How often a dashboard is read anew while a library is counted for the first time."""

_Known = tuple[list[str], list[tuple[str, UUID]]]


class DashboardPart(QObject):
    """What stands behind the tab. ``title_asked`` leads to a title that is short of copies."""

    title_asked = Signal(object)
    shown = Signal()

    def __init__(self, desk: Desk, tasks: Tasks, messages: Messages, counting: Counting) -> None:
        super().__init__()
        self._desk, self._tasks, self._counting = desk, tasks, counting
        self._reading = ReadingDesk(desk)
        self._behind: Behind | None = None
        self._asked = 0
        self._since = QElapsedTimer()
        self._since.start()
        self.room = DashboardRoom()
        self.behind = BehindView(self._rows)
        self.saving = ListSaving(desk, tasks, messages)
        for strip in self.saving.parts:
            self.behind.top.addWidget(strip)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.room)
        self.stack.addWidget(self.behind)
        self.widget: QWidget = self.stack
        self.room.scope_changed.connect(self._read)
        self.room.asked.connect(self.show_behind)
        self.behind.back.connect(self.escape)
        self.behind.save.connect(self.save_list)
        counting.left.connect(self._count_goes_on)
        counting.days_done.connect(self._read)
        counting.done.connect(self._all_counted)

    # --- what comes in -------------------------------------------------------------------------

    def opened(self) -> None:
        """Show what is counted, and count what is not."""
        self._tasks.run(self._known, self._begin, owner=self)

    def escape(self) -> None:
        """Go from a list back to the charts."""
        if self.stack.currentWidget() is self.behind:
            self.saving.ask.leave()
            self.stack.setCurrentWidget(self.room)

    def close(self) -> None:
        """Look nothing up any more."""
        self._reading.close()

    def _known(self) -> _Known:
        branches = [(one.name, one.id) for one in self._desk.branches.values()]
        return years_back(self._desk), sorted(branches)

    def _all_counted(self) -> None:
        def offer(known: _Known) -> None:
            self.room.offer(*known)
            self._read()

        self._tasks.run(self._known, offer, owner=self)

    def _begin(self, known: _Known) -> None:
        self.room.offer(*known)
        self._read()
        self._counting.hurry()

    def _count_goes_on(self, left: int) -> None:
        """Say how much is left, and show now and then what is counted by then."""
        self.room.show_waiting(left)
        if left and self._since.hasExpired(_EVERY_MS):
            self._since.restart()
            self._all_counted()

    # --- reading -------------------------------------------------------------------------------

    def _ask(self, work: Callable[[Desk], Any], then: Callable[[Any], None]) -> None:
        def asked() -> Any:
            try:
                return self._reading.ask(work)
            except CalledOffError:
                return None

        def answer(found: Any) -> None:
            if found is not None:
                then(found)

        self._tasks.aside(asked, answer, owner=self)

    def _read(self) -> None:
        if not self.room.month.value():
            return
        self._asked += 1
        asked, scope = self._asked, self.room.scope()

        def work(desk: Desk) -> tuple[int, Dashboard, list[tuple[str, UUID]]]:
            stops = stops_of(desk.library, scope.branch.bytes) if scope.branch else []
            known = scope if scope.stop in [id_ for _name, id_ in stops] else _whole(scope)
            return asked, dashboard(desk, known), stops

        self._ask(work, self._show)

    def _show(self, found: tuple[int, Dashboard, list[tuple[str, UUID]]]) -> None:
        asked, board, stops = found
        if asked == self._asked:
            self.room.offer_stops(stops)
            self.room.show_board(board)
            self.shown.emit()

    # --- what is behind ------------------------------------------------------------------------

    def show_behind(self, asked: Asked) -> None:
        """Show where a number comes from."""
        if asked.title is not None:
            self.title_asked.emit(asked.title)
            return
        scope = self.room.scope()
        branch, stop = asked.branch or scope.branch, asked.stop or scope.stop

        def work(desk: Desk) -> Behind:
            return behind(
                *(desk, asked.measure, asked.first, asked.last),
                branch=branch,
                stop=stop,
                key=asked.key,
            )

        self._ask(work, self._show_behind)

    def _show_behind(self, found: Behind) -> None:
        self._behind = found
        self.behind.show_behind(found)
        self.stack.setCurrentWidget(self.behind)

    def _rows(self, ids: Sequence[Any], answer: Callable[[Rows], None]) -> None:
        found = self._behind
        if found is None:
            return
        self._ask(lambda desk: found.sheet.fetch(desk, ids), answer)

    def save_list(self) -> None:
        """Save the list as a workbook."""
        if self._behind is not None:
            self.saving.begin(self._behind.sheet)


def _whole(scope: Scope) -> Scope:
    return replace(scope, stop=None)
