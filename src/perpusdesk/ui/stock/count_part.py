"""The stock-take: scans at the shelf, answered at once; figures and lists follow beside them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from time import monotonic
from typing import Final
from uuid import UUID

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from perpusdesk.common.i18n import _
from perpusdesk.domain.decisions import Refused
from perpusdesk.domain.stock_take import Figures, Outcome, StockCount
from perpusdesk.scan.types import Scan
from perpusdesk.services.desk import Desk
from perpusdesk.services.results import Done
from perpusdesk.services.stock.stock_counts import (
    CountForm,
    CountState,
    choose_count,
    discard_count,
    expected,
    look,
    start_count,
)
from perpusdesk.services.stock.stock_end import Ended, end_count, reopen_count
from perpusdesk.services.stock.stock_file import count_file
from perpusdesk.services.stock.stock_lists import ODD, Entry
from perpusdesk.services.stock.stock_options import (
    count_choices,
    keep_options,
)
from perpusdesk.services.stock.stock_scan import Counted
from perpusdesk.services.stock.stock_view import StockView, stock_view
from perpusdesk.services.wording.refusals import say_refusal
from perpusdesk.ui.kit.sounds import Sounds
from perpusdesk.ui.kit.tasks import Tasks
from perpusdesk.ui.shell.doing import Doing
from perpusdesk.ui.shell.messages import Messages
from perpusdesk.ui.shell.paper_files import PaperFiles
from perpusdesk.ui.stock import count_text as text
from perpusdesk.ui.stock.count_files import ask_codes, print_record, save_list
from perpusdesk.ui.stock.count_jobs import CopyJobs
from perpusdesk.ui.stock.count_lists import ListReader
from perpusdesk.ui.stock.count_overview import CountOverview
from perpusdesk.ui.stock.count_room import CountRoom
from perpusdesk.ui.stock.count_scanning import Scanning

_REFRESH: Final = 5_000
"""Milliseconds after a scan until figures are read anew: what others did shows then."""
_REST: Final = 10
"""Times as long as the reading of a large count took, it rests at least."""


class CountPart(QObject):
    """The tab ``count``. While a count is open here every scan counts a copy.

    ``shown`` tells that figures and lists are on the screen as they are now (tests).
    """

    title_asked = Signal(object)
    shown = Signal()

    name = "count"

    def __init__(
        self, desk: Desk, tasks: Tasks, messages: Messages, sounds: Sounds, folder: Path
    ) -> None:
        """``folder`` is where records are written."""
        super().__init__()
        self._desk, self._tasks = desk, tasks
        self._state: CountState | None = None
        self._viewed: UUID | None = None
        self._begun = False
        self._outcome: Outcome | None = None
        self._ids: list[Entry] = []
        self._asked, self._scanned_since = 0, False
        self.doing = Doing(desk, tasks, messages)
        self.doing.changed.connect(lambda _done: self.opened())
        self.copies = CopyJobs(desk, tasks, self.doing)
        self.copies.title_asked.connect(self.title_asked)
        self._reader = ListReader(desk, tasks)
        self.papers = PaperFiles(desk, tasks, messages, folder)
        self.overview = CountOverview(self)
        self.scanning = Scanning(desk, tasks, messages, sounds, self.copies)
        self.scanning.counted.connect(self._add)
        self.scanning.answered.connect(self._answered)
        self.room = CountRoom(self, self.copies, self.scanning.card, self._reader.fetch)
        self.room.lists.chosen.connect(self.show_list)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.overview)
        self._stack.addWidget(self.room)
        self.widget: QWidget = self._stack
        self._soon = QTimer(self._stack)  # ends with what it moves
        self._soon.setSingleShot(True)
        self._soon.setInterval(_REFRESH)
        self._soon.timeout.connect(self.opened)

    @property
    def title(self) -> str:
        """The word on the tab."""
        return text.title()

    @property
    def counting(self) -> bool:
        """Whether an open count is shown: a scan counts."""
        return self._state is not None and self._state.count.ended is None

    @property
    def figures(self) -> Figures:
        """The figures on the screen."""
        return self._state.figures if self._state else Figures()

    @property
    def lists(self) -> Sequence[Outcome | None]:
        """The lists that have rows, as the words stand: all scans first."""
        full = [each for each in (Outcome.FOUND, *ODD) if self.figures.of(each)]
        return (None, Outcome.MISSING, *full)

    # --- what comes in -----------------------------------------------------------------------

    def opened(self) -> None:
        """Bring what is shown up to date."""
        self._soon.stop()
        self._asked += 1
        self._scanned_since = False
        asked, viewed, fresh = self._asked, self._viewed, not self._begun
        scan = self.scanning.scan

        began = monotonic()

        def tell(found: StockView) -> None:
            took = round(1000 * (monotonic() - began))
            self._soon.setInterval(max(_REFRESH, _REST * took))
            if asked == self._asked and not self._scanned_since:
                self._show(found)
            elif not self._soon.isActive():
                self._soon.start()

        self._tasks.aside(
            lambda: stock_view(self._desk, viewed, current=fresh, scan=scan), tell, owner=self
        )

    def handle_scan(self, scan: Scan) -> None:
        """Count what was scanned."""
        self.room.ask.leave()
        if not self.counting or self._state is None:
            self.scanning.refuse()
            return
        head = self.room.head
        self.scanning.count(self._state.count.id, scan.text, head.place.text(), head.options)

    def escape(self) -> None:
        """Leave the question, then the list, then the count."""
        if self.room.ask.isVisible():
            self.room.ask.leave()
        elif self.overview.ask.isVisible():
            self.overview.ask.leave()
        elif self._outcome is not None and self._state is not None:
            self.show_list(None)
        elif self._state is not None:
            self.pause()

    def search_edited(self, typed: str) -> None:
        """Do nothing: the box is for codes here."""

    def into_list(self) -> None:
        """Move the keyboard from the box into the list."""
        if self._state is None:
            self.overview.into_list()
        elif self._ids:
            self.room.lists.rows.enter()

    # --- what can be done with counts --------------------------------------------------------

    def ask_start(self) -> None:
        """Ask what is to be counted, and begin."""
        if self._state is not None:
            self.pause()
        self._tasks.run(
            lambda: count_choices(self._desk),
            lambda choices: self.overview.ask_form(choices, self.start),
            owner=self,
        )

    def expect(self, form: CountForm) -> None:
        """Say in the question how many copies would have to be found."""

        def read() -> str:
            with self._desk.beside() as desk:
                answer = expected(desk, form)
                return (
                    say_refusal(answer).what
                    if isinstance(answer, Refused)
                    else text.expected(answer)
                )

        self._tasks.aside(read, self.overview.show_expected, owner=self)

    def start(self, form: CountForm) -> None:
        """Begin a count and go on with it."""
        self.doing.run(lambda: start_count(self._desk, form), self._started, say=text.begun)

    def open_count(self, count: UUID) -> None:
        """Show a count; an open one is gone on with, also after a restart."""

        def choose() -> UUID:
            choose_count(self._desk, count)
            return count

        self._tasks.run(choose, self._open, owner=self)

    def pause(self) -> None:
        """Go back to all counts; what was counted is kept."""
        self._tasks.run(lambda: choose_count(self._desk, None), lambda _none: None, owner=self)
        self._begun, self._viewed, self._state = True, None, None
        self._forget()
        self._stack.setCurrentWidget(self.overview)
        self.opened()

    def discard(self, count: UUID) -> None:
        """Throw a count away."""
        self.doing.run(lambda: discard_count(self._desk, count))

    def ask_end(self) -> None:
        """Show what is missing, and ask whether the count is to end."""
        state = self._state
        if state is None or not self.counting:
            return
        count = state.count.id
        self.scanning.forget()
        self.room.hint.hide()
        self.show_list(Outcome.MISSING)

        def read() -> CountState | None:
            with self._desk.beside() as desk:
                return look(desk, count)

        self._tasks.aside(read, self._ask_end, owner=self)

    def reopen(self) -> None:
        """Go on with the ended count that is shown."""
        if self._state is not None:
            count = self._state.count.id
            self.doing.run(lambda: reopen_count(self._desk, count), self._go_on, say=text.reopened)

    def count_file(self) -> None:
        """Count from a data collector's file."""
        path = ask_codes(self.widget) if self.counting else None
        if path is not None and self._state is not None:
            count, place = self._state.count.id, self.room.head.place.text()
            self.doing.run(
                lambda: count_file(self._desk, count, path, place=place), say=text.from_file
            )

    def print_paper(self) -> None:
        """Print the record of the count that is shown or chosen."""
        record = self.overview.counts.rows.chosen_record()
        if self._state is not None:
            self.print_record(self._state.count.id)
        elif isinstance(record, StockCount):
            self.print_record(record.id)

    def print_record(self, count: UUID) -> None:
        """Print the record of a count."""
        print_record(self.papers, count)

    def options_changed(self) -> None:
        """Count as it is ticked from now on."""
        options = self.room.head.options
        self._tasks.run(lambda: keep_options(self._desk, options), lambda _kept: None, owner=self)

    # --- what can be done with copies --------------------------------------------------------

    def return_last(self) -> None:
        """Take the copy of the last scan back, if it is recorded as on loan."""
        self.scanning.take_back()

    def found_last(self) -> None:
        """Record the copy of the last scan as found, if it is recorded as lost."""
        self.scanning.record_found()

    def restore_all(self) -> None:
        """Record everything as found that was counted although recorded as lost or missing."""
        if self._state is not None:
            self.copies.restore_all(self._state.count.id)

    # --- lists -------------------------------------------------------------------------------

    def show_list(self, outcome: Outcome | None) -> None:
        """Show the list of an outcome (``None``: all scans)."""
        self._outcome = outcome
        self._ids = []
        self._read_list()

    def show_list_at(self, place: int) -> None:
        """Show the list whose word stands at a place, from 1."""
        if self._state is not None and place <= len(self.lists):
            self.show_list(self.lists[place - 1])

    def save_list(self) -> None:
        """Save the list that is shown as a workbook; of all scans what somebody must see to."""
        if self._state is not None:
            save_list(self.papers, self.widget, self._state.count, self._outcome)

    # --- inside ------------------------------------------------------------------------------

    def _open(self, count: UUID) -> None:
        self._begun, self._viewed = True, count
        self._forget()
        self.opened()

    def _started(self, done: Done[CountState]) -> None:
        self._open(done.value.count.id)

    def _go_on(self, done: Done[Ended]) -> None:
        self.open_count(done.value.count.id)

    def _forget(self) -> None:
        self._outcome, self._ids = None, []
        self._reader.drop()
        self.scanning.forget(walk=True)

    def _show(self, found: StockView) -> None:
        self._begun, self._state = True, found.state
        self._viewed = found.state.count.id if found.state else None
        if not found.stands:
            self.scanning.forget()
        self.overview.show_counts(found.counts)
        self._stack.setCurrentWidget(self.room if found.state else self.overview)
        if found.state is not None:
            self.room.head.show_options(found.options)
            self.room.head.show_count(found.state, found.before)
            self._show_words()
            self.room.show_hint(running=self.counting)
            self._read_list()
        self.shown.emit()

    def _show_words(self) -> None:
        self.room.lists.show_words(self.figures, self._outcome, ended=not self.counting)

    def _read_list(self) -> None:
        if self._state is not None:
            self._show_words()
            self._reader.read(self._state, self._outcome, self._show_ids)

    def _show_ids(self, ids: list[Entry]) -> None:
        self._ids = ids
        self.room.lists.show_list(ids, self._outcome, ended=not self.counting)
        self.shown.emit()

    def _answered(self) -> None:
        self.room.show_hint(running=True)

    def _add(self, counted: Counted) -> None:
        """Count on with what is on the screen; the truth is read anew a little later."""
        if self._state is None or counted.before is not None or counted.scan is None:
            return
        figures, outcome = self._state.figures, counted.outcome
        changed = {outcome.value: figures.of(outcome) + 1}
        if outcome is Outcome.FOUND:
            changed["missing"] = max(0, figures.missing - 1)
        self._scanned_since = True
        self._state = replace(self._state, figures=replace(figures, **changed))
        self.room.head.show_figures(self.figures)
        if self._outcome in (None, outcome) and not self.room.lists.rows.hasFocus():
            self._reader.drop()
            self._show_ids([(counted.scan, outcome), *self._ids])
        self._show_words()
        if not self._soon.isActive():
            self._soon.start()

    def _ask_end(self, state: CountState | None) -> None:
        if state is None or not self.counting:
            return
        count = state.count.id

        def end() -> None:
            self.room.show_busy()
            self.doing.run(lambda: end_count(self._desk, count), say=text.ended)

        self.room.ask.ask(
            text.end_heading(state.figures), [], _("End"), end, why=text.end_why(state)
        )
