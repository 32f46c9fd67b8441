"""Groups on the screen: bookings by the week, arrivals, letters."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from perpusdesk.common.i18n import _
from perpusdesk.domain.bookings import BookingState
from perpusdesk.domain.visiting import ProfileLists
from perpusdesk.exchange.visit_profile import profile_lists
from perpusdesk.services.desk import Desk
from perpusdesk.services.results import Done
from perpusdesk.services.visits.bookings import (
    BookingForm,
    BookingLine,
    DayPlan,
    Saved,
    form_of,
    save_booking,
    step_booking,
    week,
)
from perpusdesk.services.visits.parties import arrive, parties_lately
from perpusdesk.services.visits.rooms import Room, rooms
from perpusdesk.services.visits.visit_profile import lists_here
from perpusdesk.storage.queries.groups import PartyRow
from perpusdesk.ui.kit.ask_card import missing
from perpusdesk.ui.kit.forms import Field
from perpusdesk.ui.kit.tasks import Tasks
from perpusdesk.ui.shell.doing import Doing
from perpusdesk.ui.shell.messages import Messages
from perpusdesk.ui.shell.paper_files import PaperFiles
from perpusdesk.ui.visits import text
from perpusdesk.ui.visits.asks import HeadFields, line, suggest_institutions
from perpusdesk.ui.visits.booking_fields import BookingFields
from perpusdesk.ui.visits.groups_room import GroupsRoom

_WEEK = timedelta(weeks=1)


@dataclass(frozen=True, slots=True)
class _Read:
    days: tuple[DayPlan, ...]
    came: list[PartyRow]
    lists: ProfileLists
    names: text.Names
    rooms: list[Room]
    today: date


class GroupsPart(QObject):
    """The tab ``groups``."""

    shown = Signal()

    def __init__(self, desk: Desk, tasks: Tasks, messages: Messages, folder: Path) -> None:
        """``folder`` is where letters are written."""
        super().__init__()
        self._desk, self._tasks, self._messages = desk, tasks, messages
        self._weeks = 0
        self._read: _Read | None = None
        self.doing = Doing(desk, tasks, messages)
        self.doing.changed.connect(lambda _done: self.opened())
        self.papers = PaperFiles(desk, tasks, messages, folder)
        self.room = GroupsRoom(self)
        self.widget: QWidget = self.room

    def opened(self) -> None:
        """Read the week anew."""
        desk, weeks = self._desk, self._weeks

        def read() -> _Read:
            lists, today = lists_here(desk), desk.today()
            return _Read(
                week(desk, today + weeks * _WEEK),
                parties_lately(desk),
                lists,
                text.names_of(lists, profile_lists(today)),
                rooms(desk),
                today,
            )

        self._tasks.run(read, self._show, owner=self)

    def move_week(self, weeks: int) -> None:
        """Show a later week, or an earlier one; 0: this one."""
        self._weeks = self._weeks + weeks if weeks else 0
        self.opened()

    # --- bookings ----------------------------------------------------------------------------

    def ask_booking(self) -> None:
        """Ask for a new booking."""
        read = self._read
        if read is None:
            return
        first = max(read.today, read.days[0].day)
        fields = BookingFields(
            read.lists,
            read.rooms,
            first,
            suggest=partial(suggest_institutions, self._desk, self._tasks),
        )
        self._ask(_("A group asks for a visit"), fields, None)

    def ask_change(self, line: BookingLine) -> None:
        """Ask for the changes of a booking."""
        read = self._read
        if read is not None:
            fields = BookingFields(
                read.lists,
                read.rooms,
                line.row.day,
                form_of(line),
                suggest=partial(suggest_institutions, self._desk, self._tasks),
            )
            self._ask(_("Change the booking"), fields, line)

    def _ask(self, heading: str, fields: BookingFields, line: BookingLine | None) -> None:
        booking = line.row.id if line else None

        def keep(form: BookingForm) -> None:
            self.doing.run(lambda: save_booking(self._desk, form, booking), say=_say_saved)

        def send() -> None:
            form = fields.form()
            if form is not None:
                keep(form)

        self.room.ask_now().ask(
            heading, fields.fields, _("Save the booking"), send, check=fields.wrong, columns=2
        )

    def step(self, line: BookingLine, state: BookingState) -> None:
        """Take a booking further."""
        self.doing.run(
            lambda: step_booking(self._desk, line.row.id, state),
            say=lambda done: f"{line.row.institution}: {text.state_name(done.value)}",
        )

    def ask_cancel(self, booked: BookingLine) -> None:
        """Ask why a booking is cancelled."""
        why = Field(_("Reason"), line(), name="why")

        def cancel() -> None:
            reason = why.edit.text()
            self.doing.run(
                lambda: step_booking(self._desk, booked.row.id, BookingState.CANCELLED, reason)
            )

        self.room.ask_now().ask(
            _("Cancel the booking of {group}?").format(group=booked.row.institution),
            [why],
            _("Cancel the booking"),
            cancel,
            check=lambda: missing(("why", why.edit.text().strip())),
        )

    # --- arrivals ----------------------------------------------------------------------------

    def arrive(self, line: BookingLine) -> None:
        """Count a booked group as it was booked."""
        self.doing.run(
            lambda: arrive(self._desk, line.row.id), say=lambda done: text.party_counted(done.value)
        )

    def ask_arrival(self, line: BookingLine) -> None:
        """Ask how many came of a booked group."""
        if self._read is None:
            return
        fields = HeadFields(self._read.lists, line.row.people)

        def count() -> None:
            heads = fields.heads()
            self.doing.run(
                lambda: arrive(self._desk, line.row.id, heads),
                say=lambda done: text.party_counted(done.value),
            )

        heading = _("How many came of {group}?").format(group=line.row.institution)
        self.room.ask_now().ask(
            heading, fields.fields, _("Count the group"), count, check=fields.wrong, columns=2
        )

    # --- papers ------------------------------------------------------------------------------

    def letter(self, line: BookingLine) -> None:
        """Make the letter that confirms a booking."""
        from perpusdesk.printing.document import document_pages
        from perpusdesk.services.visits.booking_papers import confirmation_letter

        self.papers.make(
            "konfirmasi-kunjungan",
            lambda: confirmation_letter(self._desk, line.row.id),
            document_pages,
        )

    def copy_message(self, line: BookingLine) -> None:
        """Copy the confirmation as a message, to be pasted into WhatsApp."""
        from perpusdesk.services.visits.booking_papers import confirmation_text

        self._tasks.run(
            lambda: confirmation_text(self._desk, line.row.id), self._copied, owner=self
        )

    def _copied(self, message: str) -> None:
        QGuiApplication.clipboard().setText(message)
        said = _("The message is copied; paste it into WhatsApp.")
        self._messages.toast(said, tone="ok", replace="copied")

    def _show(self, read: _Read) -> None:
        self._read = read
        self.room.show_week(read.days, read.names)
        self.room.show_parties(read.came)
        self.shown.emit()


def _say_saved(done: Done[Saved]) -> str:
    doubts = " ".join(text.doubt_line(one) for one in done.value.doubts)
    saved = _("The booking is saved.")
    return f"{saved} {doubts}".strip()
