"""The first author's name out of what the title page says."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perpusdesk.domain.responsibility import first_name


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("Andrea Hirata", "Andrea Hirata"),
        ("oleh Eniarti Djohan ... [et al.]", "Eniarti Djohan"),
        ("Eniarti Djohan … [dkk.]", "Eniarti Djohan"),
        ("[Umar Kayam ... et al.] ; penyunting/editor, Henri", "Umar Kayam"),
        ("disusun oleh: Budi Misalnya dan Siti Umpama", "Budi Misalnya"),
        ("Pramoedya Ananta Toer ; editor, Joesoef Isak", "Pramoedya Ananta Toer"),
        ("Siti Umpama, Budi Misalnya", "Siti Umpama"),
        ("by Marc Simmons (ed.)", "Marc Simmons"),
        ("penyunting, H. Nuhrison M. Nuh", ""),
        ("diterjemahkan oleh Rina", ""),
        ("", ""),
        (" ... ", ""),
    ],
)
def test_the_first_author_is_named(written: str, name: str) -> None:
    assert first_name(written) == name


@given(st.text(max_size=40))
def test_any_text_is_borne_and_nothing_is_made_up(written: str) -> None:
    found = first_name(written)
    assert found in " ".join(written.split())
