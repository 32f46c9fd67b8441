"""Groups that come, with and without a booking; hours that clash; all undone at once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time
from typing import Any

import pytest

from helpers.library import SmallLibrary, action_of, refusal_of, value_of
from perpusdesk.domain.bookings import BookingState, Objection
from perpusdesk.domain.decisions import Reason
from perpusdesk.services.desk import Desk
from perpusdesk.services.members.outsiders import Contact, erase_outsider
from perpusdesk.services.undo import undo
from perpusdesk.services.visits.bookings import (
    BookingForm,
    booking_line,
    expected_today,
    form_of,
    save_booking,
    step_booking,
    week,
)
from perpusdesk.services.visits.guest_day import guest_day
from perpusdesk.services.visits.parties import (
    PartyForm,
    arrive,
    count_party,
    known_institutions,
    parties_lately,
)
from perpusdesk.services.visits.rooms import save_room

MONDAY = date(2026, 11, 2)
TEACHER = Contact("Bu Guru Contoh", "0812 0000 0009", "guru@contoh.invalid")


@pytest.fixture
def desk(small: SmallLibrary) -> Desk:
    """The head's desk at the main branch."""
    return small.desk("head")


def form(**how: Any) -> BookingForm:
    """A booking of 40 pupils from ten to eleven."""
    plain = BookingForm(MONDAY, time(10), time(11), "SDN Contoh 1", 40, "sd", contact=TEACHER)
    return replace(plain, **how)


def test_heads_by_class_are_visits_of_one_group(desk: Desk) -> None:
    heads = {"pupils_m": 20, "pupils_f": 18, "companions_f": 2, "companions_m": 0}
    done = count_party(desk, PartyForm("SDN Contoh 1", heads, "sd", TEACHER, purpose="read"))
    value = value_of(done)
    assert (value.people, value.today, value.open) == (40, 40, True)
    rows = desk.library.rows(
        "select people, sex, age, occupation, purpose, institution, party from visit order by rid"
    )
    assert rows == [
        (20, "L", "0-12", "pupil", "read", "SDN Contoh 1", value.party.bytes),
        (18, "P", "0-12", "pupil", "read", "SDN Contoh 1", value.party.bytes),
        (2, "P", None, None, "read", "SDN Contoh 1", value.party.bytes),
    ]
    value_of(undo(desk, action_of(done)))
    assert guest_day(desk).people == 0
    assert parties_lately(desk) == []
    assert desk.library.value("select count(*) from outsider where deleted = 0") == 0


def test_a_group_needs_a_name_and_heads(desk: Desk) -> None:
    refusal_of(count_party(desk, PartyForm(" ", {"pupils": 3})), Reason.NAME_MISSING)
    refusal_of(count_party(desk, PartyForm("SD", {"pupils": 0})), Reason.PEOPLE_INVALID)
    refusal_of(count_party(desk, PartyForm("SD", {"pupils": 5001})), Reason.PEOPLE_INVALID)


def test_who_leads_a_group_stands_in_one_record_and_is_erased_everywhere(desk: Desk) -> None:
    value_of(count_party(desk, PartyForm("SDN Contoh 1", {"pupils": 3}, contact=TEACHER)))
    (row,) = parties_lately(desk)
    value_of(erase_outsider(desk, row.contact, "diminta"))
    assert parties_lately(desk)[0].people == 3
    dump = desk.library.rows("select * from party") + desk.library.rows("select * from outsider")
    assert "Bu Guru" not in repr(dump)


def test_a_booking_comes_with_one_step_and_one_undo(desk: Desk) -> None:
    booking = value_of(save_booking(desk, form())).booking
    value_of(step_booking(desk, booking, BookingState.CONFIRMED))
    assert [line.row.id for line in expected_today(desk)] == [booking]
    came = arrive(desk, booking)
    assert value_of(came).people == 40
    line = booking_line(desk, booking)
    assert line is not None
    assert (line.row.state, line.party) == (BookingState.CAME, value_of(came).party)
    assert expected_today(desk) == []
    refusal_of(arrive(desk, booking), Reason.BOOKING_STEP)
    value_of(undo(desk, action_of(came)))
    line = booking_line(desk, booking)
    assert line is not None
    assert (line.row.state, line.party) == (BookingState.CONFIRMED, None)
    assert value_of(arrive(desk, booking, {"pupils_m": 11, "pupils_f": 12})).people == 23


