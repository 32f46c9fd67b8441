"""The room of the guest book: today, one key per visitor, and the last entries."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Final, Protocol
from uuid import UUID

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QGridLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from perpusdesk.common.formats import number
from perpusdesk.common.i18n import _, language
from perpusdesk.domain.visiting import HeadClass
from perpusdesk.services.visits.bookings import BookingLine
from perpusdesk.services.visits.guest_day import GuestDay
from perpusdesk.services.visits.rooms import Room
from perpusdesk.storage.queries.visits import VisitLine
from perpusdesk.ui.kit.ask_card import AskCard
from perpusdesk.ui.kit.asked_page import AskedPage
from perpusdesk.ui.kit.buttons import button, primary_button, quiet_button
from perpusdesk.ui.kit.flow import Flow
from perpusdesk.ui.kit.forms import Choice, Field
from perpusdesk.ui.kit.key_catcher import keep_scans
from perpusdesk.ui.kit.record_list import RecordList, RowWords
from perpusdesk.ui.kit.theme import set_type
from perpusdesk.ui.kit.words import words
from perpusdesk.ui.visits import text
from perpusdesk.ui.visits.hours import HourBars
from perpusdesk.ui.visits.van_bar import VanBar, VanDoings

ANY: Final = "any"
_TALL: Final = 52
_BESIDE_FROM: Final = 96
"""Letters across from which figures and entries stand side by side."""
_PER_ROW: Final = 2


class BookDoings(VanDoings, Protocol):
    """What the room's buttons ask for."""

    def quick(self, head: HeadClass) -> None:
        """Count one visitor of a class."""

    def ask_visitor(self) -> None:
        """Ask what a visitor says of himself."""

    def ask_party(self) -> None:
        """Ask for a group."""

    def arrive(self, line: BookingLine) -> None:
        """Count a group that was expected today."""

    def take_typed(self, code: str) -> None:
        """Count who has this card, or a reading of this copy."""

    def undo_chosen(self) -> None:
        """Take the chosen entry back."""


