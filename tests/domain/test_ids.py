"""Record ids: UUIDv7 in the order of their time, names that mean the same everywhere."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from perpusdesk.domain.ids import named_id, uuid7

TIMES = st.integers(0, 2**48 - 1)
CHANCE = st.binary(min_size=10, max_size=10)


@given(TIMES, CHANCE)
def test_they_are_version_7_and_carry_their_time(time: int, chance: bytes) -> None:
    made = uuid7(time, chance)
    assert (made.version, made.variant) == (7, "specified in RFC 4122")
    assert int.from_bytes(made.bytes[:6], "big") == time


@given(TIMES, TIMES, CHANCE, CHANCE)
def test_they_sort_by_time(one: int, other: int, chance: bytes, more: bytes) -> None:
    if one < other:
        assert uuid7(one, chance).bytes < uuid7(other, more).bytes


@given(TIMES, CHANCE, CHANCE)
def test_chance_tells_those_of_one_millisecond_apart(time: int, one: bytes, other: bytes) -> None:
    kept = 0x0FFF_3FFF_FFFF_FFFF_FFFF
    same = int.from_bytes(one, "big") & kept == int.from_bytes(other, "big") & kept
    assert (uuid7(time, one) == uuid7(time, other)) == same


def test_a_named_thing_has_one_id_on_every_device() -> None:
    assert named_id("setting", "language") == named_id("setting", "language")
    assert named_id("setting", "language") != named_id("closure", "language")
