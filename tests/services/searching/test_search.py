"""Searching at the desk: ways of reading a text, candidates while typing, spread, and misses."""

from __future__ import annotations

import pytest

from helpers.library import SmallLibrary
from perpusdesk.domain.words import stems
from perpusdesk.exchange.search_words import synonyms
from perpusdesk.services.cataloguing.catalogue import facets_document
from perpusdesk.services.circulation.lend import lend
from perpusdesk.services.circulation.understand import Meaning, understand
from perpusdesk.services.desk import Desk
from perpusdesk.services.searching.search import note_miss, search, spread, suggest, warm_up


@pytest.fixture
def desk(small: SmallLibrary) -> Desk:
    return small.desk()


def _titles(desk: Desk, text: str) -> list[str]:
    query = "select title from title where id = ?"
    return [desk.library.value(query, id_.bytes) for id_ in search(desk, text).ids]


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("hitungan hujan", "Menghitung Hujan"),
        ("burung rawa", "Burung-Burung Rawa"),
        ("boeroeng2 rawa", "Burung-Burung Rawa"),
        ("sedjarah djembatan", "Sejarah Sebuah Jembatan"),
        ("judul:radio pengarang:hadi", "Merakit Radio Sendiri"),
        ('"dapur nenek"', "Dapur Nenek Pasar"),
        ("551.57 cit", "Menghitung Hujan"),
    ],
)
def test_forms_of_words_find_the_title(desk: Desk, text: str, title: str) -> None:
    assert _titles(desk, text) == [title]


def test_a_phrase_has_to_stand_there(desk: Desk) -> None:
    assert _titles(desk, '"nenek dapur"') == []


def test_a_typing_error_is_mended_and_told(desk: Desk) -> None:
    found = search(desk, "sejarah jmebatan")
    assert (found.total, found.did_you_mean, found.nearly) == (1, "sejarah jembatan", False)


def test_a_word_too_many_is_left_out_and_told(desk: Desk) -> None:
    found = search(desk, "kereta terakhir barat timur")
    assert (found.total, found.did_you_mean, found.nearly) == (1, None, True)
    assert search(desk, "kebun kereta").total == 0


def test_candidates_come_while_the_last_word_is_typed(desk: Desk) -> None:
    assert [hit.title for hit in suggest(desk, "ensiklo")] == ["Ensiklopedia Sungai"]
    assert [hit.title for hit in suggest(desk, "kebun di a")] == ["Kebun di Atap"]
    assert understand(desk, "mengitung huj").meaning is Meaning.FOUND


def test_the_exact_title_comes_first(small: SmallLibrary, desk: Desk) -> None:
    for title in ("Laut dan laut lagi", "Laut", "Laut Indonesia"):
        small.change("title", desk.library.new_id(), title=title)
    assert _titles(desk, "laut")[0] == "Laut"


def test_plain_beats_stem_beats_sound(small: SmallLibrary, desk: Desk) -> None:
    for title, author in (("Satu", "Moelis"), ("Tulisan", ""), ("Menulis", ""), ("Dua", "Mulis")):
        small.change("title", desk.library.new_id(), title=title, author=author)
    assert _titles(desk, "menulis") == ["Menulis", "Tulisan"]
    assert _titles(desk, "mulis") == ["Dua", "Satu"]


def test_single_letters_and_numbers_are_found_as_whole_words(
    small: SmallLibrary, desk: Desk
) -> None:
    for title in ("5 cm", "50 cara", "Bahasa C", "Bahasa Cina"):
        small.change("title", desk.library.new_id(), title=title)
    assert _titles(desk, "C") == ["Bahasa C"]
    assert _titles(desk, "bahasa c") == ["Bahasa C"]
    assert _titles(desk, "5 cm") == ["5 cm"]
    assert [hit.title for hit in suggest(desk, "5")] == ["5 cm", "Dapur Nenek Pasar"]
    assert [hit.title for hit in suggest(desk, "bahasa ci")] == ["Bahasa Cina"]
    assert search(desk, "bahasa x").total == 0


def test_what_is_found_is_spread(small: SmallLibrary, desk: Desk) -> None:
    for title, fields in zip(
        small.titles[:3],
        (
            {"language": "ind", "year": "1998", "classification": "899.221"},
            {"language": "ind", "year": "1991", "classification": "2X1"},
            {"language": "jav", "year": "x", "classification": "R 551"},
        ),
        strict=True,
    ):
        small.change("title", title, **fields)
    found = spread(desk, "contoh")
    assert found.languages == {"ind": 2, "jav": 1}
    assert found.years == {"1990": 2}
    assert found.classes == {"800": 1, "2X0": 1}
    assert facets_document(desk, "contoh")["branches"] == {"Pusat": 10}
    before = found.available
    for barcode in ("B0001", "B0002"):
        lend(desk, small.members["A0001"], small.copies[barcode])
    assert spread(desk, "contoh").available == before - 1
    assert spread(desk, "tidakadasamasekali").available == 0


def test_a_miss_is_kept_without_whoever_asked(desk: Desk) -> None:
    for text in ("Layang-layang!", "layang layang", "0812-0000-0001 siti"):
        note_miss(desk, text)
    rows = desk.library.rows("select * from search_miss")
    assert rows == [(desk.today().isoformat(), "layang layang", 2)]
    assert [row[1] for row in desk.library.rows("pragma table_info(search_miss)")] == [
        "day",
        "text",
        "times",
    ]


def test_the_candidates_at_the_desk_are_no_misses(desk: Desk) -> None:
    assert understand(desk, "layang").meaning is Meaning.NOTHING
    assert desk.library.rows("select * from search_miss") == []


def test_the_first_search_finds_everything_loaded() -> None:
    stems._snowball.cache_clear()
    stems.stems.cache_clear()
    warm_up()
    assert stems._snowball.cache_info().currsize == 1
    assert synonyms.cache_info().currsize == 1
