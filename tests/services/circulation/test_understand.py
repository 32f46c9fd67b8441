"""One box understands everything: what a text names, whoever or whatever typed it."""

from __future__ import annotations

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.library import SmallLibrary
from perpusdesk.services.circulation.understand import MAX_LENGTH, Meaning, understand
from perpusdesk.services.desk import Desk


@pytest.mark.parametrize("text", ["A0001", "a0001", "  A0001\t", "\x02A0001\x03", "A0001\r\n"])
def test_a_members_card(desk: Desk, small: SmallLibrary, text: str) -> None:
    found = understand(desk, text, scanned=True)
    assert (found.meaning, found.member) == (Meaning.MEMBER, small.members["A0001"])


@pytest.mark.parametrize(
    "text", ["B0001", "b0001", " b0001 ", "00001/PD/H/2026", "00001/pd/h/2026"]
)
def test_a_copy_by_barcode_or_inventory_number(desk: Desk, small: SmallLibrary, text: str) -> None:
    found = understand(desk, text)
    assert (found.meaning, found.copy) == (Meaning.COPY, small.copies["B0001"])


@pytest.mark.parametrize(
    "text",
    ["0306406152", "0-306-40615-2", "978-0-306-40615-7", "9780306406157", "ISBN 0-306-40615-2"],
)
def test_an_isbn_in_every_spelling(desk: Desk, small: SmallLibrary, text: str) -> None:
    small.change("title", small.titles[3], isbn="9780306406157")
    found = understand(desk, text)
    assert found.meaning is Meaning.FOUND
    assert [hit.id for hit in found.titles] == [small.titles[3]]
    assert found.titles[0].available == 2


def test_an_isbn_that_no_title_has_is_known_for_an_isbn(desk: Desk) -> None:
    assert understand(desk, "978-0-306-40615-7").meaning is Meaning.ISBN_UNKNOWN


@pytest.mark.parametrize("text", ["081200000001", "0812-0000-0001", "+62 812 0000 0001"])
def test_a_phone_number_in_every_spelling(desk: Desk, small: SmallLibrary, text: str) -> None:
    found = understand(desk, text)
    assert found.meaning is Meaning.FOUND
    assert [hit.card for hit in found.members] == ["A0001"]


@pytest.mark.parametrize(
    ("text", "cards"),
    [
        ("siti", {"A0001"}),
        ("misalnya", {"A0001", "A0002"}),
        ("dewi rina", {"A0003"}),
        ("UMPA", {"A0003", "A0004"}),
    ],
)
def test_words_of_a_name_in_any_order(desk: Desk, text: str, cards: set[str]) -> None:
    found = understand(desk, text)
    assert found.meaning is Meaning.FOUND
    assert {hit.card for hit in found.members} == cards


def test_words_find_titles_and_members_alike(desk: Desk, small: SmallLibrary) -> None:
    found = understand(desk, "contoh")
    assert [hit.name for hit in found.members] == ["SD Contoh Satu"]
    assert found.titles
    assert understand(desk, "timur kereta").titles[0].id == small.titles[5]


def test_a_card_and_a_copy_of_the_same_number_are_both_named(
    desk: Desk, small: SmallLibrary
) -> None:
    small.change("member", small.members["A0002"], card="B0003")
    found = understand(desk, "b0003", scanned=True)
    assert found.meaning is Meaning.BOTH
    assert (found.member, found.copy) == (small.members["A0002"], small.copies["B0003"])
    assert [hit.name for hit in found.members] == ["Budi Misalnya"]
    assert [hit.title for hit in found.copies] == ["Kebun di Atap"]


def test_two_members_or_two_copies_with_one_number_are_told_apart(
    desk: Desk, small: SmallLibrary
) -> None:
    small.change("member", small.members["A0002"], card="A0001")
    members = understand(desk, "A0001", scanned=True)
    assert (members.meaning, members.member) == (Meaning.FOUND, None)
    assert {hit.name for hit in members.members} == {"Siti Misalnya", "Budi Misalnya"}

    small.change("copy", small.copies["B0003"], barcode="B0001")
    copies = understand(desk, "B0001", scanned=True)
    assert (copies.meaning, copies.copy) == (Meaning.COPIES, None)
    assert {hit.title for hit in copies.copies} == {"Pelaut Kertas", "Kebun di Atap"}


@pytest.mark.parametrize("text", ["", "   ", "\n\t", "\x00\x1f"])
def test_nothing_means_nothing(desk: Desk, text: str) -> None:
    assert understand(desk, text).meaning is Meaning.EMPTY


def test_a_command_is_handed_on_without_its_sign(desk: Desk) -> None:
    found = understand(desk, "> tema gelap")
    assert (found.meaning, found.text) == (Meaning.COMMAND, "tema gelap")


@pytest.mark.parametrize("length", [MAX_LENGTH + 1, 10_000])
def test_what_is_too_long_is_neither_searched_nor_kept(desk: Desk, length: int) -> None:
    found = understand(desk, "B0001 " * (length // 6 + 1))
    assert found.meaning is Meaning.TOO_LONG
    assert len(found.text) == MAX_LENGTH


def test_a_code_nobody_has_is_told_from_words_nobody_wrote(desk: Desk) -> None:
    assert understand(desk, "ZZ9999").meaning is Meaning.CODE_UNKNOWN
    assert understand(desk, "QWERTY", scanned=True).meaning is Meaning.CODE_UNKNOWN
    assert understand(desk, "qwerty uiop").meaning is Meaning.NOTHING


def test_a_deleted_copy_is_unknown(desk: Desk, small: SmallLibrary) -> None:
    action = desk.action("set_up")
    action.delete("copy", small.copies["B0001"])
    desk.commit(action)
    assert understand(desk, "B0001", scanned=True).meaning is Meaning.CODE_UNKNOWN


@given(st.text(st.characters(), max_size=300))
def test_any_text_at_all_has_a_meaning(kept_desk: Desk, text: str) -> None:
    found = understand(kept_desk, text)
    assert len(found.text) <= MAX_LENGTH
    assert all(character.isprintable() for character in found.text)


@given(
    st.text(string.punctuation + "abc*\"'()^:", max_size=40),
    st.booleans(),
)
def test_signs_that_mean_something_to_the_search_are_words_like_others(
    kept_desk: Desk, text: str, scanned: bool
) -> None:
    assert understand(kept_desk, text, scanned=scanned).meaning in Meaning
