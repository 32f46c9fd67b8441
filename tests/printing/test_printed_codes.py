"""Codes say what they should, and never in bars too thin to print."""

import numpy as np
import pytest
import zxingcpp
from hypothesis import given
from hypothesis import strategies as st

from perpusdesk.common.errors import Fault, KnownError
from perpusdesk.printing.barcodes import CODE39_CHARACTERS, Symbology, best_for, can_hold, modules
from perpusdesk.printing.code_blocks import THINNEST, choose_code

PRINTABLE = st.text(st.characters(min_codepoint=0x20, max_codepoint=0x7E), min_size=1, max_size=20)


def _read(text: str, symbology: Symbology) -> str:
    grid = np.array(modules(text, symbology))
    square = symbology is Symbology.QR
    margin = (4, 4) if square else (0, 0)
    picture = np.kron(np.pad(grid, (margin, (12, 12))), np.ones((3 if square else 60, 3)))
    # Plain Code 39: the extended reading would turn "/A" into "!".
    formats = (
        zxingcpp.BarcodeFormat.Code39Std
        if symbology is Symbology.CODE39
        else zxingcpp.BarcodeFormat.AllReadable
    )
    [code] = zxingcpp.read_barcodes((255 * (1 - picture)).astype(np.uint8), formats=formats)
    return str(code.text)


@given(PRINTABLE)
def test_code128_and_qr_carry_any_plain_text(text: str) -> None:
    assert _read(text, Symbology.CODE128) == text
    assert _read(text, Symbology.QR) == text


@given(st.text(st.sampled_from(sorted(CODE39_CHARACTERS)), min_size=1, max_size=15))
def test_code39_carries_its_own_alphabet(text: str) -> None:
    assert _read(text, Symbology.CODE39) == text


def test_ean() -> None:
    assert _read("9789793062792", Symbology.EAN13) == "9789793062792"


@pytest.mark.parametrize(
    ("text", "symbology"),
    [
        ("b00012", Symbology.CODE39),
        ("9789793062793", Symbology.EAN13),
        ("978", Symbology.EAN13),
        ("", Symbology.CODE128),
        ("Ümit", Symbology.CODE128),
        ("x" * 401, Symbology.QR),
    ],
)
def test_what_a_code_cannot_carry_is_refused(text: str, symbology: Symbology) -> None:
    assert not can_hold(text, symbology)
    with pytest.raises(KnownError) as caught:
        modules(text, symbology)
    assert caught.value.fault is Fault.UNUSABLE_INPUT


def test_the_nearest_code_takes_over() -> None:
    assert best_for("B1", Symbology.CODE39) is Symbology.CODE39
    assert best_for("b1", Symbology.CODE39) is Symbology.CODE128
    assert best_for("Ümit", Symbology.CODE39) is Symbology.QR
    with pytest.raises(KnownError):
        best_for("", Symbology.CODE39)


@given(PRINTABLE, st.sampled_from(list(Symbology)), st.floats(3, 100), st.floats(3, 40))
def test_bars_fit_and_are_thick_enough(
    text: str, wished: Symbology, width: float, height: float
) -> None:
    choice = choose_code(text, wished, width, height)
    if choice is not None:
        assert choice.module >= THINNEST
        assert choice.width < width
        assert choice.symbology is not Symbology.QR or choice.width < height


def test_a_long_inventory_number_becomes_a_square_on_a_small_label() -> None:
    wide = choose_code("00123/PD/H/2024", Symbology.CODE39, 60, 15)
    narrow = choose_code("00123/PD/H/2024", Symbology.CODE39, 31, 12)
    assert wide is not None
    assert wide.symbology is Symbology.CODE39
    assert narrow is not None
    assert narrow.symbology is Symbology.QR
