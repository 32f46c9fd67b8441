"""Phone numbers as Indonesians write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perpusdesk.domain.phone import (
    is_mobile,
    local_form,
    normalise,
    search_key,
    whatsapp_number,
)


@pytest.mark.parametrize(
    "text",
    [
        "081234567890",
        "0812-3456-7890",
        "0812 3456 7890",
        "+6281234567890",
        "+62 812-3456-7890",
        "62 812 3456 7890",
        "(+62) 0812 3456 7890",
        "006281234567890",
        "81234567890",
        "WA: 0812.3456.7890 (ibu)",
        "0812–3456–7890 / 0899 1111 222",
    ],
)
def test_one_number_in_many_clothes(text: str) -> None:
    assert normalise(text) == "+6281234567890"
    assert whatsapp_number(text) == "6281234567890"
    assert search_key(text) == "81234567890"
    assert local_form(text) == "0812-3456-7890"


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0725-41234", "+6272541234"),
        ("(0622) 123456", "+62622123456"),
        ("+60 12-345 6789", "+60123456789"),
        ("0812", None),
        ("41234", None),
        ("tidak punya", None),
        ("", None),
        ("0812345678901234", None),
        ("0721234", None),
        ("07212345", "+627212345"),
        ("08123456789012", "+628123456789012"),
        ("081234567890123", None),
        ("62812345", None),
        ("628123456", "+628123456"),
        ("712345678", None),
        ("+1234567", None),
        ("+12345678", "+12345678"),
        ("+123456789012345", "+123456789012345"),
        ("+1234567890123456", None),
        ("rumah no. 12, hp 0812 3456 789", "+628123456789"),
    ],
)
def test_other_numbers(text: str, number: str | None) -> None:
    assert normalise(text) == number


def test_landlines_have_no_whatsapp_but_foreign_numbers_may() -> None:
    assert whatsapp_number("0725-41234") is None
    assert whatsapp_number("+60 12-345 6789") == "60123456789"
    assert whatsapp_number("tidak punya") is None
    assert is_mobile("+6281234567890")
    assert not is_mobile("+6272541234")


def test_what_is_no_number_is_shown_as_it_was() -> None:
    assert local_form("tidak punya") == "tidak punya"
    assert local_form("+60 12-345 6789") == "+60123456789"


@pytest.mark.parametrize(
    ("typed", "key"),
    [("0812", "812"), ("+62812", "812"), ("62812", "812"), ("812", "812"), ("0622", "622")],
)
def test_half_a_number_finds_too(typed: str, key: str) -> None:
    assert search_key(typed) == key


@given(st.integers(811_000_000, 89_999_999_999), st.sampled_from(["0", "62", "+62", "0062", ""]))
def test_every_prefix_leads_to_the_same_number(rest: int, prefix: str) -> None:
    if str(rest).startswith("8"):
        assert normalise(f"{prefix}{rest}") == f"+62{rest}"


@given(st.text(alphabet="0123456789+()-. /a", max_size=24))
def test_normalising_twice_changes_nothing(text: str) -> None:
    once = normalise(text)
    if once is not None:
        assert normalise(once) == once
        assert search_key(once) == search_key(local_form(once))


@given(st.text())
def test_any_text_is_borne(text: str) -> None:
    normalise(text), local_form(text), search_key(text), whatsapp_number(text)
