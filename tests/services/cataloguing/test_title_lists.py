"""Lists of titles: narrowing, counts that are true under the other filters, orders, all hits."""

from __future__ import annotations

import pytest

from helpers.library import SmallLibrary, value_of
from perpusdesk.services.cataloguing.title_lists import (
    FIRST,
    Asked,
    Narrowing,
    Order,
    facets_of,
    first_titles,
    row_of,
    titles_at,
    whole_list,
)
from perpusdesk.services.circulation.lend import lend
from perpusdesk.services.desk import Desk
from perpusdesk.services.searching.search import search, spread

LANGUAGES = ("ind", "ind", "jav", "ind", "jav", "ind", "ind", "ind", "eng", "ind")
YEARS = ("1998", "1999", "2003", "", "2003", "2010", "1998", "2011", "2012", "2013")


@pytest.fixture
def desk(small: SmallLibrary) -> Desk:
    for title, language, year in zip(small.titles, LANGUAGES, YEARS, strict=True):
        fields = {"language": language, "year": year, "material": "book"}
        small.change("title", title, **fields)
    for title, number in zip(small.titles, ("899.221", "635", "R 551"), strict=False):
        small.change("title", title, classification=number)
    return small.desk()


def _whole(desk: Desk, asked: Asked) -> list[str]:
    found = first_titles(desk, asked)
    if not found.whole:
        found = whole_list(desk, asked, found)
    hits = titles_at(desk, found.rows)
    return [hits[row].title for row in found.rows]


def test_without_a_text_all_stand_there_the_newest_first(small: SmallLibrary, desk: Desk) -> None:
    names = _whole(desk, Asked())
    assert len(names) == 10
    assert names[0] == "Sejarah Sebuah Jembatan"


@pytest.mark.parametrize(
    ("order", "first"),
    [
        (Order.TITLE, "Anak Bulan"),
        (Order.AUTHOR, "Pelaut Kertas"),
        (Order.YEAR, "Sejarah Sebuah Jembatan"),
        (Order.SHELF, "Menghitung Hujan"),
        (Order.NEWEST, "Sejarah Sebuah Jembatan"),
    ],
)
@pytest.mark.parametrize("text", ["", "contoh"])
def test_orders(desk: Desk, order: Order, first: str, text: str) -> None:
    names = _whole(desk, Asked(text, order=order))
    assert len(names) == 10
    assert names[0] == first


def test_what_has_no_author_or_year_stands_behind(small: SmallLibrary, desk: Desk) -> None:
    small.change("title", small.titles[0], author="")
    assert _whole(desk, Asked(order=Order.AUTHOR))[-1] == "Pelaut Kertas"
    assert _whole(desk, Asked(order=Order.YEAR))[-1] == "Menghitung Hujan"


@pytest.mark.parametrize("text", ["", "contoh"])
def test_narrowing_combines(small: SmallLibrary, desk: Desk, text: str) -> None:
    def left(**to: object) -> int:
        return len(_whole(desk, Asked(text, Narrowing(**to))))

    assert left(language="ind") == 7
    assert left(language="ind", years=(1990, 1999)) == 3
    assert left(hundred="800") == 1
    assert left(material="map") == 0
    assert left(branch=small.branches["van"]) == spread(desk, text).branches.get(
        small.branches["van"].hex, 0
    )
    before = left(available=True)
    for barcode in ("B0001", "B0002"):
        value_of(lend(desk, small.members["A0001"], small.copies[barcode]))
    assert left(available=True) == before - 1 == spread(desk, text).available
    assert left(available=True, branch=small.branches["pusat"], years=(1998, 1998)) == 1


@pytest.mark.parametrize("text", ["", "contoh"])
def test_each_part_counts_as_if_it_alone_were_open(desk: Desk, text: str) -> None:
    to = Narrowing(language="ind", years=(1990, 1999))
    asked = Asked(text, to)
    found = facets_of(desk, asked, first_titles(desk, asked))
    assert found.total == 3
    assert found.languages == {"ind": 3}
    assert found.years == {"2010": 3, "1990": 3}
    assert found.classes == {"600": 1, "800": 1}
    assert found.available == len(
        _whole(desk, Asked(text, Narrowing("", None, "ind", (1990, 1999), "", True)))
    )
    assert sum(found.branches.values()) >= 3


def test_the_search_itself_narrows(desk: Desk) -> None:
    assert search(desk, "contoh", narrowing=Narrowing(language="jav")).total == 2
    assert search(desk, "contoh", limit=1, narrowing=Narrowing(language="jav")).total == 2
    assert search(desk, "sungai", narrowing=Narrowing(language="eng")).ids == ()


def test_all_hits_are_listed_the_best_ones_first(small: SmallLibrary, desk: Desk) -> None:
    action = desk.action("import")
    small.change("title", desk.library.new_id(), title="Laut")
    for number in range(FIRST + 100):
        action.set("title", desk.library.new_id(), {"title": f"Di laut {number}"}, fresh=True)
    desk.commit(action)
    first = first_titles(desk, Asked("laut"))
    assert not first.whole
    assert len(first.rows) == FIRST
    every = whole_list(desk, Asked("laut"), first)
    assert list(every.rows[:FIRST]) == list(first.rows)
    assert (
        len(every.rows) == len(set(every.rows)) == FIRST + 102
    )  # "Pelaut Kertas" too, by its stem
    assert titles_at(desk, every.rows[:1])[every.rows[0]].title == "Laut"


def test_a_title_knows_its_row(small: SmallLibrary, desk: Desk) -> None:
    row = row_of(desk, small.titles[3])
    assert row is not None
    assert titles_at(desk, [row, 999_999])[row].id == small.titles[3]
    assert row_of(desk, desk.library.new_id()) is None


def test_what_was_searched_instead_is_told(desk: Desk) -> None:
    assert first_titles(desk, Asked("sejarah jmebatan")).instead == "sejarah jembatan"
    nearly = first_titles(desk, Asked("kereta terakhir barat"))
    assert (nearly.nearly, nearly.instead) == (True, "kereta terakhir")
    assert first_titles(desk, Asked("kereta")).instead is None