class BookRoom(QWidget):
    """Figures and keys at the left, the last entries at the right, questions in their place."""

    def __init__(self, doings: BookDoings) -> None:
        super().__init__()
        self._doings = doings
        self.names = text.Names()
        self.total = words("0", "hero", strong=True, figures=True)
        self.under = words("", "lead", "muted", wrap=True)
        self.closed = words("", "body", "warn", strong=True, wrap=True)
        self.hours = HourBars()
        self.place: Choice[UUID | None] = Choice([(_("No room"), None)])
        self._place_field = Field(_("Count into"), self.place)
        self.code = QLineEdit()
        self.code.setMaxLength(60)
        keep_scans(self.code)
        self.code.returnPressed.connect(self._typed)
        self._code_field = Field(_("Card or copy number"), self.code)
        self.any = primary_button("", keys="0")
        self.quick: dict[str, QPushButton] = {}
        self._grid = QGridLayout()
        self._grid.setSpacing(8)
        self.ask_visitor = button(_("With details"), doings.ask_visitor, icon="person", keys="F7")
        self.ask_party = button(
            _("A group of visitors"), doings.ask_party, icon="members", keys="F6"
        )
        self.places = quiet_button(_("Rooms, stops and lists"), doings.show_places, icon="settings")
        self.rows = RecordList(_("Last entries"), self._row)
        self.undo = button(_("Undo this entry"), doings.undo_chosen, icon="undo", keys="Del")
        self.expected = QVBoxLayout()
        self.expected.setSpacing(8)
        self.nobody = words(_("Nobody came yet today."), tone="muted", wrap=True)
        self.van = VanBar(doings)
        self.ask = AskCard()
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._lay_out()

    # --- showing -----------------------------------------------------------------------------

    def show_day(self, day: GuestDay, names: text.Names) -> None:
        """Fill in today."""
        self.names = names
        self.total.setText(number(day.people))
        self.under.setText(text.today_line(day))
        closed = text.closed_line(day)
        self.closed.setText(closed)
        self.closed.setVisible(bool(closed))
        self.hours.show_hours(day.hours)
        self._show_rooms(day.rooms)
        self._show_lines(day.lines)

    def show_expected(self, lines: Sequence[BookingLine]) -> None:
        """Show the groups that are still expected today, each with its step."""
        while (item := self.expected.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        if lines:
            self.expected.addWidget(words(_("Groups expected today"), "lead", strong=True))
        for line in lines:
            here = button(_("They are here"), partial(self._doings.arrive, line), icon="check")
            here.setAccessibleDescription(line.row.institution)
            said = words(text.expected_line(line), wrap=True)
            row = QWidget()
            across = QBoxLayout(QBoxLayout.Direction.LeftToRight, row)
            across.setContentsMargins(12, 0, 12, 0)
            across.setSpacing(16)
            across.addWidget(said, 1)
            across.addWidget(here)
            self.expected.addWidget(row)

    def show_classes(self, classes: Sequence[HeadClass]) -> None:
        """Make one button per class of the quick counter, once."""
        if self.quick or not classes:
            return
        others = [head for head in classes if head.code != ANY]
        for place, head in enumerate(others):
            made = button(head.said(language()), partial(self._doings.quick, head), keys=head.key)
            made.setMinimumHeight(_TALL)
            self.quick[head.code] = made
            row, column = divmod(place, _PER_ROW)
            self._grid.addWidget(made, row, column)
        for head in classes:
            if head.code == ANY:
                self._make_any(head)

    def ask_now(self) -> AskCard:
        """Bring the question to the front, and return it."""
        self._asked.show_question()
        return self.ask

    @property
    def asking(self) -> bool:
        """Whether a question stands in the place of the book."""
        return self._asked.currentIndex() == 1

    def chosen(self) -> VisitLine | None:
        """Return the entry that is chosen in the list."""
        found = self.rows.chosen_record()
        return found if isinstance(found, VisitLine) else None

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the columns one below the other where they have no room side by side."""
        super().resizeEvent(event)
        wide = self.width() >= _BESIDE_FROM * self.fontMetrics().horizontalAdvance("n")
        beside, below = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._columns.setDirection(beside if wide else below)

    # --- inside ------------------------------------------------------------------------------

    def _make_any(self, head: HeadClass) -> None:
        self.any.setText(_("+1 {visitor}").format(visitor=head.said(language())))
        self.any.setAccessibleName(self.any.text())
        self.any.setMinimumHeight(_TALL)
        self.any.clicked.connect(lambda _checked: self._doings.quick(head))
        set_type(self.any, "lead", strong=True)
        self.quick[head.code] = self.any

    def _show_rooms(self, rooms: Sequence[Room]) -> None:
        chosen = self.place.value()
        self.place.set_options([(_("No room"), None), *((one.name, one.id) for one in rooms)])
        if chosen in [one.id for one in rooms]:
            self.place.choose(chosen)
        self._place_field.setVisible(bool(rooms))

    def _show_lines(self, lines: Sequence[VisitLine]) -> None:
        before = self.chosen()
        self.rows.show_records(lines)
        for place, line in enumerate(lines):
            if before is not None and line.id == before.id:
                self.rows.selectRow(place)
        self.nobody.setVisible(not lines)
        self.rows.setVisible(bool(lines))
        self.undo.setVisible(bool(lines))
        self._follow_choice()

    def _follow_choice(self) -> None:
        self.undo.setEnabled(self.chosen() is not None)

    def _row(self, line: VisitLine) -> RowWords:
        return text.visit_row(line, self.names)

    def _typed(self) -> None:
        code = self.code.text().strip()
        self.code.clear()
        if code:
            self._doings.take_typed(code)

    def _lay_out(self) -> None:
        self.rows.chosen.connect(lambda _place: self._follow_choice())
        book = QWidget()
        self._columns.setSpacing(32)
        self._columns.addLayout(self._left(), 3)
        self._columns.addLayout(self._right(), 2)
        whole = QVBoxLayout(book)
        whole.setContentsMargins(4, 0, 8, 0)
        whole.setSpacing(16)
        whole.addWidget(self.van)
        whole.addLayout(self._columns, 1)
        self._asked = AskedPage(book, self.ask)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._asked)

    def _left(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(12)
        head = QVBoxLayout()
        head.setSpacing(0)
        for part in (self.total, self.under, self.closed):
            head.addWidget(part)
        column.addLayout(head)
        column.addWidget(self.hours)
        fields = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        fields.setSpacing(16)
        fields.addWidget(self._place_field, 1)
        fields.addWidget(self._code_field, 1)
        column.addLayout(fields)
        column.addWidget(self.any)
        column.addLayout(self._grid)
        column.addWidget(Flow(self.ask_visitor, self.ask_party, self.places))
        column.addStretch(1)
        return column

    def _right(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(8)
        column.addLayout(self.expected)
        column.addWidget(words(_("Last entries"), "lead", strong=True))
        column.addWidget(self.nobody)
        self.rows.setMinimumHeight(220)
        column.addWidget(self.rows, 1)
        column.addWidget(Flow(self.undo))
        column.addStretch(0)
        return column
