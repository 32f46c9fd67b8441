"""Are two records one title? Examples, and laws for any two."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perpusdesk.domain.same_title import Facts, Why, edition_number, names_alike, same_title


@pytest.mark.parametrize(
    ("one", "other", "verdict"),
    [
        (Facts("Peta", isbn="1 2"), Facts("Peta", isbn="2"), (Why.ISBN, True)),
        (Facts("Peta", isbn="1"), Facts("Lain", isbn="1"), (Why.ISBN, False)),
        (Facts("Peta", issn="9"), Facts("Peta", issn="9"), (Why.ISSN, True)),
        (Facts("Peta", author="A Bina"), Facts("PETA", author="Bina, A"), (Why.TITLE_AUTHOR, True)),
        (Facts("Tjerita"), Facts("Cerita"), (Why.TITLE, False)),
        (Facts("Peta", "novel"), Facts("Peta novel"), (Why.TITLE, False)),
        (Facts("Peta", "novel"), Facts("Peta"), (Why.TITLE, False)),
        (Facts("Peta", "novel"), Facts("Peta", "kamus"), None),
        (Facts("Peta", author="Bina"), Facts("Peta", author="Citra"), None),
        (Facts("Peta", material="map"), Facts("Peta", material="video"), None),
        (
            Facts("Peta", author="Bina Sari", year="2001"),
            Facts("Peta", author="Bina Sari", year="2002"),
            (Why.TITLE_AUTHOR, False),
        ),
        (
            Facts("Peta", author="Bina Sari", edition="Cet. 2"),
            Facts("Peta", author="Bina Sari", edition="Edisi kedua"),
            (Why.TITLE_AUTHOR, True),
        ),
        (Facts(""), Facts(""), None),
    ],
)
def test_two_records(one: Facts, other: Facts, verdict: tuple[Why, bool] | None) -> None:
    assert same_title(one, other) == verdict
    assert same_title(other, one) == verdict


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("Soekarno", "Sukarno", True),
        ("Dr. Mohammad Hatta", "Hatta, Mochamad", True),
        ("H. Hatta", "Hatta", True),
        ("Andrea Hirata", "Hirata", True),
        ("Andrea Hirata", "Andi Hirata", False),
        ("", "Hirata", None),
    ],
)
def test_names_are_alike_whatever_their_order(one: str, other: str, alike: bool | None) -> None:
    assert names_alike(one, other) is alike
    assert names_alike(other, one) is alike


@pytest.mark.parametrize(
    ("text", "number"), [("Cet. ke-02", "2"), ("Edisi ketiga", "3"), ("Ed. rev.", ""), ("", "")]
)
def test_editions_have_numbers(text: str, number: str) -> None:
    assert edition_number(text) == number


WORDS = st.text("abc 12é", max_size=8)
FACTS = st.builds(Facts, WORDS, WORDS, WORDS, WORDS, WORDS, WORDS, WORDS)


@given(FACTS, FACTS)
def test_it_does_not_matter_who_is_asked(one: Facts, other: Facts) -> None:
    assert same_title(one, other) == same_title(other, one)


@given(FACTS)
def test_a_title_with_words_is_itself(facts: Facts) -> None:
    if facts.title.strip(" "):
        assert same_title(facts, facts) is not None
