"""The order of versions."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perpusdesk.domain.versions import is_newer, read_version

IN_ORDER = ["0.1.0", "0.9", "1.0.0a1", "1.0.0b1", "1.0.0rc1", "1.0.0rc2", "1.0.0", "1.0.1", "1.10"]


def test_versions_are_in_the_order_in_which_they_come_out() -> None:
    for place, one in enumerate(IN_ORDER):
        for other in IN_ORDER[place + 1 :]:
            assert is_newer(other, one)
            assert not is_newer(one, other)


@given(st.lists(st.integers(0, 999), min_size=1, max_size=4))
def test_missing_parts_are_zero_and_nothing_is_newer_than_itself(numbers: list[int]) -> None:
    text = ".".join(map(str, numbers))
    assert not is_newer(text, text)
    assert read_version(text) == read_version(text + ".0" * (4 - len(numbers)))


@pytest.mark.parametrize("text", ["", "x", "1..2", "1.2.3.4.5", "1.0-2", "1.0.0rc", "１.0"[1:]])
def test_what_is_no_version_is_never_newer(text: str) -> None:
    assert read_version(text) is None
    assert not is_newer(text, "0.0.1")
    assert is_newer("0.0.1", text)
