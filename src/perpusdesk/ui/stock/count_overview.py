"""All counts of the branch, the newest first, and the way to begin one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final, Protocol
from uuid import UUID

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from perpusdesk.common.i18n import _
from perpusdesk.domain.stock_take import StockCount
from perpusdesk.services.stock.stock_counts import CountForm
from perpusdesk.services.stock.stock_options import CountChoices
from perpusdesk.ui.kit.ask_card import AskCard
from perpusdesk.ui.kit.buttons import button, primary_button, quiet_button
from perpusdesk.ui.kit.chosen_list import ChosenList
from perpusdesk.ui.kit.empty_state import EmptyState
from perpusdesk.ui.kit.forms import Choice, Field
from perpusdesk.ui.kit.scrolled import scrolled
from perpusdesk.ui.kit.words import words
from perpusdesk.ui.stock import count_text as text

_PAUSE: Final = 250
"""Milliseconds without a further letter before the number expected follows."""


class Doings(Protocol):
    """What the overview's buttons ask for."""

    def ask_start(self) -> None:
        """Ask what is to be counted."""

    def expect(self, form: CountForm) -> None:
        """Find out how many copies would have to be found."""

    def open_count(self, count: UUID) -> None:
        """Show a count, and go on with it if it is open."""

    def print_record(self, count: UUID) -> None:
        """Print the record of a count."""

    def discard(self, count: UUID) -> None:
        """Throw a count away."""


class CountOverview(QWidget):
    """The list of counts; where there is none yet, what a stock-take is."""

    def __init__(self, doings: Doings) -> None:
        super().__init__()
        self._doings = doings
        self.ask = AskCard()
        self.ask.left.connect(self._ask_left)
        self.expected: QLabel | None = None
        self._form: Callable[[], CountForm] = CountForm
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE)
        self._pause.timeout.connect(lambda: doings.expect(self._form()))
        self.start = primary_button(
            _("Begin a stock-take"), doings.ask_start, icon="plus", keys="Ctrl+N"
        )
        self.counts = ChosenList(_("Stock-takes"), text.count_row, self._steps, "")
        self.counts.rows.opened.connect(lambda _place: self._open_chosen())
        self._none = EmptyState(
            "stock",
            _("No stock-take yet"),
            text.explained(),
            main=(_("Begin a stock-take"), doings.ask_start),
        )
        room = QWidget()
        column = QVBoxLayout(room)
        column.setContentsMargins(0, 0, 8, 16)
        column.addWidget(self.counts)
        column.addStretch(1)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._none)
        self._stack.addWidget(scrolled(room))
        head = QHBoxLayout()
        head.addWidget(words(text.explained(), tone="muted", wrap=True), 1)
        head.addSpacing(24)
        head.addWidget(self.start)
        self._head = QWidget()
        self._head.setLayout(head)
        head.setContentsMargins(0, 0, 0, 0)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(16)
        whole.addWidget(self._head)
        whole.addWidget(self.ask)
        whole.addWidget(self._stack, 1)

    def show_counts(self, counts: Sequence[StockCount]) -> None:
        """Fill the list."""
        self.counts.show_records(counts)
        self._head.setVisible(bool(counts))
        self._stack.setCurrentIndex(int(bool(counts)))

    def ask_form(self, choices: CountChoices, then: Callable[[CountForm], object]) -> None:
        """Ask what is to be counted; an empty answer is everything at this branch."""
        name, first, last = QLineEdit(), QLineEdit(), QLineEdit()
        where: Choice[str] = Choice([(_("All locations"), "")])
        for location in choices.locations:
            where.add_option(location, location)
        kind: Choice[UUID | None] = Choice([(_("All kinds"), None)])
        for id_, called in choices.kinds:
            kind.add_option(called, id_)
        fields: list[Field[QWidget]] = [
            Field(_("Name"), name, hint=_("Empty: the date of today.")),
            Field(_("From class or call number"), first, hint=_("Empty: from the beginning.")),
            Field(_("To class or call number"), last, hint=_("With all that begins so.")),
            Field(_("Location"), where),
            Field(_("Kind of collection"), kind),
        ]

        def form() -> CountForm:
            chosen, place = kind.value(), where.value()
            return CountForm(
                name.text(),
                first.text(),
                last.text(),
                frozenset({chosen} if chosen else ()),
                frozenset({place} if place else ()),
            )

        for edit in (first, last):
            edit.textEdited.connect(lambda _typed: self._follow(form))
        for choice in (where, kind):
            choice.currentIndexChanged.connect(lambda _place: self._follow(form))
        self._none.hide()
        why = _("Leave everything empty to count the whole collection of this branch.")
        heading, begin = _("What is to be counted?"), _("Begin")
        self.ask.ask(heading, fields, begin, lambda: then(form()), why=why, columns=3)
        self.expected = words("", strong=True, wrap=True, figures=True)
        if self.ask.form is not None:
            self.ask.form.wide(self.expected)
        self._follow(form)

    def show_expected(self, told: str) -> None:
        """Say in the open question how many copies would have to be found."""
        if self.ask.isVisible() and self.expected is not None:
            self.expected.setText(told)

    def _follow(self, form: Callable[[], CountForm]) -> None:
        self._form = form
        self._pause.start()

    def _ask_left(self) -> None:
        self._none.show()

    def into_list(self) -> None:
        """Move the keyboard into the list."""
        if self.counts.rows.rows.rowCount():
            self.counts.rows.enter()

    def _open_chosen(self) -> None:
        record = self.counts.rows.chosen_record()
        if isinstance(record, StockCount):
            self._doings.open_count(record.id)

    def _steps(self, count: StockCount) -> Sequence[QPushButton]:
        doings, id_ = self._doings, count.id
        running = count.ended is None
        verb = _("Go on counting") if running else _("Look at it")
        made = [
            button(verb, lambda: doings.open_count(id_), icon="scan" if running else "search"),
            button(_("The record"), lambda: doings.print_record(id_), icon="print"),
        ]
        if running:
            made.append(quiet_button(_("Discard"), lambda: doings.discard(id_), icon="trash"))
        return made
