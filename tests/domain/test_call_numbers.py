"""Call numbers by Indonesian practice: heading words, articles, organisations, titles alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perpusdesk.domain.call_numbers import heading_word, propose_call_number


@pytest.mark.parametrize(
    ("author", "word"),
    [
        ("Hirata, Andrea", "Hirata"),
        ("Andrea Hirata", "Hirata"),
        ("Tahi Bonar Simatupang", "Simatupang"),
        ("Hamka", "Hamka"),
        ("Djakaria N.E.", "Djakaria"),
        ("Susi Agustina W.", "Susi"),
        ("K.A. Mohammad Arief", "Arief"),
        ("Muhammad Teungku di Meulek", "Teungku"),
        ("Ali bin Abu", "Ali"),
        ("Suryaningrat, Raden Mas", "Suryaningrat"),
        ("N.H.", "N.H."),
        ("", ""),
        (" , ", ""),
    ],
)
def test_the_entry_word_of_a_name(author: str, word: str) -> None:
    assert heading_word(author) == word


@pytest.mark.parametrize(
    ("title", "author", "shelf", "corporate", "number"),
    [
        ("Laskar pelangi", "Hirata, Andrea", "899.221 3", False, "899.221 3 HIR l"),
        ("Si Doel anak Betawi", "Aman Datuk Madjoindo", "899.221", False, "899.221 MAD d"),
        ("Sang pemimpi", "Andrea Hirata", "899.221", False, "899.221 HIR p"),
        ("The old man and the sea", "Hemingway, Ernest", "813", False, "813 HEM o"),
        ("A", "B", "001", False, "001 B a"),
        ("Ensiklopedi Islam", "", "2X0", False, "2X0 ENS e"),
        ("Keputusan MPR", "Indonesia. Majelis", "349", True, "349 IND k"),
        ("Fikih zakat", "al-Qaraḍāwī, Yūsuf", "2X4", False, "2X4 QAR f"),
        ("1001 malam", "", "", False, "100 1"),
        ("", "", "", False, ""),
    ],
)
def test_a_proposed_call_number(
    title: str, author: str, shelf: str, corporate: bool, number: str
) -> None:
    assert propose_call_number(title, author, shelf, corporate=corporate) == number


@given(st.text(max_size=40), st.text(max_size=40), st.booleans())
def test_any_text_gives_at_most_three_letters_and_one(
    title: str, author: str, corporate: bool
) -> None:
    parts = propose_call_number(title, author, "500", corporate=corporate).split(" ")
    assert parts[0] == "500"
    assert all(part and part.isalnum() for part in parts[1:])
    assert len(parts) <= 3
