"""The fields of a booking: when, who, how many, where."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, time
from typing import Any, Final

from PySide6.QtWidgets import QLineEdit

from perpusdesk.common.i18n import _
from perpusdesk.domain.visiting import MOST_PEOPLE, ProfileLists
from perpusdesk.services.members.outsiders import Contact
from perpusdesk.services.visits.bookings import BookingForm
from perpusdesk.services.visits.rooms import Room
from perpusdesk.ui.kit.entries import CountEdit, DateEdit
from perpusdesk.ui.kit.forms import Choice, Field
from perpusdesk.ui.visits import text
from perpusdesk.ui.visits.asks import Suggest, institution_edit, level_choice, line, room_choice

_USUAL: Final = (time(9), time(10))


class BookingFields:
    """Filled in from a booking, or empty for a new one."""

    def __init__(
        self,
        lists: ProfileLists,
        rooms: Sequence[Room],
        day: date,
        form: BookingForm | None = None,
        *,
        suggest: Suggest,
    ) -> None:
        contact = form.contact if form else Contact()
        self._institution = Field(
            _("School or institution"),
            institution_edit(suggest, form.institution if form else ""),
            name="institution",
            required=True,
        )
        self._level = Field(_("Level"), level_choice(lists, form.level if form else ""))
        self._day = Field(_("Day"), DateEdit(day), name="day", required=True)
        self._people = Field(
            _("How many"),
            CountEdit(form.people if form else 0, most=MOST_PEOPLE),
            name="people",
            required=True,
        )
        self._starts = Field(_("From"), _clock(form.starts if form else _USUAL[0]), name="starts")
        self._ends = Field(_("Until"), _clock(form.ends if form else _USUAL[1]), name="ends")
        self._room = Field(_("Room"), room_choice(rooms, form.room if form else None))
        self._letter = Field(_("Number of their letter"), line(form.letter if form else ""))
        self._leader = Field(_("Who answers for it"), line(contact.name))
        self._phone = Field(_("Phone"), line(contact.phone))
        self._email = contact.email
        purpose: Choice[str] = Choice(text.options(lists, "purpose"))
        if form and lists.knows("purpose", form.purpose):
            purpose.choose(form.purpose)
        self._purpose = Field(text.list_name("purpose"), purpose)
        self._note = Field(_("Note"), line(form.note if form else ""))
        self.fields: list[Field[Any]] = [
            self._institution,
            self._level,
            self._day,
            self._people,
            self._starts,
            self._ends,
            self._room,
            self._letter,
            self._leader,
            self._phone,
            self._purpose,
            self._note,
        ]

    def wrong(self) -> dict[str, str]:
        """Say what is missing or cannot be."""
        found: dict[str, str] = {}
        if not self._institution.edit.text().strip():
            found["institution"] = _("Fill this in.")
        if self._day.edit.date() is None:
            found["day"] = _("This is not a date; write it as 31-12-2010.")
        if not self._people.edit.value():
            found["people"] = _("Enter how many come.")
        starts, ends = read_clock(self._starts.edit.text()), read_clock(self._ends.edit.text())
        for name, clock in (("starts", starts), ("ends", ends)):
            if clock is None:
                found[name] = _("Write the time as 09.30.")
        if starts and ends and ends <= starts:
            found["ends"] = _("The visit ends before it begins.")
        return found

    def form(self) -> BookingForm | None:
        """Return what was entered; ``None`` when day or hours are missing."""
        day = self._day.edit.date()
        starts, ends = read_clock(self._starts.edit.text()), read_clock(self._ends.edit.text())
        if day is None or starts is None or ends is None:
            return None
        return BookingForm(
            day,
            starts,
            ends,
            self._institution.edit.text(),
            self._people.edit.value(),
            self._level.edit.value() or "",
            self._room.edit.value(),
            Contact(self._leader.edit.text(), self._phone.edit.text(), self._email),
            self._letter.edit.text(),
            self._purpose.edit.value() or "",
            self._note.edit.text(),
        )


def read_clock(typed: str) -> time | None:
    """Return the time in ``9``, ``9.30``, ``09:30`` or ``0930``; ``None`` when it is none."""
    digits = typed.strip().replace(":", ".")
    if digits.isdigit() and len(digits) in (3, 4):
        digits = f"{digits[:-2]}.{digits[-2:]}"
    hour, _dot, minute = digits.partition(".")
    if not hour.isdigit() or not (minute or "0").isdigit() or len(minute) == 1:
        return None
    try:
        return time(int(hour), int(minute or 0))
    except ValueError:
        return None


def _clock(value: time) -> QLineEdit:
    edit = line(f"{value.hour:02d}.{value.minute:02d}")
    edit.setMaxLength(5)
    return edit
