"""Searching the manual: all forms of a word, titles first, and what was found can be marked."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from perpusdesk.ui.help.finding import Finder, around, marked
from perpusdesk.ui.help.manual import Manual, Section


def page(name: str, *sections: tuple[str, str]) -> list[Section]:
    return [
        Section(name, place, 1 if place == 0 else 2, heading, heading.lower(), text)
        for place, (heading, text) in enumerate(sections)
    ]


def finder(*pages: Sequence[Section]) -> Finder:
    made = Finder()
    for one in pages:
        made.add(one)
    return made


LENDING = page(
    "meja.md",
    ("Hari pertama di meja", "Pindai kartu, lalu buku."),
    ("Mengembalikan", "Buku yang dipindai berarti kembali. Denda tampil."),
)
CAMERA = page(
    "kamera.md", ("Kamera", "Webcam membaca barcode."), ("Cahaya", "Kamera perlu cahaya.")
)
RULES = page("aturan.md", ("Aturan pinjam", "Denda per hari."), ("Perpanjangan", "Dua kali."))


@pytest.fixture
def found():
    made = finder(LENDING, CAMERA, RULES)
    return lambda typed: [one.section.heading for one in made.find(typed)]


def test_a_title_comes_before_the_text(found) -> None:
    assert found("kamera") == ["Kamera", "Cahaya"]


@pytest.mark.parametrize("typed", ["kembali", "dikembalikan", "pengembalian"])
def test_a_word_is_found_in_its_other_forms(found, typed: str) -> None:
    assert found(typed)[0] == "Mengembalikan"


def test_the_last_word_may_still_be_typed_and_those_before_not(found) -> None:
    assert found("perpan") == ["Perpanjangan"]
    assert found("perpan hari") == []


def test_all_words_must_be_there(found) -> None:
    assert found("denda buku") == ["Mengembalikan"]


def test_a_word_that_only_joins_asks_for_nothing(found) -> None:
    assert found("di cahaya") == ["Cahaya"]


def test_a_typing_error_is_forgiven_where_nothing_fits(found) -> None:
    assert found("kamerra")[0] == "Kamera"


@pytest.mark.parametrize("typed", ["", "   ", "!?", "zzzzqqq"])
def test_nothing_is_found_for_nothing(found, typed: str) -> None:
    assert found(typed) == []


def test_what_was_found_can_be_marked_in_any_form() -> None:
    (best, *_rest) = finder(LENDING).find("dikembalikan")
    text = f"{best.section.heading}. {best.section.text}"
    assert [text[start:end] for start, end in marked(text, best.shown)] == [
        "Mengembalikan",
        "kembali",
    ]


def test_the_words_round_what_was_found_are_shown() -> None:
    text = "awal " * 40 + "tujuan " + "akhir " * 40
    shown = around(text, {"tujuan"})
    assert shown.startswith("… awal")
    assert shown.endswith("akhir …")
    assert "tujuan" in shown
    assert around("pendek saja", {"lain"}) == "pendek saja"


def test_what_people_look_for_is_found_in_the_manual_that_is_shipped() -> None:
    manual = Manual()
    made = finder(*(manual.sections(name) for name in manual.pages[1:]))
    for typed in ("stiker", "denda", "cadangan", "PIN lupa", "kamera gelap", "flashdisk"):
        assert made.find(typed), typed
