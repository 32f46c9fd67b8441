"""Lines of titles: facets and the keys that lists are ordered by."""

from __future__ import annotations

import random

import pytest

from perpusdesk.domain.words.entry import TitleTexts
from perpusdesk.domain.words.lines import hundred_of, line, list_key, year_of

SHELF = (
    "005.1 AND p",
    "297 QUR a",
    "2X0 ABD i",
    "2X4.3 HAS f",
    "300 SOE s",
    "551 CIT m",
    "551.48 TIM e",
    "551.5 CIT m",
    "899.221 AND p",
    "899.221 EKO k",
    "899.221 3 HIR l",
    "899.221 3 HIR s",
    "FIK HIR l",
    "R 030 ENS e",
    "R 551.48 TIM e",
)


def test_a_mixed_shelf_comes_into_order() -> None:
    mixed = list(SHELF)
    random.Random(1).shuffle(mixed)
    assert tuple(sorted(mixed, key=list_key)) == SHELF


def test_spaces_and_cases_make_no_difference() -> None:
    assert list_key(" 899.221  3 hir L") == list_key("899.2213 HIR l")
    assert list_key("") == list_key("  ") == ""


@pytest.mark.parametrize(
    ("classification", "hundred"),
    [("899.221", "800"), ("2X4", "2X0"), ("2x0.1", "2X0"), ("89", ""), ("R 551", ""), ("", "")],
)
def test_the_main_class(classification: str, hundred: str) -> None:
    assert hundred_of(classification) == hundred


def test_a_year_has_four_digits() -> None:
    assert [year_of(text) for text in (" 1998 ", "c1998", "19--", "١٩٩٨", "")] == [
        1998,
        None,
        None,
        None,
        None,
    ]


def test_a_line_says_what_lists_need() -> None:
    texts = TitleTexts("Laut: Bercerita", "novel", "Hirata, A.", year="2005", classification="813")
    made = line(texts, " book ", "IND")
    assert (made.material, made.language, made.decade, made.hundred) == (
        "book",
        "ind",
        "2000",
        "800",
    )
    assert (made.by_title, made.by_author) == ("laut bercerita novel", "hirata a")
    assert made.by_shelf == list_key("813")
