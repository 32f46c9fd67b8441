"""Messages of visitors: noted by anybody, answered by who may, in time or late, and their list."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from python_calamine import CalamineWorkbook

from helpers.library import SmallLibrary, refusal_of, value_of
from perpusdesk.domain.complaints import Channel, Kind, State, public_text
from perpusdesk.domain.decisions import Reason, Refused
from perpusdesk.services.desk import Desk
from perpusdesk.services.export_list import export_list
from perpusdesk.services.feedback.complaint_lists import (
    ComplaintSearch,
    complaint_line,
    complaint_lines,
    complaint_sheet,
    times_of,
)
from perpusdesk.services.feedback.complaints import (
    ComplaintForm,
    NewComplaint,
    answer,
    close_complaint,
    contact_for,
    edit_complaint,
    late_complaints,
    register,
    reopen,
    take_up,
)
from perpusdesk.services.feedback.service_lists import choices, lists_of, said, set_lists, set_names
from perpusdesk.services.members.outsiders import Contact
from perpusdesk.services.results import Done
from perpusdesk.services.undo import undo


def noted(desk: Desk, text: str = "AC ruang baca mati", **how: Any) -> UUID:
    """Note a message and return it."""
    return value_of(register(desk, NewComplaint(text, **how)))


def test_anybody_notes_one_and_its_day_is_counted_from_when_it_came(
    small: SmallLibrary, head: Desk
) -> None:
    volunteer = small.desk("volunteer", "van")
    came = head.now() - timedelta(days=2)
    one = noted(volunteer, category="room", channel=Channel.BOX, received=came, ticket=" 77 ")
    line = complaint_line(head, one)
    assert line is not None
    assert (line.state, line.branch_name, line.row.ticket) == (
        State.NEW,
        head.branches[small.branches["van"]].name,
        "77",
    )
    assert line.row.due == came.date() + timedelta(days=5)
    assert line.received == came.replace(microsecond=0)
    praise = complaint_line(head, noted(head, "Petugas ramah", kind=Kind.PRAISE))
    assert praise is not None and praise.row.due is None


def test_what_cannot_be_noted_is_refused(head: Desk) -> None:
    refusal_of(register(head, NewComplaint("  ")), Reason.TEXT_MISSING)
    later = NewComplaint("x", received=head.now() + timedelta(minutes=1))
    refusal_of(register(head, later), Reason.DATE_IN_FUTURE)
    assert complaint_lines(head) == []


def test_only_who_may_answers_closes_and_sees_the_contact(small: SmallLibrary, head: Desk) -> None:
    volunteer = small.desk("volunteer")
    one = noted(volunteer, contact=Contact("Ibu Contoh", "0812"))
    jobs: tuple[object, ...] = (
        answer(volunteer, one, "x"),
        close_complaint(volunteer, one),
        reopen(volunteer, one),
        take_up(volunteer, one),
        contact_for(volunteer, one),
    )
    assert [job.reason for job in jobs if isinstance(job, Refused)] == [Reason.RIGHT_MISSING] * 5
    assert contact_for(head, one) == Contact("Ibu Contoh", "0812")
    assert small.library.value("select count(*) from op where payload like '%Ibu Contoh%'") in (
        0,
        1,
    )


def test_the_answer_stops_the_clock_and_undo_starts_it_again(
    small: SmallLibrary, head: Desk
) -> None:
    one = noted(head)
    value_of(take_up(head, one))
    line = complaint_line(head, one)
    assert line is not None
    assert (line.state, line.row.owner) == (State.WORK, small.staff["head"])
    refusal_of(close_complaint(head, one), Reason.ANSWER_MISSING)
    small.time.passes(days=6)
    assert late_complaints(head) == 1
    told = public_text("Ruang baca panas", "AC diperbaiki 8 November")
    answered = answer(head, one, "Sudah diperbaiki", told)
    assert isinstance(answered, Done)
    assert late_complaints(head) == 0
    times = times_of(complaint_lines(head))
    assert (times.answered, times.dued, times.in_time, times.mean_hours) == (1, 1, 0, 144)
    assert answered.action is not None
    value_of(undo(head, answered.action))
    assert late_complaints(head) == 1
    value_of(answer(head, one, "Sudah diperbaiki", told, close=True))
    refusal_of(answer(head, one, "lagi"), Reason.COMPLAINT_CLOSED)
    value_of(reopen(head, one))
    line = complaint_line(head, one)
    assert line is not None and line.state is State.ANSWERED
    small.time.passes(days=1)
    first = line.answered
    value_of(answer(head, one, "Sudah diperbaiki semua"))
    line = complaint_line(head, one)
    assert line is not None and line.answered == first


def test_praise_needs_no_answer(head: Desk) -> None:
    one = noted(head, "Terima kasih", kind=Kind.PRAISE)
    value_of(close_complaint(head, one))
    assert late_complaints(head) == 0


def test_an_owner_takes_a_new_one_into_work(small: SmallLibrary, head: Desk) -> None:
    one = noted(head, category="room")
    form = ComplaintForm(
        Kind.SUGGESTION,
        "hours",
        "Buka lebih sore",
        Channel.PHONE,
        "reading",
        "",
        small.staff["desk"],
        head.today(),
    )
    value_of(edit_complaint(head, one, form))
    line = complaint_line(head, one)
    assert line is not None
    assert (line.state, line.kind, line.category) == (State.WORK, Kind.SUGGESTION, "Jam buka")
    same = edit_complaint(head, one, form)
    assert isinstance(same, Done) and same.action is None


def test_who_waits_stands_first_and_the_list_is_narrowed(small: SmallLibrary, head: Desk) -> None:
    first = noted(head, "Kursi rusak", category="room")
    small.time.passes(days=1)
    second = noted(small.desk("desk", "van"), "Jadwal keliling berubah", kind=Kind.SUGGESTION)
    value_of(answer(head, first, "Kursi diganti"))
    third = noted(head, "Kursi kurang", received=head.now() - timedelta(days=3))

    def found(**how: Any) -> list[UUID]:
        return [line.id for line in complaint_lines(head, ComplaintSearch(**how))]

    assert found() == [third, second, first]
    assert found(waiting=True) == [third, second]
    assert found(kind=Kind.SUGGESTION) == [second]
    assert found(branch=small.branches["van"]) == [second]
    assert found(text="kursi") == [third, first]
    assert found(text="fasilitas RUANG") == [first]
    assert found(since=head.today()) == [second]
    assert found(until=head.today() - timedelta(days=1)) == [third, first]


def test_the_register_is_saved_without_a_name(head: Desk, tmp_path: Path) -> None:
    one = noted(head, contact=Contact("Ibu Contoh", "0812", "ibu@contoh.id"), category="room")
    value_of(answer(head, one, "Diganti", public_text("Panas", "Diganti")))
    sheet = complaint_sheet(complaint_lines(head))
    assert sheet.people == 0
    path = tmp_path / "pesan.xlsx"
    export_list(head, sheet, path)
    rows = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()
    told = " ".join(str(cell) for row in rows for cell in row)
    assert "AC ruang baca mati" in told and "Diganti" in told
    assert "Ibu Contoh" not in told and "0812" not in told


def test_the_library_changes_lists_and_days_for_itself(small: SmallLibrary, head: Desk) -> None:
    old = noted(head, category="room")
    assert ("Koleksi", "collection") in choices(head, "category")
    refusal_of(set_lists(small.desk("volunteer"), 3), Reason.RIGHT_MISSING)
    refusal_of(set_lists(head, 0), Reason.COUNT_INVALID)
    refusal_of(set_lists(head, lists={"category": []}), Reason.NOTHING_CHOSEN)
    value_of(set_lists(head, 3, {"category": [("collection", "Koleksi"), ("wc", "Toilet")]}))
    assert choices(head, "category") == [("Koleksi", "collection"), ("Toilet", "wc")]
    assert lists_of(head).due_days == 3
    assert choices(head, "service")[0] == ("Sirkulasi", "lending")
    assert said(head, "category", "room") == "Ruang dan fasilitas"
    line, new = complaint_line(head, old), complaint_line(head, noted(head))
    assert line is not None and new is not None
    assert line.row.due == head.today() + timedelta(days=5)
    assert new.row.due == head.today() + timedelta(days=3)


def test_lists_are_changed_by_names_and_known_ones_keep_their_codes(head: Desk) -> None:
    plain = lists_of(head)
    names = {name: [one.name for one in plain.of(name)] for name in ("category", "service")}
    same = set_names(head, plain.due_days, names)
    assert isinstance(same, Done) and same.action is None
    names["category"] = [" Toilet ", "koleksi", "", "Toilet"]
    value_of(set_names(head, 7, names))
    assert choices(head, "category") == [("Toilet", "Toilet"), ("koleksi", "collection")]
    assert choices(head, "service") == [(one.name, one.code) for one in plain.of("service")]
    value_of(set_names(head, 7, {"category": ["Koleksi", "Jam buka"]}))
    assert choices(head, "category") == [("Koleksi", "collection"), ("Jam buka", "hours")]
    assert said(head, "category", "Toilet") == "Toilet"
    assert lists_of(head).due_days == 7
