"""Each code once, and two reads where one proves too little."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from perpusdesk.scan.agree import AGAIN_AFTER, Agreement
from perpusdesk.scan.types import Code, Symbology

SURE = Code("B000457", Symbology.CODE128)
DOUBTFUL = Code("B000457", Symbology.CODE39, confident=False)
RIVAL = Code("B000451", Symbology.CODE39, confident=False)


def test_a_sure_code_counts_at_once_and_once() -> None:
    agreement = Agreement()
    assert agreement.take([SURE], 10.0) == [SURE]
    for tenth in range(1, 100):
        assert agreement.take([SURE], 10.0 + tenth / 10) == []


def test_it_counts_again_after_it_was_away() -> None:
    agreement = Agreement()
    agreement.take([SURE], 10.0)
    assert agreement.take([SURE], 11.9) == []
    assert agreement.take([SURE], 11.9 + AGAIN_AFTER) == [SURE]


def test_a_doubtful_code_needs_a_second_frame() -> None:
    agreement = Agreement()
    assert agreement.take([DOUBTFUL, DOUBTFUL], 10.0) == []
    assert agreement.take([], 10.1) == []
    assert agreement.take([DOUBTFUL], 10.2) == [DOUBTFUL]
    assert agreement.take([DOUBTFUL], 10.3) == []


def test_a_second_read_long_after_agrees_with_nothing() -> None:
    agreement = Agreement()
    agreement.take([DOUBTFUL], 10.0)
    assert agreement.take([DOUBTFUL], 12.5) == []


def test_texts_that_take_turns_never_count() -> None:
    agreement = Agreement()
    for turn in range(40):
        assert agreement.take([(DOUBTFUL, RIVAL)[turn % 2]], turn / 10) == []


def test_a_single_misread_does_not_stop_the_right_text() -> None:
    agreement = Agreement()
    agreement.take([RIVAL], 10.0)
    counted = [agreement.take([DOUBTFUL], 10.0 + n / 10) for n in range(1, 4)]
    assert counted == [[], [], [DOUBTFUL]]


def test_the_next_book_is_not_held_up_by_the_last() -> None:
    agreement = Agreement()
    agreement.take([RIVAL], 10.0)
    agreement.take([RIVAL], 10.1)
    agreement.take([DOUBTFUL], 10.2)
    assert agreement.take([DOUBTFUL], 10.3) == [DOUBTFUL]


def at(code: Code, x: float) -> Code:
    quad = ((x, 0.0), (x + 100, 0.0), (x + 100, 40.0), (x, 40.0))
    return replace(code, quad=quad)


def test_two_labels_side_by_side_do_not_stop_each_other() -> None:
    agreement = Agreement()
    both = [at(DOUBTFUL, 0), at(RIVAL, 300)]
    assert agreement.take(both, 10.0) == []
    assert agreement.take(both, 10.1) == both


def test_two_texts_at_one_place_do() -> None:
    agreement = Agreement()
    for turn in range(20):
        assert agreement.take([at((DOUBTFUL, RIVAL)[turn % 2], turn)], turn / 10) == []


def test_two_codes_in_one_frame_both_count() -> None:
    other = Code("A00123", Symbology.QR)
    assert Agreement().take([SURE, other, SURE], 1.0) == [SURE, other]


def test_clear_makes_a_code_new() -> None:
    agreement = Agreement()
    agreement.take([SURE], 1.0)
    agreement.clear()
    assert agreement.take([SURE], 1.1) == [SURE]


@given(st.lists(st.tuples(st.floats(0, 0.5), st.lists(st.sampled_from([SURE, DOUBTFUL, RIVAL])))))
def test_nothing_counts_twice_while_frames_follow_closely(
    frames: list[tuple[float, list[Code]]],
) -> None:
    agreement = Agreement()
    now, seen_at, counted = 0.0, {}, set()
    for pause, codes in frames:
        now += pause
        away = {code for code in codes if now - seen_at.get(code, now) >= AGAIN_AFTER}
        counted -= away  # long out of sight: it may count again, also at a later read of this time
        for code in agreement.take(codes, now):
            assert code in codes
            assert code not in counted
            assert code.confident or code in seen_at
            counted.add(code)
        seen_at |= dict.fromkeys(codes, now)
