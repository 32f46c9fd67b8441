"""Record ids: UUIDv7 in the order of their time, names that mean the same everywhere."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from perpusdesk.domain.ids import drawn_id, joined, named_id, parts_of, run_tag, uuid7

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


@given(TIMES, st.integers(0, 2**24 - 1), st.binary(min_size=16, max_size=16), st.integers(0, 2**63))
def test_an_id_that_a_run_draws_tells_its_parts(
    time: int, counter: int, device: bytes, run: int
) -> None:
    tag = run_tag(device, run)
    made = drawn_id(time, counter, tag)
    assert (made.version, made.variant) == (7, "specified in RFC 4122")
    assert parts_of(made.int) == (time, counter, tag)


@given(TIMES, CHANCE)
def test_any_uuid7_comes_back_from_its_parts(time: int, chance: bytes) -> None:
    value = uuid7(time, chance).int
    parts = parts_of(value)
    assert parts is not None
    assert joined(*parts) == value


def test_other_ids_have_no_such_parts() -> None:
    assert parts_of(named_id("setting", "language").int) is None
    assert parts_of(0) is None


def test_the_ids_of_one_millisecond_come_in_the_order_they_were_drawn() -> None:
    tag = run_tag(bytes(16), 1)
    drawn = [drawn_id(1, counter, tag) for counter in range(10_000)]
    assert drawn == sorted(drawn)


def test_devices_runs_and_draws_never_share_an_id() -> None:
    tags = {run_tag(bytes([device]) * 16, run) for device in range(30) for run in range(30)}
    ids = {drawn_id(1, counter, tag) for tag in tags for counter in range(10)}
    assert (len(tags), len(ids)) == (900, 9_000)
