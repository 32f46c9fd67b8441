"""The room of weeding: what is looked for, the candidates, the proposal, the decisions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Protocol

from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QBoxLayout,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from perpusdesk.common.i18n import _
from perpusdesk.services.collection.weeding import Decree, WeedingLine
from perpusdesk.ui.kit.ask_card import AskCard
from perpusdesk.ui.kit.buttons import button, primary_button, quiet_button
from perpusdesk.ui.kit.flow import Flow
from perpusdesk.ui.kit.id_table import Fetch
from perpusdesk.ui.kit.record_list import EDGE, RecordList
from perpusdesk.ui.kit.scrolled import scrolled
from perpusdesk.ui.kit.tabs import tab_bar
from perpusdesk.ui.kit.theme import scaled_font
from perpusdesk.ui.kit.words import words
from perpusdesk.ui.stock import weeding_text as text
from perpusdesk.ui.stock.weeding_rule import RuleForm

_SIDE_BY_SIDE: Final = 110
_LEAST: Final = 240
"""Pixels of height that a list keeps; where that is too much the room scrolls."""
CANDIDATES, PROPOSAL, DECISIONS = range(3)


class Doings(Protocol):
    """What the room's buttons ask for."""

    def look(self) -> None:
        """Look for candidates."""

    def propose_chosen(self) -> None:
        """Propose the candidates that are chosen."""

    def propose_all(self) -> None:
        """Propose all candidates."""

    def drop(self) -> None:
        """Take the chosen copies off the proposal."""

    def decide(self) -> None:
        """Ask for the decision, then withdraw the copies."""

    def print_paper(self) -> None:
        """Print the proposal, or the report of the chosen decision."""

    def save_list(self) -> None:
        """Save the same list as a workbook."""

    def turned(self) -> None:
        """Another list is in front."""


class WeedingRoom(QWidget):
    """The rule at the left (or above), the lists at the right (or below)."""

    def __init__(self, doings: Doings, fetch: Fetch) -> None:
        super().__init__()
        self._doings = doings
        self.rule = RuleForm()
        self.look = primary_button(_("Find candidates"), doings.look, icon="search")
        self.tabs = tab_bar(_("Lists of the weeding"), nested=True)
        self._stack = QStackedWidget()
        self.candidates = RecordList(_("Candidates"), text.line_row, fetch)
        self.proposal = RecordList(_("Proposal"), text.line_row)
        self.decisions = RecordList(_("Decisions"), text.decree_row)
        for rows in (self.candidates, self.proposal):
            rows.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.ask = AskCard()
        self.said = [words("", "lead", strong=True, wrap=True) for _list in range(3)]
        self._make_steps()
        self._lay_out()
        self.tabs.currentChanged.connect(self._turned)

    def _make_steps(self) -> None:
        doings = self._doings
        self.all = button(_("Propose all"), doings.propose_all, icon="check")
        self.chosen = button(_("Propose the chosen ones"), doings.propose_chosen, icon="check")
        self.decide = button(_("Record the decision"), doings.decide, icon="check", keys="F8")
        self.drop = quiet_button(_("Take off the proposal"), doings.drop, icon="close")
        self.papers = [
            button(name, doings.print_paper, icon="print", keys="Ctrl+P")
            for name in (_("Print the proposal"), _("Print the report"))
        ]
        self.sheets = [quiet_button(_("Save XLSX"), doings.save_list, icon="file") for _two in "12"]

    def _lay_out(self) -> None:
        left = QVBoxLayout()
        left.setSpacing(16)
        left.addWidget(self.rule)
        left.addWidget(Flow(self.look))
        left.addStretch(1)
        lists = (
            (_("Candidates"), self.candidates, (self.all, self.chosen)),
            (
                _("Proposal"),
                self.proposal,
                (self.decide, self.papers[0], self.sheets[0], self.drop),
            ),
            (_("Decisions"), self.decisions, (self.papers[1], self.sheets[1])),
        )
        for place, (name, rows, steps) in enumerate(lists):
            self.tabs.addTab(name)
            self._stack.addWidget(_page(self.said[place], Flow(*steps), rows))
        right = QVBoxLayout()
        right.setSpacing(12)
        for part in (self.tabs, self.ask):
            right.addWidget(part)
        right.addWidget(self._stack, 1)
        self._stack.setMinimumHeight(_LEAST)
        room = QWidget()
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, room)
        self._row.setContentsMargins(0, 0, 8, 16)
        self._row.setSpacing(32)
        self._row.addLayout(left, 2)
        self._row.addLayout(right, 5)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scrolled(room))

    @property
    def front(self) -> int:
        """Which list is in front."""
        return self.tabs.currentIndex()

    @property
    def rows(self) -> RecordList:
        """The list in front."""
        return (self.candidates, self.proposal, self.decisions)[self.front]

    def chosen_places(self) -> list[int]:
        """Return the places of the rows that are chosen in the list in front, in order."""
        return sorted(index.row() for index in self.rows.selectionModel().selectedRows())

    def show_candidates(self, ids: Sequence[object], *, looked: bool) -> None:
        """Show the candidates; ``looked``: somebody asked for them."""
        hint = _("Choose what to look for, then press “Find candidates”.")
        self.said[CANDIDATES].setText(text.found(len(ids)) if looked else hint)
        self.candidates.show_ids(list(ids))
        for step in (self.all, self.chosen):
            step.setVisible(bool(ids))

    def show_proposal(self, lines: Sequence[WeedingLine]) -> None:
        """Show what is proposed."""
        nothing = _("Nothing is proposed. Scan a copy to propose it.")
        self.said[PROPOSAL].setText(text.on_the_proposal(lines) if lines else nothing)
        self.proposal.show_records(lines)
        self.tabs.setTabText(PROPOSAL, f"{_('Proposal')} ({len(lines)})")
        for step in (self.decide, self.papers[0], self.sheets[0], self.drop):
            step.setVisible(bool(lines))

    def show_decisions(self, decrees: Sequence[Decree]) -> None:
        """Show the decisions that were carried out."""
        nothing = _("Nothing was withdrawn by a decision yet.")
        self.said[DECISIONS].setText("" if decrees else nothing)
        self.said[DECISIONS].setVisible(not decrees)
        self.decisions.show_records(decrees)
        for step in (self.papers[1], self.sheets[1]):
            step.setVisible(bool(decrees))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the rule beside the lists where there is room."""
        super().resizeEvent(event)
        chars = self.width() // max(1, QFontMetrics(scaled_font()).averageCharWidth())
        side = chars >= _SIDE_BY_SIDE
        way = QBoxLayout.Direction
        self._row.setDirection(way.LeftToRight if side else way.TopToBottom)
        columns = 1 if side else 2
        if columns != self.rule.columns:
            self.rule.arrange(columns)

    def _turned(self, place: int) -> None:
        self._stack.setCurrentIndex(place)
        self.ask.leave()
        self._doings.turned()


def _page(said: QWidget, steps: Flow, rows: RecordList) -> QWidget:
    page = QWidget()
    column = QVBoxLayout(page)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(8)
    said.setContentsMargins(EDGE, 0, 0, 0)
    steps.setContentsMargins(EDGE, 0, 0, 0)
    for part in (said, steps):
        column.addWidget(part)
    column.addWidget(rows, 1)
    return page
