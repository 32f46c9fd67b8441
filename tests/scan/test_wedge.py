"""Bursts of a scanner among a person's typing."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perpusdesk.scan.wedge import MAX_LENGTH, Burst, Trouble, WedgeDecoder, WedgeSettings

CODES = st.text("ABCDEFGHIJ0123456789-", min_size=3, max_size=20)


def scan(
    text: str, start: float = 1000.0, pace: float = 8.0, end: str = "\r"
) -> list[tuple[str, float]]:
    keys = [*text, end] if end else [*text]
    return [(key, start + number * pace) for number, key in enumerate(keys)]


def fed(decoder: WedgeDecoder, keys: Iterable[tuple[str, float]]) -> list[Burst]:
    return [burst for key, at in keys if (burst := decoder.feed(key, at))]


@given(CODES, st.floats(0, 50), st.sampled_from(["\r", "\n", "\t"]))
def test_a_fast_run_with_an_end_is_a_burst(text: str, pace: float, end: str) -> None:
    (burst,) = fed(WedgeDecoder(), scan(text, pace=pace, end=end))
    assert (burst.text, burst.ended_by, burst.trouble) == (text, end, None)


@given(CODES, st.floats(51, 400))
def test_typing_is_never_a_burst(text: str, pace: float) -> None:
    assert fed(WedgeDecoder(), scan(text, pace=pace)) == []


@given(st.lists(st.tuples(st.text(max_size=2), st.floats(-1e6, 1e6))))
def test_any_keys_at_any_times_are_harmless(keys: list[tuple[str, float]]) -> None:
    for burst in fed(WedgeDecoder(), keys):
        assert len(burst.text) <= MAX_LENGTH


@given(CODES, st.integers(1, 10))
def test_a_burst_after_typing_holds_only_the_burst(text: str, count: int) -> None:
    typed = [("x", 100.0 * number) for number in range(count)]
    (burst,) = fed(WedgeDecoder(), [*typed, *scan(text, start=100.0 * count)])
    assert burst.text == text


def test_too_short_a_run_is_not_a_burst() -> None:
    assert fed(WedgeDecoder(), scan("ab")) == []


def test_a_late_enter_is_a_persons() -> None:
    decoder = WedgeDecoder()
    assert fed(decoder, [*scan("B000457", end=""), ("\r", 1500.0)]) == []
    assert decoder.pending == ""


def test_shift_and_other_keys_without_text_change_nothing() -> None:
    keys = [("", 1000.0), ("B", 1004.0), ("", 1006.0), ("0", 1010.0), ("1", 1016.0)]
    (burst,) = fed(WedgeDecoder(), [*keys, ("\r", 1020.0)])
    assert burst.text == "B01"


def test_a_held_key_is_not_a_scanner() -> None:
    decoder = WedgeDecoder()
    for number in range(20):
        decoder.feed("5", 1000.0 + 30 * number, repeated=number > 0)
    assert decoder.feed("\r", 1610.0) is None


def test_return_and_line_feed_end_one_burst() -> None:
    keys = [*scan("B000457"), ("\n", 1060.0)]
    assert [burst.text for burst in fed(WedgeDecoder(), keys)] == ["B000457"]


def test_prefix_and_suffix_are_taken_off() -> None:
    decoder = WedgeDecoder(WedgeSettings(prefix="~", suffix="#"))
    first, second = fed(decoder, [*scan("~B000457#"), *scan("B000458", start=3000)])
    assert (first.text, first.typed, second.text) == ("B000457", "~B000457#", "B000458")


def test_over_long_input_is_cut_with_a_reason() -> None:
    (burst,) = fed(WedgeDecoder(), scan("7" * 10_000, pace=1.0))
    assert burst.trouble is Trouble.TOO_LONG
    assert burst.text == "7" * MAX_LENGTH


def test_control_characters_are_told() -> None:
    (burst,) = fed(WedgeDecoder(), scan("B0\x1d00457"))
    assert burst.trouble is Trouble.CONTROL


def test_the_rest_of_a_second_scanner_is_not_taken_as_a_code() -> None:
    one, two = scan("B000457", 1000.0), scan("A00123456789", 1003.0)
    bursts = fed(WedgeDecoder(), sorted(one + two, key=lambda key: key[1]))
    assert [burst.trouble for burst in bursts[1:]] == [Trouble.MIXED]


def test_two_scanners_at_once_are_noticed_by_their_pace() -> None:
    decoder = WedgeDecoder(WedgeSettings(pace_ms=8.0))
    one, two = scan("B000457", 1000.0), scan("A000123", 1004.0)
    bursts = fed(decoder, sorted(one + two, key=lambda key: key[1]))
    assert bursts
    assert all(burst.trouble is Trouble.MIXED for burst in bursts)


def test_a_scanner_is_not_two_because_its_keys_are_timed_coarsely() -> None:
    decoder = WedgeDecoder(WedgeSettings(pace_ms=5.57))
    keys = [(key, 1000.0 + 16 * (number * 4 // 16)) for number, key in enumerate("A00001\r")]
    (burst,) = fed(decoder, keys)
    assert (burst.text, burst.trouble) == ("A00001", None)


def test_a_faster_scanner_that_nobody_told_of_is_refused_only_once() -> None:
    decoder = WedgeDecoder(WedgeSettings(pace_ms=8.0))
    scans = [key for number in range(4) for key in scan("B000457", 1000.0 + 500 * number, 2.0)]
    troubles = [burst.trouble for burst in fed(decoder, scans)]
    assert troubles == [Trouble.MIXED, None, None, None]


@given(st.integers(1, 6), st.floats(60, 90))
def test_a_scan_that_halts_is_never_taken_for_its_rest(cut: int, halt: float) -> None:
    keys = [(key, at + halt * (number >= cut)) for number, (key, at) in enumerate(scan("B001410"))]
    assert {burst.text for burst in fed(WedgeDecoder(), keys)} <= {"B001410"}


@given(st.floats(55, 190), st.integers(0, 6))
def test_typing_with_a_quick_run_of_keys_is_no_burst(pace: float, quick: int) -> None:
    times, at = [], 1000.0
    for number in range(12):
        at += 5.0 if quick <= number < quick + 4 else pace
        times.append(at)
    keys = zip("untuk ujian\r", times, strict=True)
    assert fed(WedgeDecoder(), keys) == []


def test_a_scan_well_under_way_may_halt() -> None:
    keys = [(key, at + 150.0 * (number >= 4)) for number, (key, at) in enumerate(scan("B001410"))]
    (burst,) = fed(WedgeDecoder(), keys)
    assert (burst.text, burst.trouble) == ("B001410", None)


def test_two_scanners_at_once_are_noticed_by_their_prefix() -> None:
    decoder = WedgeDecoder(WedgeSettings(prefix="~"))
    one, two = scan("~B000457", 1000.0, 16.0), scan("~A000123", 1004.0, 16.0)
    first, *_ = fed(decoder, sorted(one + two, key=lambda key: key[1]))
    assert first.trouble is Trouble.MIXED


def test_two_scans_one_after_the_other_are_two_codes() -> None:
    bursts = fed(WedgeDecoder(WedgeSettings(pace_ms=8.0)), [*scan("B1234"), *scan("B1235", 1200)])
    assert [(burst.text, burst.trouble) for burst in bursts] == [("B1234", None), ("B1235", None)]


def test_a_code_of_two_lines_is_not_two_codes() -> None:
    first, second = fed(WedgeDecoder(), [*scan("B000457"), *scan("B000458", 1064.0)])
    assert (first.trouble, second.trouble) == (None, Trouble.MIXED)


def test_a_scanner_without_an_end_is_ended_by_silence() -> None:
    decoder = WedgeDecoder(WedgeSettings(ends_alone=True))
    fed(decoder, scan("B000457", end=""))
    assert decoder.idle(1060.0) is None
    burst = decoder.idle(1200.0)
    assert burst is not None
    assert burst.text == "B000457"
    assert decoder.idle(1400.0) is None


def test_silence_ends_nothing_for_other_scanners() -> None:
    decoder = WedgeDecoder()
    fed(decoder, scan("B000457", end=""))
    assert decoder.idle(9000.0) is None


def test_a_clock_that_jumps_back_ends_the_run() -> None:
    decoder = WedgeDecoder()
    fed(decoder, scan("B000", 5000.0, end=""))
    (burst,) = fed(decoder, scan("A00123", 100.0))
    assert burst.text == "A00123"


@pytest.mark.parametrize("typed", ["B", "B0", "B00"])
def test_what_is_pending_can_be_seen(typed: str) -> None:
    decoder = WedgeDecoder()
    fed(decoder, scan(typed, end=""))
    assert decoder.pending == typed
    assert decoder.looks_like_burst == (len(typed) >= 3)
