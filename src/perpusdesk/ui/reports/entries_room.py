"""The room of figures that people enter: typed ones, services by tap, and the closing of months."""

from __future__ import annotations

from functools import partial
from typing import Final, Protocol
from uuid import UUID

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from perpusdesk.common.i18n import _
from perpusdesk.domain.figures.months import Period
from perpusdesk.services.visits.service_use import KINDS, use_name
from perpusdesk.ui.kit.ask_card import AskCard
from perpusdesk.ui.kit.buttons import button, primary_button
from perpusdesk.ui.kit.entries import CountEdit
from perpusdesk.ui.kit.flow import Flow
from perpusdesk.ui.kit.forms import Choice, Field, Form
from perpusdesk.ui.kit.record_list import EDGE, RecordList
from perpusdesk.ui.kit.tabs import tab_bar
from perpusdesk.ui.kit.words import words
from perpusdesk.ui.reports import text

TYPED, USES, MONTHS = range(3)
_MOST_PEOPLE: Final = 10_000


class Doings(Protocol):
    """What the room's buttons ask for."""

    def chosen(self) -> None:
        """Another year or branch is chosen."""

    def type_in(self) -> None:
        """Ask for the figure that is chosen."""

    def count(self, kind: str) -> None:
        """Count the use of a service."""

    def close_month(self) -> None:
        """Close the month that is chosen."""

    def turned(self) -> None:
        """Another list is in front."""


class EntriesRoom(QWidget):
    """Three lists behind tabs; a question stands above the list it is about."""

    def __init__(self, doings: Doings) -> None:
        super().__init__()
        self._doings = doings
        self.period: Choice[Period] = Choice([])
        self.branch: Choice[UUID | None] = Choice([])
        self.people = CountEdit(1, most=_MOST_PEOPLE)
        self.people.setMinimum(1)
        self.ask = AskCard()
        self.said = [words("", "lead", strong=True, wrap=True) for _list in "123"]
        self.typed = RecordList(_("Figures to type in"), text.entry_row)
        self.uses = RecordList(_("Services counted today"), text.use_row)
        self.months = RecordList(_("Months"), text.closing_row)
        self.tabs = tab_bar(_("Figures that people enter"), nested=True)
        self._stack = QStackedWidget()
        self._lay_out()
        self.tabs.currentChanged.connect(self._turned)
        for choice in (self.period, self.branch):
            choice.activated.connect(lambda _place: doings.chosen())
        self.typed.opened.connect(lambda _id: doings.type_in())

    def _lay_out(self) -> None:
        doings = self._doings
        years = Form(2)
        years.add(Field(_("Year"), self.period, name="period"))
        years.add(Field(_("Branch"), self.branch, name="branch"))
        taps = [button(use_name(kind), partial(doings.count, kind), icon="plus") for kind in KINDS]
        people = Form(3)
        people.add(Field(_("People"), self.people, name="people"))
        pages = (
            (
                _("Typed figures"),
                (years, Flow(primary_button(_("Type in"), doings.type_in, icon="edit", keys="F8"))),
                self.typed,
            ),
            (_("Services"), (people, Flow(*taps)), self.uses),
            (
                _("Closing of months"),
                (Flow(primary_button(_("Close this month"), doings.close_month, icon="lock")),),
                self.months,
            ),
        )
        for place, (name, above, rows) in enumerate(pages):
            self.tabs.addTab(name)
            self._stack.addWidget(self._page(place, above, rows))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(12)
        for part in (self.tabs, self.ask):
            whole.addWidget(part)
        whole.addWidget(self._stack, 1)

    def _page(self, place: int, above: tuple[QWidget, ...], rows: RecordList) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        self.said[place].setContentsMargins(EDGE, 0, 0, 0)
        for part in (*above, self.said[place]):
            column.addWidget(part)
        column.addWidget(rows, 1)
        return page

    @property
    def front(self) -> int:
        """Which list is in front."""
        return self.tabs.currentIndex()

    @property
    def rows(self) -> RecordList:
        """The list in front."""
        return (self.typed, self.uses, self.months)[self.front]

    def _turned(self, place: int) -> None:
        self._stack.setCurrentIndex(place)
        self.ask.leave()
        self._doings.turned()
