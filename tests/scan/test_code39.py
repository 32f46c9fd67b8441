"""Code 39's pairs for small letters and signs."""

from __future__ import annotations

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perpusdesk.domain.codes import CODE39
from perpusdesk.scan.code39 import full_ascii


@pytest.mark.parametrize(
    ("printed", "meant"),
    [
        ("+B+U+K+U", "buku"),
        ("E+X+T /A%J/Z", "Ext !?:"),
        ("B000457", "B000457"),
        ("12/PERPUS/2020", "12/PERPUS/2020"),
        ("C+", "C+"),
        ("1+2+A", "1+2+A"),
        ("$A+B", "\x01b"),
    ],
)
def test_pairs(printed: str, meant: str) -> None:
    assert full_ascii(printed) == meant


@given(st.text(CODE39, max_size=20))
def test_any_text_is_harmless(text: str) -> None:
    assert len(full_ascii(text)) <= len(text)


@given(st.text(string.ascii_letters + string.digits, max_size=20))
def test_letters_and_digits_come_back(text: str) -> None:
    printed = "".join(f"+{sign.upper()}" if sign.islower() else sign for sign in text)
    assert full_ascii(printed) == text
