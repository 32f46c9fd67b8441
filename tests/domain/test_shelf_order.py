"""Books in the order of the shelf."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perpusdesk.domain.shelf_order import Order, ShelfRange, Walk, collection_of, shelf_key

SHELF = (
    "005.133 ADI s",
    "297 ABD i",
    "2X1.3 HAM t",
    "2X4.1 SYA f",
    "300 SOE p",
    "551.48 TIM e",
    "899 KAM k",
    "899.2 AAN z",
    "899.221 HIR l",
    "899.221 HIR s jil.2",
    "899.221 HIR s jil.10",
    "899.221 3 AMI a",
    "899.23 AAN a",
    "F HIR l",
)


def test_call_numbers_sort_as_books_stand():
    assert sorted(set(SHELF), key=shelf_key) == list(SHELF)


@pytest.mark.parametrize(
    ("written", "same"),
    [
        ("899.221 3 HIR l", "899.2213 HIR L"),
        ("005.133/2 ADI s", "005.1332  ADI s"),
        ("2X 1.3 HAM t", "2x1.3 HAM t"),
        ("R 551.48 TIM e", "551.48 TIM e"),
        ("899.221\nHIR\nl", "899.221 HIR l"),
        ("813 DÉF a", "813 DEF a"),
    ],
)
def test_spellings_of_one_place(written, same):
    assert shelf_key(written) == shelf_key(same)


def test_the_collection_stands_before_the_class():
    assert collection_of("R 551.48 TIM e") == "R"
    assert collection_of("551.48 TIM e") == ""
    assert collection_of("F HIR l") == ""


@pytest.mark.parametrize(
    ("first", "last", "within", "outside"),
    [
        ("800", "899", "899.221 3 HIR l", "900 A"),
        ("800", "899", "R 800 A", "799.9 Z"),
        ("899.2", "899.2", "899.221 HIR l", "899.3 A"),
        ("2X", "2X", "2X9.9 A", "297 A"),
        ("200", "299", "297 A", "2X1 A"),
        ("", "099", "005 A", "100 A"),
        ("900", "", "999 Z", "899.9 Z"),
        ("899.221 HIR", "899.221 HIR", "899.221 HIR l", "899.221 HIS a"),
        ("F", "F", "F HIR l", "813 HIR l"),
        ("8", "8", "899.2 A", "799 A"),
    ],
)
def test_a_range_holds_all_that_begins_like_its_ends(first, last, within, outside):
    shelves = ShelfRange(first, last)
    assert shelves.holds(within)
    assert not shelves.holds(outside)
    assert not shelves.holds("")


def test_no_bounds_hold_everything_also_without_call_number():
    assert ShelfRange().everything
    assert ShelfRange().holds("")
    assert ShelfRange(" ", "").holds(None)


def _walked(*call_numbers):
    walk, told = Walk(), []
    for call_number in call_numbers:
        walk, order = walk.step(call_number)
        told.append(order)
    return told


FINE, THIS, BEFORE = Order.FINE, Order.THIS_ONE, Order.THE_ONE_BEFORE


@pytest.mark.parametrize(
    ("shelf", "told"),
    [
        (("100 A", "200 B", "200 B", "300 C"), [FINE] * 4),
        (("100 A", "900 Z", "200 B", "300 C"), [FINE, FINE, BEFORE, FINE]),
        (("200 A", "300 B", "100 C", "400 D"), [FINE, FINE, THIS, FINE]),
        (("200 A", "100 B", "150 C"), [FINE, THIS, THIS]),
        (("900 A", "", "R 100 A", "R 050 B", "100 C"), [FINE, FINE, FINE, THIS, FINE]),
    ],
)
def test_who_stands_wrong(shelf, told):
    assert _walked(*shelf) == told


@given(st.lists(st.sampled_from(SHELF), max_size=12))
def test_a_shelf_in_order_has_no_hints(books):
    in_order = sorted(books, key=shelf_key)
    assert set(_walked(*in_order)) <= {FINE}


@given(st.text(max_size=20), st.text(max_size=20))
def test_any_text_is_a_call_number(first, last):
    shelves = ShelfRange(first, last)
    assert isinstance(shelves.holds(last), bool)
    assert shelf_key(first) == shelf_key(f" {first} ")
