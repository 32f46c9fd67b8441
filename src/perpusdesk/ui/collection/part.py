"""The tab of decisions on the collection: each list is made beside the desk's work."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from perpusdesk.common.i18n import _
from perpusdesk.domain.collection.buying import BuyingRule
from perpusdesk.services.collection.collection import (
    BudgetLine,
    PurchaseLine,
    ages,
    budget_lines,
    buying_rule,
    set_budget,
    set_buying_rule,
    to_buy,
)
from perpusdesk.services.desk import Desk
from perpusdesk.services.export_list import ListSheet
from perpusdesk.ui.collection import text
from perpusdesk.ui.collection.room import AGE, BUDGET, BUYING, CollectionRoom
from perpusdesk.ui.kit.tasks import Tasks
from perpusdesk.ui.shell.doing import Doing
from perpusdesk.ui.shell.list_saving import ListSaving
from perpusdesk.ui.shell.messages import Messages

_Read = tuple[BuyingRule, Sequence[Any]]


class CollectionPart(QObject):
    """What stands behind the tab; it leads to a title, and to the weeding of the stock."""

    title_asked = Signal(object)
    weeding_asked = Signal()
    shown = Signal()

    def __init__(self, desk: Desk, tasks: Tasks, messages: Messages) -> None:
        super().__init__()
        self._desk, self._tasks = desk, tasks
        self._lines: dict[int, Sequence[Any]] = {}
        self.doing = Doing(desk, tasks, messages)
        self.doing.changed.connect(lambda _done: self._read_anew())
        self.room = CollectionRoom(self)
        self.saving = ListSaving(desk, tasks, messages)
        for strip in self.saving.parts:
            self.room.top.addWidget(strip)
        self.room.lists[BUYING].opened.connect(self._open_title)
        self.room.lists[BUDGET].chosen.connect(self._chosen_class)
        self.widget: QWidget = self.room

    # --- what comes in -------------------------------------------------------------------------

    def opened(self) -> None:
        """Read the list in front, if it was not yet."""
        if self.room.front not in self._lines:
            self._read()

    def turned(self) -> None:
        """Read the list that is in front now."""
        self.opened()

    def escape(self) -> None:
        """Leave the question about a list that is to be saved."""
        self.saving.ask.leave()

    # --- what can be done ----------------------------------------------------------------------

    def keep_rule(self) -> None:
        """Keep the rule that is entered, for all devices."""
        rule = self.room.rule.rule()
        self.doing.run(lambda: set_buying_rule(self._desk, rule))

    def share_out(self) -> None:
        """Share out the budget that is entered."""
        self._read()

    def keep_amount(self) -> None:
        """Set the amount that is entered for the class that is chosen."""
        line = self.room.lists[BUDGET].chosen_record()
        amount = self.room.budget.decided.edit.amount()
        if isinstance(line, BudgetLine) and amount is not None:
            year = self._desk.today().year
            self.doing.run(lambda: set_budget(self._desk, year, line.name, amount))

    def save_list(self) -> None:
        """Save the list in front as a workbook."""
        place, lines = self.room.front, self._lines.get(self.room.front, ())

        def work() -> ListSheet:
            from perpusdesk.services.collection import collection_sheets as sheets

            makes: tuple[Callable[[Sequence[Any]], ListSheet], ...] = (
                sheets.purchase_sheet,
                sheets.budget_sheet,
                sheets.age_sheet,
            )
            return makes[place](lines)

        self._tasks.aside(work, self.saving.begin, owner=self)

    def weed(self) -> None:
        """Go where copies are weeded."""
        self.weeding_asked.emit()

    # --- inside --------------------------------------------------------------------------------

    def _read_anew(self) -> None:
        self._lines.clear()
        self._read()

    def _read(self) -> None:
        place, budget = self.room.front, self.room.budget.money.edit.amount() or 0
        self.room.say(place, _("Counting …"))

        def work() -> _Read:
            with self._desk.beside() as desk:
                if place == BUYING:
                    return buying_rule(desk), to_buy(desk)
                if place == BUDGET:
                    return buying_rule(desk), budget_lines(desk, desk.today().year, budget)
                return buying_rule(desk), ages(desk)

        self._tasks.aside(work, lambda read: self._show(place, budget, *read), owner=self)

    def _show(self, place: int, budget: int, rule: BuyingRule, lines: Sequence[Any]) -> None:
        self._lines[place] = lines
        self.room.rule.show_rule(rule)
        self.room.lists[place].show_records(lines)
        told = {
            BUYING: lambda: text.to_buy(lines),
            BUDGET: lambda: text.shared_out(budget),
            AGE: lambda: _("How old the collection is"),
        }
        self.room.say(place, told[place]())
        self.shown.emit()

    def _chosen_class(self, _id: object) -> None:
        line = self.room.lists[BUDGET].chosen_record()
        if isinstance(line, BudgetLine):
            amount = line.share.proposed if line.decided is None else line.decided
            self.room.budget.decided.edit.set_amount(amount)

    def _open_title(self, _id: object) -> None:
        line = self.room.lists[BUYING].chosen_record()
        if isinstance(line, PurchaseLine):
            self.title_asked.emit(line.line.id)
