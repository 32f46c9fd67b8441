"""The room of groups: the week with its bookings at the left, groups that came at the right."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Protocol

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from perpusdesk.common.i18n import _
from perpusdesk.domain.bookings import BookingState, may_follow
from perpusdesk.services.visits.bookings import BookingLine, DayPlan
from perpusdesk.storage.queries.groups import PartyRow
from perpusdesk.ui.kit.ask_card import AskCard
from perpusdesk.ui.kit.asked_page import AskedPage
from perpusdesk.ui.kit.buttons import button, icon_button, primary_button, quiet_button
from perpusdesk.ui.kit.empty_state import EmptyState
from perpusdesk.ui.kit.flow import Flow
from perpusdesk.ui.kit.record_list import RecordList, RowWords
from perpusdesk.ui.kit.words import Divider, words
from perpusdesk.ui.visits import text

_BESIDE_FROM: Final = 110
"""Letters across from which the week and the groups stand side by side."""


class GroupsDoings(Protocol):
    """What the room's buttons ask for."""

    def ask_booking(self) -> None:
        """Ask for a new booking."""

    def ask_change(self, line: BookingLine) -> None:
        """Ask for the changes of a booking."""

    def ask_arrival(self, line: BookingLine) -> None:
        """Ask how many came of a booked group."""

    def arrive(self, line: BookingLine) -> None:
        """Count a booked group as it was booked."""

    def step(self, line: BookingLine, state: BookingState) -> None:
        """Take a booking further."""

    def ask_cancel(self, line: BookingLine) -> None:
        """Ask why a booking is cancelled."""

    def letter(self, line: BookingLine) -> None:
        """Make the letter that confirms a booking."""

    def copy_message(self, line: BookingLine) -> None:
        """Copy the confirmation as a message."""

    def move_week(self, weeks: int) -> None:
        """Show a later week, or an earlier one; 0: this one."""


