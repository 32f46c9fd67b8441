"""Asks for the catalogue's list with each keystroke: the best at once, then all, then the counts.

The list is read beside the desk's work; what was asked before is called off.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Hashable, Sequence
from dataclasses import replace
from typing import Any, TypeVar
from uuid import UUID

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QStackedWidget

from perpusdesk.services.cataloguing.title_lists import (
    EVERYTHING,
    Asked,
    Facets,
    Order,
    TitleList,
    branch_names,
    facets_of,
    first_titles,
    row_of,
    titles_at,
    whole_list,
)
from perpusdesk.services.cataloguing.title_sheet import title_sheet
from perpusdesk.services.desk import Desk
from perpusdesk.services.feedback.wish_lists import wish_of_words
from perpusdesk.services.searching.reading_desk import CalledOffError, ReadingDesk
from perpusdesk.services.searching.search import note_miss
from perpusdesk.services.searching.search_misses import Miss, misses_sheet, search_misses
from perpusdesk.ui.kit.id_table import Rows
from perpusdesk.ui.kit.tasks import Tasks
from perpusdesk.ui.shell.doing import Doing
from perpusdesk.ui.shell.list_saver import ListSaver
from perpusdesk.ui.shell.messages import Messages
from perpusdesk.ui.titles.list_pane import ListPane
from perpusdesk.ui.titles.misses_view import MissesView
from perpusdesk.ui.titles.narrowing import narrowed

T = TypeVar("T")


class ListControl(QObject):
    """Keeps ``pane`` at what is ``asked``; ``listed`` tells that the whole list stands there."""

    listed = Signal()

    def __init__(self, desk: Desk, tasks: Tasks, messages: Messages) -> None:
        super().__init__()
        self._desk, self._tasks = desk, tasks
        self._reading = ReadingDesk(desk)
        self.asked = Asked()
        self.found = TitleList(array("q"), whole=False)
        self._round = 0
        self._title: UUID | None = None
        self.saver = ListSaver(desk, tasks, messages)
        self.pane = ListPane(self._fetch, self.saver)
        self.misses = MissesView()
        self.whole = QStackedWidget()
        self.whole.addWidget(self.pane)
        self.whole.addWidget(self.misses)
        self.pane.narrowed.connect(self._narrow)
        self.pane.ordered.connect(self._order)
        self.pane.cleared.connect(self.clear)
        self.pane.unfolded.connect(self.pane.unfold)
        self.pane.instead_asked.connect(self.take_instead)
        self.pane.save_asked.connect(self.save)
        self.pane.wish_asked.connect(self.wish)
        self.doing = Doing(desk, tasks, messages)
        self.misses.left.connect(self.leave_misses)
        self.misses.chosen.connect(self._search_miss)
        self.misses.save_asked.connect(lambda: self.saver.save(misses_sheet(self.misses.misses)))

    @property
    def total(self) -> int:
        """How many titles the list holds."""
        return len(self.found.rows)

    # --- what is asked -----------------------------------------------------------------------

    def type(self, text: str) -> None:
        """Search while somebody types."""
        if text.strip() != self.asked.text:
            self._ask(replace(self.asked, text=text.strip(), typing=True, order=Order.BEST))

    def search(self, text: str, *, sent: bool = False) -> None:
        """Search for a whole text; ``sent``: when nothing is found, that is noted."""
        order = self.asked.order if text.strip() == self.asked.text else Order.BEST
        self._ask(replace(self.asked, text=text.strip(), typing=False, order=order), sent=sent)

    def clear(self) -> None:
        """Show all titles, the newest first."""
        self._ask(Asked())

    def refresh(self) -> None:
        """Read the list anew; place and choice stay."""
        self._ask(self.asked)

    def take_instead(self) -> None:
        """Search for what was found instead of the text."""
        if self.found.instead:
            self.search(self.found.instead)

    def narrows(self) -> bool:
        """Whether words or facets narrow the list."""
        return bool(self.asked.text) or self.asked.narrowing != EVERYTHING

    def mark(self, title: UUID | None) -> None:
        """Mark a title in the list, if it is there."""
        self._title = title
        if title is None:
            self.pane.choose(None, self.found.rows)
        else:
            self._look(
                lambda desk: row_of(desk, title), lambda row: self.pane.choose(row, self.found.rows)
            )

    def order(self, order: Order) -> None:
        """Put the list in an order."""
        self._ask(replace(self.asked, order=order))

    def save(self) -> None:
        """Save the whole list as it stands, as a workbook."""
        if self.found.whole and self.found.rows:
            self.saver.save(title_sheet(self.found.rows))

    def wish(self) -> None:
        """Make a wish of what was searched for in vain, or vote for it."""
        words = self.asked.text
        if words:
            self.doing.run(lambda: wish_of_words(self._desk, words))

    def show_misses(self) -> None:
        """Show the searches without result in the place of the list."""

        def show(found: list[Miss]) -> None:
            self.whole.setCurrentWidget(self.misses)
            self.misses.show_misses(found)

        self._look(search_misses, show)

    def leave_misses(self) -> bool:
        """Bring the list back; tell whether that was needed."""
        if self.whole.currentWidget() is self.pane:
            return False
        self.whole.setCurrentWidget(self.pane)
        return True

    def close(self) -> None:
        """Look nothing up any more."""
        self._round += 1
        self.saver.stop()
        self._reading.close()

    # --- inside ------------------------------------------------------------------------------

    def _order(self, order: Any) -> None:
        if order is not None:
            self.order(order)

    def _search_miss(self, text: str) -> None:
        self.leave_misses()
        self.search(text)

    def _narrow(self, group: str, key: Any) -> None:
        self._ask(replace(self.asked, narrowing=narrowed(self.asked.narrowing, group, key)))

    def _ask(self, asked: Asked, *, sent: bool = False) -> None:
        self._round += 1
        self._reading.call_off()
        if asked != self.asked:
            self.leave_misses()
        self.asked = asked
        self._look(
            lambda desk: first_titles(desk, asked), lambda found: self._first(asked, found, sent)
        )

    def _first(self, asked: Asked, found: TitleList, sent: bool) -> None:
        if sent and found.way is None and asked.text:
            self._tasks.run(lambda: note_miss(self._desk, asked.text))
        if found.whole:
            self._show(asked, found)
            return
        if found.rows:
            self._show(asked, found)
        self._look(
            lambda desk: whole_list(desk, asked, found), lambda all_: self._show(asked, all_)
        )

    def _show(self, asked: Asked, found: TitleList) -> None:
        self.found = found
        self.pane.show_list(asked, found)
        if not found.whole:
            return
        self.mark(self._title)
        self.listed.emit()

        def read(desk: Desk) -> tuple[Facets, dict[UUID, str]]:
            return facets_of(desk, asked, found), branch_names(desk)

        self._look(read, lambda pair: self._count(asked, *pair))

    def _count(self, asked: Asked, facets: Facets, branches: dict[UUID, str]) -> None:
        self.pane.branches = branches
        self.pane.show_facets(facets, asked.narrowing)

    def _look(self, work: Callable[[Desk], T], then: Callable[[T], object]) -> None:
        """Ask beside the work; an answer that came too late is dropped."""
        asked_in = self._round

        def read() -> tuple[T] | None:
            if asked_in != self._round:
                return None
            try:
                return (self._reading.ask(work),)
            except CalledOffError:
                return None

        def answer(found: tuple[T] | None) -> None:
            if found is not None and asked_in == self._round:
                then(*found)

        self._tasks.aside(read, answer, owner=self)

    def _fetch(self, ids: Sequence[Hashable], answer: Callable[[Rows], None]) -> None:
        wanted = [id_ for id_ in ids if isinstance(id_, int)]

        def read() -> Rows:
            return dict(titles_at(self._desk, wanted).items())

        self._tasks.run(read, answer, owner=self)
