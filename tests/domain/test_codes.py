"""Masks of a library's own numbers and their check characters."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perpusdesk.domain.codes import (
    Alphabet,
    Check,
    CodeMask,
    CodeUse,
    check_character,
    uses_of,
)

COPY = CodeMask(CodeUse.COPY, 7, "B")
CARD = CodeMask(CodeUse.MEMBER, 14, "2", check=Check.MOD10)


@pytest.mark.parametrize(
    ("check", "body", "character"),
    [
        (Check.MOD10, "7992739871", "3"),  # the usual Luhn example
        (Check.EAN, "978030640615", "7"),
        (Check.MOD11, "030640615", "2"),
        (Check.MOD11, "080442957", "X"),
        (Check.MOD43, "CODE39", "W"),
        (Check.NONE, "anything", ""),
        (Check.MOD10, "B7992739871", "3"),  # letters take no part in a digit check
    ],
)
def test_check_characters_are_the_known_ones(check: Check, body: str, character: str) -> None:
    assert check_character(check, body) == character


@given(st.integers(0, 10**9), st.sampled_from(Check), st.sampled_from(["", "B", "LIB-"]))
def test_a_made_number_matches_its_mask(number: int, check: Check, prefix: str) -> None:
    mask = CodeMask(CodeUse.COPY, len(prefix) + 11, prefix, check=check)
    assert mask.matches(mask.make(number))


@given(st.integers(0, 10**12 - 1), st.integers(0, 13), st.integers(1, 9))
def test_one_wrong_digit_is_noticed(number: int, place: int, shift: int) -> None:
    right = CARD.make(number)
    digit = str((int(right[place]) + shift) % 10)
    assert not CARD.matches(right[:place] + digit + right[place + 1 :])


@pytest.mark.parametrize("text", ["B00045", "B0004567", "C000457", "B00O457", "", "B", "B٠٠٠٤٥٧"])
def test_other_texts_do_not_match(text: str) -> None:
    assert not COPY.matches(text)


def test_small_letters_are_the_same_number() -> None:
    assert COPY.matches("b000457")


def test_letters_and_suffix() -> None:
    mask = CodeMask(CodeUse.INVENTORY, 9, "P", "/S", Alphabet.LETTERS_DIGITS)
    assert mask.matches("P12AB34/S")
    assert not mask.matches("P12AB34/T")
    assert not mask.matches("P12-B34/S")


def test_a_number_that_does_not_fit_is_refused() -> None:
    with pytest.raises(ValueError, match="does not fit"):
        COPY.make(1_000_000)


def test_a_text_may_be_two_things() -> None:
    both = (COPY, CodeMask(CodeUse.INVENTORY, 7, "B"), COPY)
    assert uses_of("B000457", both) == (CodeUse.COPY, CodeUse.INVENTORY)
    assert uses_of("X000457", both) == ()


@given(st.text(max_size=40))
def test_any_text_can_be_asked(text: str) -> None:
    assert uses_of(text, (COPY, CARD, CodeMask(CodeUse.COPY, 5, check=Check.MOD43))) in (
        (),
        (CodeUse.COPY,),
        (CodeUse.MEMBER,),
    )
