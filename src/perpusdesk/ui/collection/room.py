"""The room of decisions on the collection: three lists, each with what it rests on beside it."""

from __future__ import annotations

from typing import Final, Protocol

from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from perpusdesk.common.i18n import _
from perpusdesk.ui.collection import text
from perpusdesk.ui.collection.rule_form import BudgetForm, RuleForm
from perpusdesk.ui.kit.buttons import button, quiet_button
from perpusdesk.ui.kit.flow import Flow
from perpusdesk.ui.kit.record_list import EDGE, RecordList
from perpusdesk.ui.kit.scrolled import scrolled
from perpusdesk.ui.kit.tabs import tab_bar
from perpusdesk.ui.kit.theme import scaled_font
from perpusdesk.ui.kit.words import words

BUYING, BUDGET, AGE = range(3)
_SIDE_BY_SIDE: Final = 110
_LEAST: Final = 240
"""Pixels of height that a list keeps; where that is too much the room scrolls."""


class Doings(Protocol):
    """What the room's buttons ask for."""

    def keep_rule(self) -> None:
        """Keep the rule that is entered."""

    def share_out(self) -> None:
        """Share the budget out anew."""

    def keep_amount(self) -> None:
        """Set the amount for the class that is chosen."""

    def save_list(self) -> None:
        """Save the list in front as a workbook."""

    def weed(self) -> None:
        """Go where copies are weeded."""

    def turned(self) -> None:
        """Another list is in front."""


class CollectionRoom(QWidget):
    """Lists at the left, what they rest on at the right."""

    def __init__(self, doings: Doings) -> None:
        super().__init__()
        self._doings = doings
        self.rule = RuleForm(doings.keep_rule)
        self.budget = BudgetForm(doings.share_out, doings.keep_amount)
        self.tabs = tab_bar(_("Decisions on the collection"), nested=True)
        self._stack, self._sides = QStackedWidget(), QStackedWidget()
        self.lists = (
            RecordList(_("To buy"), text.purchase_row),
            RecordList(_("Budget by class"), text.budget_row),
            RecordList(_("Age of the stock"), text.age_row),
        )
        self.said = [words("", "lead", strong=True, wrap=True) for _list in self.lists]
        self.top = QVBoxLayout()
        self._lay_out()
        self.tabs.currentChanged.connect(self._turned)

    def _lay_out(self) -> None:
        names = (_("To buy"), _("Budget by class"), _("Age of the stock"))
        for place, side in enumerate((self.rule, self.budget, self._weeding())):
            self.tabs.addTab(names[place])
            self._stack.addWidget(self._page(place))
            holder = QWidget()
            column = QVBoxLayout(holder)
            column.setContentsMargins(0, 0, 0, 0)
            column.addWidget(side)
            column.addStretch(1)
            self._sides.addWidget(holder)
        self._stack.setMinimumHeight(_LEAST)
        room = QWidget()
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, room)
        self._row.setContentsMargins(0, 0, 8, 16)
        self._row.setSpacing(32)
        self._row.addWidget(self._stack, 5)
        self._row.addWidget(self._sides, 2)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(12)
        whole.addWidget(self.tabs)
        whole.addLayout(self.top)
        whole.addWidget(scrolled(room), 1)

    def _weeding(self) -> QWidget:
        told = _("Copies that stand, by the year in which they were published.")
        side = QWidget()
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(words(told, "body", "muted", wrap=True))
        look = button(_("Find copies to weed"), self._doings.weed, icon="stock")
        column.addWidget(Flow(look))
        return side

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put what a list rests on beside it where there is room, else below."""
        super().resizeEvent(event)
        chars = self.width() // max(1, QFontMetrics(scaled_font()).averageCharWidth())
        way = QBoxLayout.Direction
        side = chars >= _SIDE_BY_SIDE
        self._row.setDirection(way.LeftToRight if side else way.TopToBottom)

    def _page(self, place: int) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self.said[place].setContentsMargins(EDGE, 0, 0, 0)
        column.addWidget(self.said[place])
        column.addWidget(Flow(quiet_button(_("Save XLSX"), self._doings.save_list, icon="file")))
        column.addWidget(self.lists[place], 1)
        return page

    @property
    def front(self) -> int:
        """Which list is in front."""
        return self.tabs.currentIndex()

    def say(self, place: int, told: str) -> None:
        """Show the sentence above a list."""
        self.said[place].setText(told)

    def _turned(self, place: int) -> None:
        self._stack.setCurrentIndex(place)
        self._sides.setCurrentIndex(place)
        self._doings.turned()
