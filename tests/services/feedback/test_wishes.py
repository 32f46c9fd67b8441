"""Wishes: noted once, voted for, decided, linked when they come, and fed by searches in vain."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.devices import another_device, exchange
from helpers.library import SmallLibrary, refusal_of, value_of
from perpusdesk.domain.decisions import Reason, Refused
from perpusdesk.domain.wishes import WishState
from perpusdesk.services.circulation.holds import place_hold
from perpusdesk.services.desk import Desk
from perpusdesk.services.feedback.wish_lists import (
    wish_line,
    wish_lines,
    wish_of_miss,
    wish_sheet,
    wishable_misses,
)
from perpusdesk.services.feedback.wishes import (
    WishForm,
    add_wish,
    decide_wish,
    edit_wish,
    owned_titles,
    vote,
    wish_or_vote,
)
from perpusdesk.services.results import Done
from perpusdesk.services.searching.search import note_miss
from perpusdesk.services.undo import undo

HUJAN = WishForm(" Hujan  di Pasar ", "Laras Contoh", "978-602-8519-93-9", "2021")


def votes(desk: Desk) -> dict[str, int]:
    """Return the votes by title."""
    return {line.row.title: line.row.votes for line in wish_lines(desk)}


def test_a_wish_is_noted_once_and_voted_for(small: SmallLibrary) -> None:
    desk = small.desk("volunteer")
    one = value_of(add_wish(desk, HUJAN))
    line = wish_line(desk, one)
    assert line is not None
    assert (line.row.title, line.row.isbn, line.wanted) == ("Hujan di Pasar", "9786028519939", 1)
    again = add_wish(desk, WishForm("HUJAN DI PASAR", "Contoh, Laras"))
    assert isinstance(again, Refused)
    assert (again.reason, again.facts["wish"]) == (Reason.WISH_KNOWN, one)
    by_number = add_wish(desk, WishForm("Hujan", isbn="9786028519939"))
    assert isinstance(by_number, Refused) and by_number.reason is Reason.WISH_KNOWN
    other = value_of(add_wish(desk, WishForm("Hujan di Pasar", "Orang Lain Sekali")))
    assert other != one
    assert value_of(vote(desk, one, 3, "kiosk")) == 4
    assert value_of(wish_or_vote(desk, HUJAN, "phone")) == one
    assert votes(desk)["Hujan di Pasar"] in (1, 5)
    assert [line.wanted for line in wish_lines(desk)] == [5, 1]


@pytest.mark.parametrize(
    ("form", "people", "reason"),
    [
        (WishForm("  "), 1, Reason.TITLE_MISSING),
        (WishForm("Angin"), 0, Reason.COUNT_INVALID),
        (WishForm("Angin"), 1_001, Reason.COUNT_INVALID),
        (WishForm("Pelaut Kertas"), 1, Reason.WISH_OWNED),
    ],
)
def test_what_cannot_be_wished_for(head: Desk, form: WishForm, people: int, reason: Reason) -> None:
    refusal_of(add_wish(head, form, people=people), reason)
    assert wish_lines(head) == []


def test_another_copy_of_an_owned_title_counts_its_holds(small: SmallLibrary, head: Desk) -> None:
    form = WishForm("Pelaut Kertas", "Andini Contoh")
    assert [one.id for one in owned_titles(head, form)] == [small.titles[0]]
    one = value_of(add_wish(head, form, anyway=True))
    for card in ("A0001", "A0002"):
        answer = place_hold(head, small.members[card], small.titles[0])
        assert isinstance(answer, Done) or answer.overridable
    line = wish_line(head, one)
    assert line is not None and line.row.found == small.titles[0]
    waiting = small.library.value("select count(*) from hold where title = ?", line.row.found.bytes)
    assert (line.row.holds, line.wanted) == (waiting, 1 + waiting)


def test_a_vote_and_a_wish_are_taken_back(head: Desk) -> None:
    one = value_of(add_wish(head, HUJAN))
    value_of(vote(head, one, 2))
    value_of(undo(head))
    assert votes(head) == {"Hujan di Pasar": 1}
    value_of(undo(head))
    assert wish_lines(head) == []
    assert value_of(add_wish(head, HUJAN)) == one
    assert votes(head) == {"Hujan di Pasar": 1}


def test_two_devices_that_note_the_same_title_note_one(
    small: SmallLibrary, head: Desk, tmp_path: Path
) -> None:
    van = another_device(small, tmp_path / "van", "Mobil")
    value_of(add_wish(head, HUJAN))
    value_of(add_wish(van, HUJAN))
    exchange(head, van)
    for desk in (head, van):
        assert votes(desk) == {"Hujan di Pasar": 2}
    van.library.close()


def test_it_is_decided_by_who_may_and_linked_when_it_comes(small: SmallLibrary, head: Desk) -> None:
    one = value_of(add_wish(head, WishForm("Buku Baru", "Maya Contoh")))
    volunteer = small.desk("volunteer")
    refusal_of(decide_wish(volunteer, one, WishState.CHOSEN), Reason.RIGHT_MISSING)
    refusal_of(edit_wish(volunteer, one, HUJAN), Reason.RIGHT_MISSING)
    refusal_of(decide_wish(head, one, WishState.REFUSED, " "), Reason.RESULT_MISSING)
    unknown = head.library.new_id()
    refusal_of(decide_wish(head, one, WishState.ARRIVED, found=unknown), Reason.TITLE_UNKNOWN)
    value_of(decide_wish(head, one, WishState.ORDERED))
    value_of(edit_wish(head, one, WishForm("Anak Bulan", "Gita Contoh")))
    value_of(decide_wish(head, one, WishState.ARRIVED))
    line = wish_line(head, one)
    assert line is not None
    told = (line.state, line.row.found, line.row.found_title, line.row.decided)
    assert told == (WishState.ARRIVED, small.titles[7], "Anak Bulan", head.today())


def test_what_was_not_bought_may_be_wished_for_again(head: Desk) -> None:
    one = value_of(add_wish(head, HUJAN))
    value_of(decide_wish(head, one, WishState.REFUSED, "Cetakan habis"))
    assert [line.state for line in wish_lines(head, open_only=True)] == []
    assert value_of(add_wish(head, HUJAN)) == one
    line = wish_line(head, one)
    assert line is not None
    assert (line.state, line.row.why, line.row.votes) == (WishState.WISHED, "", 2)


def test_searches_in_vain_become_wishes_and_leave_their_list(head: Desk) -> None:
    for _time in range(3):
        note_miss(head, "beternak lele")
    note_miss(head, "kimia kelas xi")
    misses = wishable_misses(head)
    assert [miss.text for miss in misses] == ["beternak lele", "kimia kelas xi"]
    one = value_of(wish_of_miss(head, misses[0]))
    line = wish_line(head, one)
    assert line is not None
    assert (line.row.title, line.row.votes, line.row.source) == ("Beternak lele", 3, "search")
    assert [miss.text for miss in wishable_misses(head)] == ["kimia kelas xi"]
    value_of(edit_wish(head, one, WishForm("Sukses Beternak Lele", note="beternak lele")))
    assert [miss.text for miss in wishable_misses(head)] == ["kimia kelas xi"]
    value_of(wish_or_vote(head, WishForm("sukses beternak lele"), "kiosk"))
    assert votes(head) == {"Sukses Beternak Lele": 4}


def test_the_list_is_ordered_searched_and_saved(head: Desk) -> None:
    for title, people in (("Angin", 2), ("Bara", 9), ("Cahaya", 5)):
        value_of(add_wish(head, WishForm(title), people=people))
    bara = next(line for line in wish_lines(head) if line.row.title == "Bara")
    value_of(decide_wish(head, bara.id, WishState.REFUSED, "Sudah ada edisi lain"))
    assert [line.row.title for line in wish_lines(head)] == ["Cahaya", "Angin", "Bara"]
    assert [line.row.title for line in wish_lines(head, "cah")] == ["Cahaya"]
    sheet = wish_sheet(wish_lines(head))
    cells = [column.cell(wish_line(head, bara.id)) for column in sheet.columns]
    assert cells[:1] == ["Bara"] and "Sudah ada edisi lain" in cells
