"""One test scan teaches a scanner's pace and manners."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perpusdesk.scan.layouts import readings
from perpusdesk.scan.wedge import WedgeDecoder
from perpusdesk.scan.wedge_learn import Key, LearnProblem, learn

CARD = "PerpusDesk-1234567890"


def sample(text: str, pace: float = 10.0, end: str = "\r") -> list[Key]:
    return [(key, number * pace) for number, key in enumerate([*text, *end])]


@given(
    st.floats(1, 60),
    st.text("~#$*", max_size=2),
    st.text("~#$*", max_size=2),
    st.sampled_from(["\r", "\t", "\r\n", ""]),
)
def test_what_was_learnt_reads_the_next_scan(
    pace: float, prefix: str, suffix: str, end: str
) -> None:
    settings = learn([sample(prefix + CARD + suffix, pace, end)], CARD).settings
    assert settings is not None
    assert settings.ends_alone == (not end)
    decoder = WedgeDecoder(settings)
    keys = sample(prefix + "B000457" + suffix, pace, end or "\r")
    (burst,) = [burst for key, at in keys if (burst := decoder.feed(key, at))]
    assert (burst.text, burst.trouble) == ("B000457", None)


@pytest.mark.parametrize(
    "typed", [CARD.swapcase(), "PerpusDesk_!@#$%^&*()", "PerpusDesk)&é\"'(-è_çà"]
)
def test_a_changed_keyboard_is_told(typed: str) -> None:
    lesson = learn([sample("~" + typed)], CARD)
    assert lesson.problem is LearnProblem.KEYBOARD
    assert lesson.settings is not None
    assert (lesson.settings.prefix, lesson.settings.suffix) == ("~", "")


def test_a_swapped_y_and_z_is_told() -> None:
    assert learn([sample("Yes")], "Zes").problem is LearnProblem.KEYBOARD


@pytest.mark.parametrize(
    ("samples", "problem"),
    [
        ([], LearnProblem.NOTHING),
        ([[]], LearnProblem.NOTHING),
        ([[("a", 0.0), ("\r", 9.0)]], LearnProblem.NOTHING),
        ([sample(CARD, 140.0)], LearnProblem.TYPED_BY_HAND),
        ([sample("9786020324784")], LearnProblem.OTHER_TEXT),
    ],
)
def test_a_scan_that_teaches_nothing_says_why(
    samples: list[list[Key]], problem: LearnProblem
) -> None:
    assert learn(samples, CARD).problem is problem
    assert learn(samples, CARD).settings is None


def test_two_scanners_are_learnt_together() -> None:
    settings = learn([sample(CARD, 5.0), sample(CARD, 40.0)], CARD).settings
    assert settings is not None
    assert settings.gap_ms >= 60
    assert settings.pace_ms == 5.0


def test_one_long_pause_before_the_end_does_not_slow_the_pace() -> None:
    keys = [*sample("B000457", 3.0, ""), ("\r", 60.0)]
    settings = learn([keys]).settings
    assert settings is not None
    assert settings.pace_ms == 3.0


def test_without_an_expected_text_pace_and_end_are_learnt() -> None:
    lesson = learn([sample("whatever", 10.0, "\t")])
    assert lesson.settings is not None
    assert (lesson.problem, lesson.settings.prefix) == (None, "")


@given(st.text(max_size=30))
def test_readings_keep_the_length_and_begin_with_what_came(typed: str) -> None:
    all_readings = readings(typed)
    assert all_readings[0] == typed
    assert {len(reading) for reading in all_readings} == {len(typed)}
    assert len(set(all_readings)) == len(all_readings)
