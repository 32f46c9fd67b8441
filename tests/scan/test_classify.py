"""What a text seems to be, without a database."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perpusdesk.domain.codes import CodeMask, CodeUse
from perpusdesk.scan.classify import SHOWN, Kind, understand
from perpusdesk.scan.types import Symbology
from perpusdesk.scan.wedge import MAX_LENGTH

MASKS = (
    CodeMask(CodeUse.MEMBER, 6, "A"),
    CodeMask(CodeUse.COPY, 7, "B"),
    CodeMask(CodeUse.INVENTORY, 8),
)


@pytest.mark.parametrize(
    ("text", "kind", "plain"),
    [
        ("", Kind.EMPTY, ""),
        (" \t\n", Kind.EMPTY, ""),
        (" B000457\n", Kind.NUMBER, "B000457"),
        ("laskar  pelangi", Kind.TEXT, "laskar pelangi"),
        ("laskar", Kind.TEXT, "laskar"),
        ("1984", Kind.NUMBER, "1984"),
        ("12/PERPUS/2020", Kind.NUMBER, "12/PERPUS/2020"),
        ("> batal ", Kind.COMMAND, "batal"),
        (">", Kind.COMMAND, ""),
        ("https://contoh.id/b/1", Kind.URL, "https://contoh.id/b/1"),
        ("9786020324784", Kind.ISBN, "9786020324784"),
        ("978-602-03-2478-4", Kind.ISBN, "9786020324784"),
        ("978–602–03–2478–4", Kind.ISBN, "9786020324784"),
        ("ISBN: 978 602 03 2478 4", Kind.ISBN, "9786020324784"),
        ("0-306-40615-2", Kind.ISBN, "9780306406157"),
        ("0-8044-2957-x", Kind.ISBN, "9780804429573"),
        ("B0\x0000457", Kind.CONTROL, "B0\ufffd00457"),
        ("B000457\x1d", Kind.CONTROL, "B000457\ufffd"),
        ("B000457\nB000458", Kind.TEXT, "B000457 B000458"),
        ("0012345678", Kind.NUMBER, "0012345678"),
        ("B0\x1d00457", Kind.CONTROL, "B0\ufffd00457"),
        ("\ufefflas\u00adkar\u200b\u3000pelangi", Kind.TEXT, "laskar pelangi"),
    ],
)
def test_kinds(text: str, kind: Kind, plain: str) -> None:
    guess = understand(text, MASKS)
    assert (guess.kind, guess.text) == (kind, plain)


@pytest.mark.parametrize(
    ("text", "uses"),
    [
        ("A00123", (CodeUse.MEMBER,)),
        ("b000457", (CodeUse.COPY,)),
        ("00045712", (CodeUse.INVENTORY,)),
        ("C000457", ()),
    ],
)
def test_the_masks_say_what_a_number_is_for(text: str, uses: tuple[CodeUse, ...]) -> None:
    assert understand(text, MASKS).uses == uses


def test_ten_thousand_characters_are_cut_with_a_reason() -> None:
    guess = understand("laskar pelangi " * 700, MASKS)
    assert (guess.kind, len(guess.text)) == (Kind.TOO_LONG, SHOWN)
    assert understand("a" * MAX_LENGTH).kind is Kind.TEXT


def test_a_price_add_on_is_set_apart() -> None:
    guess = understand("9786020324784 51250")
    assert (guess.kind, guess.text, guess.addon) == (Kind.ISBN, "9786020324784", "51250")


def test_an_isbn_with_a_wrong_check_digit_is_kept_and_flagged() -> None:
    guess = understand("9786020324789")
    assert (guess.kind, guess.isbn_valid) == (Kind.ISBN, False)
    assert not understand("ISBN 0306406153").isbn_valid
    assert understand("0306406153").kind is Kind.NUMBER


def test_a_card_number_that_is_a_valid_isbn_10_is_first_a_card() -> None:
    student = CodeMask(CodeUse.MEMBER, 10)
    assert understand("0306406152", (student,)).uses == (CodeUse.MEMBER,)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("b)))$%&", "B000457"), ("B)))$%&", "B000457"), ("a))!@#", "A00123")],
)
def test_caps_lock_and_a_stuck_shift_are_undone(typed: str, meant: str) -> None:
    guess = understand(typed, MASKS)
    assert (guess.kind, guess.text.upper(), guess.repaired) == (Kind.NUMBER, meant, True)
    assert typed in guess.readings


def test_a_mishap_is_not_assumed_for_an_isbn_that_would_be_wrong() -> None:
    assert understand("(&*^)@)#@$&*(").kind is Kind.TEXT
    assert understand("(&*^)@)#@$&*$").text == "9786020324784"


def test_a_french_keyboard_is_undone_for_an_isbn() -> None:
    guess = understand("çè_-àéà\"é'è_'")
    assert (guess.kind, guess.text, guess.repaired) == (Kind.ISBN, "9786020324784", True)


def test_what_a_camera_reads_is_not_a_keyboard_mishap() -> None:
    assert understand("B)))$%&", MASKS, Symbology.CODE128).kind is Kind.TEXT


def test_codabar_is_tried_without_its_ends_and_upc_with_its_zero() -> None:
    assert "30712345" in understand("A30712345B", (), Symbology.CODABAR).readings
    assert understand("A00045712B", MASKS, Symbology.CODABAR).uses == (CodeUse.INVENTORY,)
    assert "0036602301467" in understand("036602301467", (), Symbology.UPCA).readings
    assert "30712345" not in understand("A30712345B").readings


@given(st.text(max_size=600), st.sampled_from(Symbology))
def test_any_text_is_understood_somehow(text: str, symbology: Symbology) -> None:
    guess = understand(text, MASKS, symbology)
    assert guess.text.isprintable()
    assert len(guess.text) <= MAX_LENGTH
    if guess.kind in (Kind.NUMBER, Kind.ISBN, Kind.TEXT):
        assert guess.readings


@given(st.from_regex(r"[A-Z0-9]{3,20}", fullmatch=True))
def test_a_number_is_understood_the_same_again(text: str) -> None:
    once = understand(text, MASKS)
    assert understand(once.text, MASKS).text == once.text