def test_steps_go_only_where_they_may(desk: Desk) -> None:
    booking = value_of(save_booking(desk, form())).booking
    refusal_of(step_booking(desk, booking, BookingState.CAME), Reason.BOOKING_STEP)
    value_of(step_booking(desk, booking, BookingState.CANCELLED, "hujan"))
    refusal_of(step_booking(desk, booking, BookingState.CONFIRMED), Reason.BOOKING_STEP)
    line = booking_line(desk, booking)
    assert line is not None
    assert line.row.why == "hujan"
    value_of(step_booking(desk, booking, BookingState.ASKED))
    refusal_of(
        step_booking(desk, desk.library.new_id(), BookingState.CONFIRMED), Reason.BOOKING_UNKNOWN
    )


def test_a_booking_is_changed_with_its_contact(desk: Desk) -> None:
    booking = value_of(save_booking(desk, form())).booking
    line = booking_line(desk, booking)
    assert line is not None
    assert form_of(line) == form()
    other = form(people=25, contact=Contact("Pak Guru Contoh"), letter="421/12")
    value_of(save_booking(desk, other, booking))
    line = booking_line(desk, booking)
    assert line is not None
    assert form_of(line) == other
    assert desk.library.value("select count(*) from outsider where deleted = 0") == 1


def test_what_cannot_be_is_refused(desk: Desk) -> None:
    refusal_of(save_booking(desk, form(institution=" ")), Reason.NAME_MISSING)
    refusal_of(save_booking(desk, form(ends=time(10))), Reason.TIME_INVALID)
    refusal_of(save_booking(desk, form(people=0)), Reason.PEOPLE_INVALID)
    unknown = desk.library.new_id()
    refusal_of(save_booking(desk, form(), unknown), Reason.BOOKING_UNKNOWN)
    refusal_of(arrive(desk, unknown), Reason.BOOKING_UNKNOWN)


def test_doubts_are_told_and_stop_nothing(desk: Desk) -> None:
    room = value_of(save_room(desk, "Ruang Anak", 50))
    assert value_of(save_booking(desk, form(room=room))).doubts == ()
    clash = value_of(save_booking(desk, form(room=room, starts=time(10, 30)))).doubts
    assert [doubt.what for doubt in clash] == [Objection.CLASH, Objection.TOO_MANY]
    assert (clash[0].with_, clash[1].people, clash[1].seats) == (("SDN Contoh 1",), 80, 50)
    early = value_of(save_booking(desk, form(starts=time(7), ends=time(9)))).doubts
    assert [doubt.what for doubt in early] == [Objection.OUTSIDE_HOURS]
    closed = value_of(save_booking(desk, form(day=date(2026, 12, 25)))).doubts
    assert [(doubt.what, doubt.closed_for) for doubt in closed] == [
        (Objection.CLOSED, ("Hari Natal",))
    ]
    days = week(desk, date(2026, 11, 8))
    assert days[0].day == MONDAY
    assert [len(day.lines) for day in days] == [3, 0, 0, 0, 0, 0, 0]
    assert [bool(day.sessions) for day in days] == [True] * 6 + [False]


def test_institutions_are_remembered(desk: Desk) -> None:
    value_of(save_booking(desk, form()))
    value_of(count_party(desk, PartyForm("SMP 100% Contoh", {"pupils": 3})))
    assert known_institutions(desk, "contoh") == ["SDN Contoh 1", "SMP 100% Contoh"]
    assert known_institutions(desk, "100%") == ["SMP 100% Contoh"]
    assert known_institutions(desk, "_") == []
