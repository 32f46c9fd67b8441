"""From this inventory number to that one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perpusdesk.domain.number_ranges import natural, number_range


@pytest.mark.parametrize(
    ("first", "last", "inside", "outside"),
    [
        (
            "00001/PD/H/2026",
            "00020/PD/H/2026",
            ["00007/PD/P/2026", "00020/U/H/2026", "7/x/y/2026"],
            ["00007/PD/H/2025", "00021/PD/H/2026", "00007/2026/1", "x"],
        ),
        ("00020/PD/H/2026", "00001/PD/H/2026", ["00007/PD/P/2026"], ["00021/PD/H/2026"]),
        ("B9", "B11", ["B10", "C10"], ["B8", "B12"]),
        ("X0023/2016", "X0023/2016", ["X0023/2016"], ["X0024/2016", "X0023/2017"]),
        ("0001/2016", "0001/2018", ["0001/2017"], ["0002/2017"]),
        ("00090/2016", "00010/2017", [], ["00095/2016", "00005/2017", "00090/2018"]),
    ],
)
def test_ranges_that_libraries_ask_for(
    first: str, last: str, inside: list[str], outside: list[str]
) -> None:
    within = number_range(first, last)
    assert [text for text in inside if within(text) is None] == []
    if inside:
        assert [text for text in outside if within(text) is not None] == []


def test_a_range_without_figures_goes_by_the_alphabet() -> None:
    within = number_range("HADIAH A", "hadiah c")
    assert within("Hadiah B") is not None
    assert within("HADIAH D") is None


@given(st.integers(0, 10**6), st.integers(0, 10**6), st.integers(0, 10**6))
def test_the_counter_decides(first: int, last: int, other: int) -> None:
    within = number_range(f"{first:05d}/H/26", f"{last:05d}/P/26")
    low, high = sorted((first, last))
    assert (within(f"{other:05d}/T/26") is not None) == (low <= other <= high)


def test_the_order_is_by_value() -> None:
    numbers = ["B10", "b9", "B1", "A99"]
    assert sorted(numbers, key=natural) == ["A99", "B1", "b9", "B10"]
