"""Numbers from templates, in blocks that devices do not share."""

from __future__ import annotations

import re
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perpusdesk.domain.decisions import Reason, Refused
from perpusdesk.domain.numbers import (
    NumberBlock,
    Numbered,
    NumberFacts,
    Row,
    TemplateFault,
    counted_on,
    counter_in,
    device_block,
    device_blocks,
    fill,
    next_number,
    next_of_blocks,
    next_row,
    series,
    template_faults,
)

FACTS = NumberFacts(date(2026, 11, 23), "P", {"loc": "TM", "kind": "PD", "source": "H"})
SEEN = ["{loc}{YYMMDD}{99999}", "{loc}{YYYYMM}{9999}", "{99999}{L|P}{YYYY}"]


@pytest.mark.parametrize(
    ("template", "text"),
    [
        ("{loc}{YYMMDD}{99999}", "TM26112300042"),
        ("{loc}{YYYYMM}{9999}", "TM2026110042"),
        ("{99999}{L|P}{YYYY}", "00042P2026"),
        ("{99999}/{kind}/{source}/{YYYY}", "00042/PD/H/2026"),
        ("X{9999}/{YYYY}", "X0042/2026"),
        ("B{999999}", "B000042"),
        ("{9}{form}", "42"),
    ],
)
def test_templates_that_libraries_use(template: str, text: str) -> None:
    assert template_faults(template) == ()
    assert fill(template, 42, FACTS) == text
    assert counter_in(template, text) == 42


@pytest.mark.parametrize(
    ("template", "faults"),
    [
        ("A", (TemplateFault.NO_COUNTER,)),
        ("{99}{999}", (TemplateFault.TWO_COUNTERS,)),
        ("{9999}{warna}", (TemplateFault.UNKNOWN_FIELD,)),
        ("{9999}{}", (TemplateFault.UNKNOWN_FIELD,)),
        ("{9999}}", (TemplateFault.LOOSE_BRACE,)),
        ("{9999", (TemplateFault.NO_COUNTER, TemplateFault.LOOSE_BRACE)),
    ],
)
def test_templates_that_cannot_be_used(template: str, faults: tuple[TemplateFault, ...]) -> None:
    assert template_faults(template) == faults
    with pytest.raises(ValueError, match=re.escape(template)):
        fill(template, 1, FACTS)


def test_the_next_number_steps_over_those_taken_by_hand() -> None:
    block = NumberBlock(1, 9_999)
    taken = {"B000001", "B000002"}
    answer = next_number("B{999999}", FACTS, block, taken.__contains__)
    assert answer == Numbered("B000003", NumberBlock(1, 9_999, 4))
    assert isinstance(answer, Numbered)
    assert answer.block.left == 9_996


def test_a_block_that_is_used_up_says_so() -> None:
    block = NumberBlock(10, 11, 11)
    last = next_number("{99}", FACTS, block, lambda _: False)
    assert isinstance(last, Numbered)
    assert (last.text, last.block.left) == ("11", 0)
    over = next_number("{99}", FACTS, last.block, lambda _: False)
    assert over == Refused(Reason.NUMBERS_USED_UP, {"first": 10, "last": 11})


def test_a_series_begins_anew_with_what_the_template_names() -> None:
    next_year = NumberFacts(date(2027, 1, 2), "P", FACTS.codes)
    template = "{99999}/{kind}/{YYYY}"
    assert series(template, FACTS) == "#####/PD/2026"
    assert series(template, next_year) != series(template, FACTS)
    assert series("B{999}", next_year) == series("B{999}", FACTS)


def test_what_the_template_did_not_make_has_no_counter() -> None:
    assert counter_in("B{999999}", "B12") is None
    assert counter_in("B{999999}", "C000012") is None
    assert counter_in("B", "B") is None


@given(st.integers(0, 50), st.integers(0, 50), st.integers(2, 20_000))
def test_blocks_of_devices_do_not_overlap(one: int, other: int, size: int) -> None:
    first, second = sorted((device_block(one, size), device_block(other, size)), key=_first)
    assert first.left >= size - 1
    if one != other:
        assert first.last < second.first


@given(st.integers(0, 99), st.integers(0, 99), st.integers(2, 20_000))
def test_no_two_devices_share_a_block_however_many_they_use_up(
    one: int, other: int, size: int
) -> None:
    blocks = sorted((*device_blocks(one, size), *device_blocks(other, size)), key=_first)
    if one != other:
        assert all(block.last < following.first for block, following in pairwise(blocks))