class GroupsRoom(QWidget):
    """Bookings of one week; a question takes the place of everything."""

    def __init__(self, doings: GroupsDoings) -> None:
        super().__init__()
        self._doings = doings
        self.names = text.Names()
        self.ask = AskCard()
        self.title = words("", "lead", strong=True)
        self.rows = RecordList(_("Bookings of this week"), self._booking)
        self.days = QVBoxLayout()
        self.days.setSpacing(4)
        self.steps = Flow()
        self.doubts = words("", tone="warn", wrap=True)
        self.parties = RecordList(_("Groups that came"), self._party)
        why = _("Enter who asks for a visit; opening hours and seats are checked.")
        self.empty = EmptyState("calendar", _("No group is booked for this week"), why)
        self.none_came = words(_("No group came in the last month."), tone="muted", wrap=True)
        self.new = button(_("New booking"), doings.ask_booking, icon="plus", keys="F7")
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._lay_out()

    # --- showing -----------------------------------------------------------------------------

    def show_week(self, days: Sequence[DayPlan], names: text.Names) -> None:
        """Fill in the bookings of a week, by day and hour."""
        self.names = names
        before = self.chosen()
        self.title.setText(text.week_title(days[0].day, days[-1].day))
        lines = [line for day in days for line in day.lines]
        self.rows.show_records(lines)
        self.rows.setVisible(bool(lines))
        self.empty.setVisible(not lines)
        for place, line in enumerate(lines):
            if before is not None and line.row.id == before.row.id:
                self.rows.selectRow(place)
        self.show_steps()

    def show_parties(self, rows: Sequence[PartyRow]) -> None:
        """Fill in the groups that came."""
        self.parties.show_records(rows)
        self.parties.setVisible(bool(rows))
        self.none_came.setVisible(not rows)

    def chosen(self) -> BookingLine | None:
        """Return the booking that is chosen."""
        found = self.rows.chosen_record()
        return found if isinstance(found, BookingLine) else None

    def show_steps(self) -> None:
        """Offer what can be done with the chosen booking."""
        line = self.chosen()
        self.doubts.setVisible(False)
        if line is None:
            self.steps.fill()
            return
        said = " ".join(text.doubt_line(one) for one in line.doubts)
        self.doubts.setText(said)
        self.doubts.setVisible(bool(said))
        self.steps.fill(*self._first_steps(line), *self._papers(line), *self._last_steps(line))

    def ask_now(self) -> AskCard:
        """Bring the question to the front, and return it."""
        self._asked.show_question()
        return self.ask

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the columns one below the other where they have no room side by side."""
        super().resizeEvent(event)
        wide = self.width() >= _BESIDE_FROM * self.fontMetrics().horizontalAdvance("n")
        beside, below = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._columns.setDirection(beside if wide else below)

    # --- inside ------------------------------------------------------------------------------

    def _first_steps(self, line: BookingLine) -> list[QWidget]:
        state, doings, made = line.row.state, self._doings, list[QWidget]()
        if may_follow(state, BookingState.CAME):
            here = primary_button(_("They are here"), lambda: doings.arrive(line), icon="check")
            by_class = button(_("Count by class"), lambda: doings.ask_arrival(line))
            made += [here, by_class]
        if may_follow(state, BookingState.CONFIRMED):
            confirmed = BookingState.CONFIRMED
            made.append(button(_("Confirm"), lambda: doings.step(line, confirmed), icon="check"))
        return made

    def _last_steps(self, line: BookingLine) -> list[QWidget]:
        state, doings, made = line.row.state, self._doings, list[QWidget]()
        if may_follow(state, BookingState.ABSENT):
            absent = BookingState.ABSENT
            made.append(quiet_button(_("Did not come"), lambda: doings.step(line, absent)))
        if may_follow(state, BookingState.CANCELLED):
            made.append(quiet_button(_("Cancel the booking"), lambda: doings.ask_cancel(line)))
        if may_follow(state, BookingState.ASKED):
            asked = BookingState.ASKED
            made.append(button(_("Book it anew"), lambda: doings.step(line, asked)))
        return made

    def _papers(self, line: BookingLine) -> list[QWidget]:
        doings = self._doings
        if line.row.state is not BookingState.CONFIRMED:
            return [button(_("Change"), lambda: doings.ask_change(line), icon="edit")]
        return [
            button(_("Letter"), lambda: doings.letter(line), icon="print"),
            button(_("Copy for WhatsApp"), lambda: doings.copy_message(line), icon="message"),
            button(_("Change"), lambda: doings.ask_change(line), icon="edit"),
        ]

    def _booking(self, line: BookingLine) -> RowWords:
        return text.booking_row(line, self.names)

    def _party(self, row: PartyRow) -> RowWords:
        return text.party_row(row, self.names)

    def _lay_out(self) -> None:
        self.rows.chosen.connect(lambda _place: self.show_steps())
        page = QWidget()
        self._columns.setSpacing(32)
        self._columns.addLayout(self._week_part(), 3)
        self._columns.addLayout(self._came_part(), 2)
        column = QVBoxLayout(page)
        column.setContentsMargins(4, 0, 8, 16)
        column.addLayout(self._columns, 1)
        self._asked = AskedPage(page, self.ask)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._asked)

    def _week_part(self) -> QVBoxLayout:
        doings = self._doings
        column = QVBoxLayout()
        column.setSpacing(12)
        head = QHBoxLayout()
        head.setSpacing(4)
        for part in (
            icon_button("chevron-left", _("Week before"), lambda: doings.move_week(-1)),
            self.title,
            icon_button("chevron-right", _("Week after"), lambda: doings.move_week(1)),
            quiet_button(_("This week"), lambda: doings.move_week(0)),
        ):
            head.addWidget(part)
        head.addStretch(1)
        column.addLayout(head)
        column.addWidget(Flow(self.new))
        column.addWidget(self.empty, 1)
        self.rows.fit_rows()
        column.addWidget(self.rows)
        column.addWidget(self.doubts)
        column.addWidget(self.steps)
        column.addStretch(1)
        return column

    def _came_part(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(8)
        column.addWidget(words(_("Groups that came"), "lead", strong=True))
        column.addWidget(Divider())
        column.addWidget(self.none_came)
        self.parties.fit_rows()
        column.addWidget(self.parties)
        column.addStretch(1)
        return column
