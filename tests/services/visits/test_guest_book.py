"""Counting visitors: by card, by what they say, by a key; and what the history cut leaves."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from helpers.library import SmallLibrary, action_of, refusal_of, value_of
from perpusdesk.domain.decisions import Reason
from perpusdesk.domain.visiting import Count, Profile
from perpusdesk.services.desk import Desk
from perpusdesk.services.privacy.history_cut import cut_history
from perpusdesk.services.privacy.restrict_member import restrict
from perpusdesk.services.undo import undo
from perpusdesk.services.visits.guest_book import Where, count_card, count_member, count_visitor
from perpusdesk.services.visits.guest_day import guest_day
from perpusdesk.services.visits.parties import PartyForm, count_party
from perpusdesk.services.visits.rooms import retire_room, rooms, save_room
from perpusdesk.services.visits.visit_profile import answer_name, lists_here, save_list
from perpusdesk.services.visits.visit_settings import set_guest_book, settings_of


@pytest.fixture
def desk(small: SmallLibrary) -> Desk:
    """The head's desk at the main branch."""
    return small.desk("head")


def row_of(desk: Desk, *columns: str) -> tuple[object, ...]:
    """The columns of the only visit that stands."""
    (row,) = desk.library.rows(f"select {', '.join(columns)} from visit where voided = 0")
    return tuple(row)


def test_a_member_is_counted_with_what_is_true_today(desk: Desk, small: SmallLibrary) -> None:
    small.change("member", small.members["C0001"], sex="L")
    done = value_of(count_card(desk, " C0001 ", purpose="read"))
    assert (done.name, done.people, done.open, done.today) == ("Tono Andai", 1, True, 1)
    assert row_of(desk, "member", "sex", "age", "purpose", "category") == (
        small.members["C0001"].bytes,
        "L",
        "0-12",
        "read",
        small.categories["child"].bytes,
    )
    assert [look.member for look in desk.looks.take()] == [small.members["C0001"]]
    small.change("member", small.members["C0001"], sex="P", birth_date="1990-01-01")
    assert row_of(desk, "sex", "age") == ("L", "0-12")


def test_a_card_counts_once_within_the_hour(desk: Desk, small: SmallLibrary) -> None:
    first = value_of(count_card(desk, "A0001"))
    small.time.passes(minutes=59)
    no = refusal_of(count_card(desk, "A0001"), Reason.VISIT_COUNTED)
    assert (no.facts["at"], no.facts["minutes"]) == (first.at, 60)
    assert value_of(count_card(desk, "A0001", again=True)).today == 2
    small.time.passes(minutes=60)
    assert value_of(count_card(desk, "A0001")).today == 3
    value_of(set_guest_book(desk, same_visit_minutes=0))
    assert value_of(count_card(desk, "A0001")).today == 4


def test_at_another_branch_it_is_another_visit(desk: Desk, small: SmallLibrary) -> None:
    value_of(count_card(desk, "A0001"))
    assert value_of(count_card(small.desk("head", "van"), "A0001")).today == 1


def test_undone_it_may_be_counted_again(desk: Desk) -> None:
    done = count_card(desk, "A0001")
    value_of(undo(desk, action_of(done)))
    assert value_of(count_card(desk, "A0001")).today == 1


def test_an_unknown_card_is_refused(desk: Desk) -> None:
    for card in ("X999", "", "   "):
        refusal_of(count_card(desk, card), Reason.MEMBER_UNKNOWN)
    assert desk.library.value("select count(*) from visit") == 0


def test_whose_data_is_only_kept_is_counted_without_a_name(desk: Desk, small: SmallLibrary) -> None:
    value_of(restrict(desk, small.members["A0001"]))
    done = value_of(count_member(desk, small.members["A0001"]))
    assert (done.member, done.name) == (None, "")
    assert row_of(desk, "member", "people") == (None, 1)


def test_who_has_no_card_says_what_he_likes(desk: Desk) -> None:
    said = Profile("19-59", "P", "teacher", "s1", "nonsense")
    value_of(count_visitor(desk, Count(1, said), Where(institution=" SMA Contoh ")))
    told = row_of(desk, "age", "sex", "occupation", "education", "purpose", "institution")
    assert told == ("19-59", "P", "teacher", "s1", None, "SMA Contoh")
    assert value_of(count_visitor(desk)).today == 2


@pytest.mark.parametrize("people", [0, -3, 5001])
def test_impossible_numbers_are_refused(desk: Desk, people: int) -> None:
    refusal_of(count_visitor(desk, Count(people)), Reason.PEOPLE_INVALID)


def test_outside_opening_hours_it_counts_and_says_so(desk: Desk, small: SmallLibrary) -> None:
    small.time.passes(hours=12)
    done = value_of(count_visitor(desk))
    assert (done.open, done.today) == (False, 1)
    day = guest_day(desk)
    assert (day.open, dict(day.hours)[21], day.hours[-1]) == (False, 1, (21, 1))


