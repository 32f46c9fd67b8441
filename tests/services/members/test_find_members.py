"""Finding members as people type: words in any order, cards, phones; and the long list."""

from __future__ import annotations

from datetime import date
from typing import Literal
from unicodedata import normalize

import pytest

from helpers.library import SmallLibrary, value_of
from perpusdesk.services.circulation.lend import lend
from perpusdesk.services.circulation.money import charge
from perpusdesk.services.circulation.understand import understand
from perpusdesk.services.desk import Desk
from perpusdesk.services.members.block_member import block_member
from perpusdesk.services.members.find_members import (
    Order,
    Standing,
    find_members,
    list_members,
    member_lines,
)
from perpusdesk.services.members.member_form import MemberForm
from perpusdesk.services.members.register_member import register_member
from perpusdesk.services.undo import undo


def cards(desk: Desk, text: str) -> list[str]:
    return [line.card for line in find_members(desk, text)]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("siti", ["A0001"]),
        ("misalnya sit", ["A0001"]),
        ("DEWI rina", ["A0003"]),
        ("A0002", ["A0002"]),
        ("a0002", ["A0002"]),
        ("S00", ["S0001"]),
        ("081200000001", ["A0001"]),
        ("+62 812-0000-0002", ["A0002"]),
        ("62 813 0000", ["A0003"]),
        ("00000002", ["A0002"]),
        ("021 555", ["S0001"]),
        ("nobody", []),
        ("", []),
        ("  ", []),
        ('"', []),
        ("sit* OR budi", []),
        ("NEAR(", []),
    ],
)
def test_what_people_type_finds_whom_they_mean(desk: Desk, text: str, wanted: list[str]) -> None:
    assert cards(desk, text) == wanted


@pytest.mark.parametrize("name", ["Renée Ñandú", "محمد الأمين", "ꦱꦸꦏꦂꦤ"])
@pytest.mark.parametrize(("stored", "typed"), [("NFC", "NFD"), ("NFD", "NFC"), ("NFD", "NFD")])
def test_a_name_is_found_however_its_marks_are_put_together(
    desk: Desk, name: str, stored: Literal["NFC", "NFD"], typed: Literal["NFC", "NFD"]
) -> None:
    card = value_of(register_member(desk, MemberForm(name=normalize(stored, name)))).card
    assert cards(desk, normalize(typed, name)) == [card]
    assert understand(desk, normalize(typed, name)).members[0].card == card


def test_accents_and_schools_are_found(small: SmallLibrary, desk: Desk) -> None:
    form = MemberForm(name="Renée Andai", institution="SMP Contoh Dua")
    card = value_of(register_member(desk, form)).card
    assert cards(desk, "renee") == [card]
    assert cards(desk, "contoh dua smp") == [card]


def test_one_who_is_gone_is_not_found(small: SmallLibrary, desk: Desk) -> None:
    value_of(register_member(desk, MemberForm(name="Salah Ketik", phone="0819 999 8888")))
    value_of(undo(desk))
    assert cards(desk, "salah ketik") == []
    assert cards(desk, "08199998888") == []


def test_a_renamed_member_is_found_by_the_new_name_alone(small: SmallLibrary, desk: Desk) -> None:
    small.change("member", small.members["A0001"], name="Siti Lainnya")
    assert cards(desk, "lainnya") == ["A0001"]
    assert cards(desk, "siti misalnya") == []


def test_the_list_is_as_short_as_asked(desk: Desk) -> None:
    assert len(find_members(desk, "A00", limit=2)) == 2


def test_a_line_tells_what_hinders_lending(small: SmallLibrary, desk: Desk) -> None:
    small.change("member", small.members["A0002"], expires=date(2026, 11, 1))
    block_member(desk, small.members["A0003"], "gaduh")
    lines = {line.card: line for line in find_members(desk, "A00")}
    assert [lines[card].expired for card in ("A0001", "A0002")] == [False, True]
    assert [lines[card].blocked for card in ("A0001", "A0003")] == [False, True]


def names(small: SmallLibrary, found: list[object]) -> list[str]:
    words = {id_: card for card, id_ in small.members.items()}
    return [words[id_] for id_ in found]


def test_the_long_list_is_sorted_and_narrowed(small: SmallLibrary, desk: Desk) -> None:
    assert names(small, list_members(desk)) == [
        "A0002",
        "A0004",
        "A0003",
        "S0001",
        "A0001",
        "C0001",
    ]
    assert names(small, list_members(desk, order=Order.CARD))[0] == "A0001"
    assert names(small, list_members(desk, order=Order.NEWEST))[0] == "S0001"
    child = small.categories["child"]
    assert names(small, list_members(desk, category=child)) == ["C0001"]
    assert names(small, list_members(desk, "umpama")) == ["A0004", "A0003"]
    assert names(small, list_members(desk, "0000-0003")) == ["A0003"]


def test_the_long_list_narrows_by_how_members_stand(small: SmallLibrary, desk: Desk) -> None:
    small.change("member", small.members["A0002"], expires=date(2026, 11, 1))
    block_member(desk, small.members["A0003"], "gaduh", until=date(2026, 11, 2))
    lend(desk, small.members["A0004"], small.copies["B0001"])
    charge(desk, small.members["C0001"], 5_000, "kartu hilang")

    def standing(wanted: Standing) -> list[str]:
        return names(small, list_members(desk, standing=wanted))

    assert standing(Standing.EXPIRED) == ["A0002"]
    assert "A0002" not in standing(Standing.VALID)
    assert standing(Standing.BLOCKED) == ["A0003"]
    assert standing(Standing.BORROWING) == ["A0004"]
    assert standing(Standing.OVERDUE) == []
    assert standing(Standing.OWING) == ["C0001"]
    small.time.passes(days=8)
    assert standing(Standing.OVERDUE) == ["A0004"]
    assert standing(Standing.BLOCKED) == []


def test_lines_come_in_the_order_asked(small: SmallLibrary, desk: Desk) -> None:
    ids = [small.members[card] for card in ("S0001", "A0001")]
    unknown = small.library.new_id()
    assert [line.card for line in member_lines(desk, [*ids, unknown])] == ["S0001", "A0001"]
