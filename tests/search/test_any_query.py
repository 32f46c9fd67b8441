"""Any text gives a query that SQLite understands, and says what was meant."""

from __future__ import annotations

import sqlite3

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from perpusdesk.domain.words.entry import COLUMNS
from perpusdesk.domain.words.query import MOST_WORDS, Field, Query, read_query
from perpusdesk.domain.words.synonyms import synonyms_of
from perpusdesk.storage.queries.match import match_but_one, match_of

SYNONYMS = synonyms_of([["uu", "undang undang"], ["abdurrahman", "abdul rahman"]])
PIECES = st.sampled_from(
    ["judul:", "pengarang: ", "subjek:", "isbn:", "978-602-8519-93-9", "NEAR", "AND", "OR", "NOT"]
) | st.sampled_from(["uu", "abdul", "rahman", *'"“”*^()-: ʿé\0'])
TEXTS = st.one_of(st.text(max_size=40), st.lists(PIECES | st.text(max_size=4)).map("".join))


def test_no_query_of_nothing() -> None:
    assert read_query(" \"' - ").terms == ()


@settings(max_examples=300)
@given(text=TEXTS, typing=st.booleans())
def test_whatever_is_typed_is_a_query(text: str, typing: bool) -> None:
    query = read_query(text, SYNONYMS, typing=typing)
    assert len(query.terms) <= MOST_WORDS
    database = sqlite3.connect(":memory:")
    database.execute(f"create virtual table title_words using fts5({', '.join(COLUMNS)})")
    for match in matches(query):
        database.execute("select 1 from title_words where title_words match ?", (match,)).fetchall()
    database.close()


def matches(query: Query) -> list[str]:
    made = [match_of(query), match_but_one(query)]
    return [match for match in made if match]


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("judul: laut pengarang:hirata", [("title", "laut"), ("author", "hirata")]),
        ("title:x author:y", [("title", "x"), ("author", "y")]),
        ("SUBJEK: nelayan tua", [("subject", "nelayan"), ("subject", "tua")]),
        ("isbn: 978-602-8519-93-9", [("isbn", "9786028519939")]),
        ("ISBN 602 8519 93 0", [("isbn", "6028519930")]),
        ("978 602 8519 93 9", [("any", "9786028519939")]),
        ('judul:"kata ulang" laut', [("title", "kata ulang"), ("title", "laut")]),
        ("yang di laut", [("any", "laut")]),
        ("yang di", [("any", "yang"), ("any", "di")]),
        ("pengarang: Dr. H. Hatta", [("author", "hatta")]),
        ("pengarangnya:", [("any", "pengarangnya")]),
    ],
)
def test_fields_phrases_and_numbers(text: str, terms: list[tuple[str, str]]) -> None:
    read = read_query(text).terms
    assert [(term.field.value, " ".join(term.words)) for term in read] == terms


def test_a_phrase_that_has_another_name_is_one_term() -> None:
    (name, *_) = read_query("abdul rahman saleh", SYNONYMS).terms
    assert (name.words, name.instead) == (("abdul", "rahman"), (("abdurrahman",),))
    (law,) = read_query("UU", SYNONYMS).terms
    assert law.instead == (("undang", "undang"),)


def test_only_the_word_that_is_still_typed_is_a_beginning() -> None:
    typed = read_query("laut bi", typing=True).terms
    assert [term.last for term in typed] == [False, True]
    assert [term.words for term in read_query("laut b", typing=True).terms] == [("laut",)]
    assert not any(term.last for term in read_query('laut "bi"', typing=True).terms)
    assert not any(term.last for term in read_query("laut bi").terms)


@pytest.mark.parametrize(
    ("text", "last"),
    [("5", False), ("1998", False), ("laut 19", False), ("97860285", True), ("b2", True)],
)
def test_numbers_are_whole_words_but_for_much_of_an_isbn(text: str, last: bool) -> None:
    (*_, term) = read_query(text, typing=True).terms
    assert term.last is last


def test_an_isbn_of_ten_is_also_asked_for_with_thirteen() -> None:
    (term,) = read_query("0-306-40615-2").terms
    assert (term.field, term.spellings) == (Field.ANY, ("9780306406157",))