def test_a_device_whose_block_is_used_up_goes_on_in_its_next() -> None:
    def is_taken(text: str) -> bool:
        return int(text[1:]) <= 250_000

    answer = next_of_blocks("B{999999}", FACTS, device_blocks(0, 100_000), is_taken)
    assert isinstance(answer, Numbered)
    assert answer.text == "B10000000"
    following = answer.block.following
    again = next_of_blocks("B{999999}", FACTS, device_blocks(0, 100_000, following), is_taken)
    assert isinstance(again, Numbered)
    assert again.text == "B10000001"


def _first(block: NumberBlock) -> int:
    return block.first


@given(st.sampled_from(SEEN), st.integers(1, 10**7), st.dates(date(2000, 1, 1), date(2099, 12, 31)))
def test_the_counter_is_read_back(template: str, counter: int, day: date) -> None:
    facts = NumberFacts(day, "L", {"loc": "TM"})
    assert counter_in(template, fill(template, counter, facts)) == counter


@given(st.sets(st.integers(1, 40)), st.integers(1, 20))
def test_numbers_given_are_new_and_inside_the_block(taken: set[int], first: int) -> None:
    block, used = NumberBlock(first, first + 15), {f"B{number:03d}" for number in taken}
    given_out: list[str] = []
    while isinstance(
        answer := next_number("B{999}", FACTS, block, {*used, *given_out}.__contains__), Numbered
    ):
        assert answer.text not in used
        assert block.first <= int(answer.text[1:]) <= block.last
        given_out.append(answer.text)
        block = answer.block
    assert len(set(given_out)) == len(given_out) == 16 - len(taken & set(range(first, first + 16)))


@given(st.text(alphabet="{}9YMDlocAB/|LP", max_size=20))
def test_any_template_is_borne(template: str) -> None:
    if not template_faults(template):
        assert counter_in(template, fill(template, 7, FACTS)) is not None


def test_a_row_passes_over_long_runs_of_taken_numbers_and_goes_on_in_the_next_block() -> None:
    asked = []

    def taken(texts):
        asked.append(len(texts))
        return {text for text in texts if int(text[1:]) < 9_000 or text == "B9998"}

    found = next_row("B{9999}", FACTS, device_blocks(0), 3, taken)
    assert found == Row(("B9000", "B9001", "B9002"), 9003)
    assert sum(asked) < 20_000 and len(asked) < 12
    blocks = device_blocks(0, following=9_997)
    assert next_row("B{9999}", FACTS, blocks, 3, taken) == Row(
        ("B9997", "B9999", "B1000000"), 1_000_001
    )


def test_a_row_of_none_needs_no_numbers() -> None:
    assert next_row("B{9999}", FACTS, [], 0, lambda texts: texts) == Row(())
    used_up = next_row("B{9999}", FACTS, [NumberBlock(1, 9)], 10, lambda _texts: ())
    assert isinstance(used_up, Refused) and used_up.reason is Reason.NUMBERS_USED_UP


@given(st.integers(1, 300), st.sets(st.integers(1, 400)))
def test_a_row_is_what_asking_one_by_one_gives(count: int, gone: set[int]) -> None:
    taken = {fill("B{999}", counter, FACTS) for counter in gone}
    row = next_row("B{999}", FACTS, device_blocks(0), count, lambda texts: taken & set(texts))
    one_by_one, block = [], device_block(0)
    for _ in range(count):
        given_ = next_number("B{999}", FACTS, block, lambda text: text in taken)
        assert isinstance(given_, Numbered)
        one_by_one.append(given_.text)
        block = given_.block
    assert row == Row(tuple(one_by_one), block.following)


@pytest.mark.parametrize(
    ("first", "third"),
    [
        ("B000457", "B000459"),
        ("00123/PD/H/2024", "00125/PD/H/2024"),
        ("X0023/2016", "X0025/2016"),
        ("2016/0098", "2016/0100"),
        ("2016", "2018"),
        ("TM26112300099", "TM26112300101"),
        ("999", "1001"),
    ],
)
def test_counting_on_from_a_number_that_was_typed(first: str, third: str) -> None:
    row = counted_on(first, 3)
    assert isinstance(row, tuple)
    assert (row[0], row[2]) == (first, third)


def test_a_number_without_digits_serves_one_copy_only() -> None:
    assert counted_on("HADIAH", 1) == ("HADIAH",)
    refused = counted_on("HADIAH", 2)
    assert isinstance(refused, Refused) and refused.reason is Reason.NUMBER_WITHOUT_COUNTER
