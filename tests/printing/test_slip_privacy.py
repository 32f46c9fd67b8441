"""Names and card numbers on paper that is left on a table."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perpusdesk.printing.privacy import mask_card, short_name


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("Siti Nurhaliza Rahman", "Siti N. R."),
        ("Sukarno", "Sukarno"),
        ("H. Ahmad Dahlan", "H. Ahmad D."),
        ("M. Yusuf", "M. Yusuf"),
        ("Muhammad (Amat) Yani", "Muhammad Y."),
        ("", ""),
        ("A. B.", "A. B."),
    ],
)
def test_short_names(name: str, short: str) -> None:
    assert short_name(name) == short


@pytest.mark.parametrize(
    ("card", "masked"), [("26070100123", "****0123"), ("123", "**3"), ("7", "*"), ("", "")]
)
def test_masked_cards(card: str, masked: str) -> None:
    assert mask_card(card) == masked


@given(st.text(min_size=2, max_size=30))
def test_at_most_half_of_a_card_is_shown(card: str) -> None:
    assert len(mask_card(card).lstrip("*")) <= max(len(card) // 2, card.count("*"))