def test_an_earlier_day_needs_the_right(desk: Desk, small: SmallLibrary) -> None:
    yesterday = desk.now() - timedelta(days=1)
    refusal_of(count_visitor(small.desk("volunteer"), at=yesterday), Reason.RIGHT_MISSING)
    refusal_of(count_visitor(desk, at=desk.now() + timedelta(hours=1)), Reason.DATE_IN_FUTURE)
    done = value_of(count_visitor(desk, Count(7), at=yesterday))
    assert (done.at, done.today) == (yesterday, 0)


def test_rooms_are_counted_by_themselves(desk: Desk, small: SmallLibrary) -> None:
    child = value_of(save_room(desk, " Ruang Anak ", 20))
    value_of(save_room(desk, "Ruang Baca", 60))
    assert [room.name for room in rooms(desk)] == ["Ruang Anak", "Ruang Baca"]
    assert rooms(small.desk("head", "van")) == []
    value_of(count_visitor(desk, Count(3), Where(child)))
    value_of(count_visitor(desk))
    assert dict(guest_day(desk).by_room) == {child: 3, None: 1}
    value_of(retire_room(desk, child))
    assert [room.name for room in rooms(desk)] == ["Ruang Baca"]
    assert guest_day(desk).lines[1].room_name == "Ruang Anak"
    refusal_of(save_room(small.desk("volunteer"), "X"), Reason.RIGHT_MISSING)
    refusal_of(save_room(desk, "  "), Reason.NAME_MISSING)


def test_the_day_tells_hours_and_last_entries(desk: Desk, small: SmallLibrary) -> None:
    value_of(count_card(desk, "A0001"))
    small.time.passes(hours=1)
    value_of(count_visitor(desk, Count(4, Profile(sex="L"))))
    value_of(count_visitor(small.desk("head", "van"), Count(9)))
    day = guest_day(desk)
    assert (day.people, dict(day.hours)[9], dict(day.hours)[10]) == (5, 1, 4)
    assert [(line.people, line.member_name) for line in day.lines] == [
        (4, ""),
        (1, "Siti Misalnya"),
    ]
    assert [hour for hour, _people in day.hours] == list(range(8, 17))
    small.time.passes(days=1)
    assert guest_day(desk).people == 0


def test_a_library_changes_its_own_lists_and_codes_stay(desk: Desk, small: SmallLibrary) -> None:
    value_of(
        save_list(desk, "purpose", ["Membaca", " Kopi pagi ", "membaca kopi pagi", "Kopi pagi"])
    )
    codes = [one.code for one in lists_here(desk).options["purpose"]]
    assert codes[0] == "read"
    assert len(codes) == 3
    assert answer_name(desk, "purpose", codes[1]) == "Kopi pagi"
    value_of(count_visitor(desk, Count(1, Profile(purpose="study"))))
    assert row_of(desk, "purpose") == (None,)
    assert answer_name(desk, "purpose", "study") == "Belajar atau tugas"
    value_of(save_list(desk, "purpose", ["Kopi pagi"]))
    assert [one.code for one in lists_here(desk).options["purpose"]] == [codes[1]]
    refusal_of(save_list(desk, "purpose", ["", " "]), Reason.NAME_MISSING)
    refusal_of(save_list(small.desk("desk"), "purpose", ["X"]), Reason.RIGHT_MISSING)
    with pytest.raises(ValueError, match="age"):
        save_list(desk, "age", ["Tua"])


def test_settings_that_cannot_be_read_are_as_usual(desk: Desk, small: SmallLibrary) -> None:
    usual = settings_of(desk)
    for wrong in ("text", {"same_visit_minutes": "x", "greet": 1, "ask": "age"}, [1]):
        small.setting("guest_book", wrong)
        assert settings_of(desk) == usual
    value_of(set_guest_book(desk, ask=("purpose",), greet=False))
    assert settings_of(desk).ask == ("purpose",)
    assert not settings_of(desk).greet
    with pytest.raises(ValueError, match="colour"):
        set_guest_book(desk, colour=1)


def test_born_on_the_day_decides_the_band(desk: Desk, small: SmallLibrary) -> None:
    small.change("member", small.members["A0001"], birth_date=date(2013, 11, 2))
    value_of(count_card(desk, "A0001"))
    assert row_of(desk, "age") == ("13-18",)


def test_visits_of_long_ago_are_nobodys_and_keep_room_and_group(
    desk: Desk, small: SmallLibrary
) -> None:
    room = value_of(save_room(desk, "Ruang Anak"))
    value_of(count_card(desk, "A0001", Where(room)))
    party = value_of(count_party(desk, PartyForm("SDN Contoh 1", {"pupils": 20}, "sd", room=room)))
    for _month in range(15):
        small.time.passes(days=30)
    value_of(count_card(desk, "A0002", Where(room)))
    assert cut_history(desk).action is not None
    while small.library.cut_step():
        pass
    rows = desk.library.rows("select member, people, age, room, party from visit order by at")
    assert rows == [
        (None, 1, "19-59", room.bytes, None),
        (None, 20, "0-12", room.bytes, party.party.bytes),
        (small.members["A0002"].bytes, 1, "19-59", room.bytes, None),
    ]
