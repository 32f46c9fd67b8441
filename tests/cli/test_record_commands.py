"""Members, titles and copies from the command line."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from uuid import UUID

import pytest

from helpers.command_line import Call

MEMBER = {"card", "name", "category", "expires", "blocks", "loans", "holds", "balance"}
TITLE = {"id", "title", "authors", "year", "isbn", "call_number", "copies", "available"}


def test_a_member_is_added_and_shown(call: Call) -> None:
    added = call("member", "add", "--name", "Joko Andai", "--card", "K-77").document["member"]
    assert set(added) >= MEMBER
    assert (added["card"], added["name"], added["balance"]) == ("K-77", "Joko Andai", 0)
    assert date.fromisoformat(added["expires"]) > date.today()
    assert call("member", "show", "K-77").document["member"] == added


def test_without_a_card_number_the_next_one_is_given(call: Call) -> None:
    first = call("member", "add", "--name", "Satu Andai").document["member"]["card"]
    second = call("member", "add", "--name", "Dua Andai").document["member"]["card"]
    assert first and second and first != second


def test_a_member_shows_the_loans(call: Call, barcodes: list[str]) -> None:
    loan = call("lend", "--member", "A0001", barcodes[0]).document["loans"][0]
    member = call("member", "show", "A0001").document["member"]
    assert member["loans"] == [loan]
    for words in (("member", "show", "A0001"), ("copy", "show", barcodes[0])):
        told = call(*words, json=False).out
        assert barcodes[0] in told
        assert not any(sign in told for sign in ("{", "UUID(", "datetime", "None"))


def test_two_records_of_a_person_become_one(call: Call, barcodes: list[str]) -> None:
    call("lend", "--member", "A0002", barcodes[0])
    merged = call("member", "merge", "A0001", "A0002").document
    assert (merged["member"]["card"], merged["merged"], merged["loans"]) == ("A0001", ["A0002"], 1)
    assert call("member", "show", "A0002").document["member"] == merged["member"]
    again = call("member", "merge", "A0001", "A0002")
    assert again.document["refused"]["code"] == "nothing_chosen"
    call("undo")
    assert call("member", "show", "A0002").document["member"]["name"] == "Budi Misalnya"


def test_a_taken_card_number_is_refused_and_names_whose_it_is(
    call: Call, seen: Callable[[], tuple[str, int]]
) -> None:
    before = seen()
    answer = call("member", "add", "--name", "Orang Lain", "--card", "A0001")
    assert answer.code == 1
    assert answer.document["refused"]["code"] == "member_card_taken"
    assert "Siti Misalnya" in answer.document["refused"]["message"]
    assert seen() == before


@pytest.mark.parametrize(
    ("words", "code"),
    [(("--category", "Tidak Ada"), "category"), (("--birth-date", "31-12-2001"), "date")],
)
def test_what_cannot_be_used_for_a_member_is_unusable_input(
    call: Call, words: tuple[str, ...], code: str
) -> None:
    answer = call("member", "add", "--name", "Joko Andai", *words)
    assert answer.code == 2
    assert answer.document["error"]["code"] == code


@pytest.mark.parametrize("text", ["misalnya budi", "A0002", "0812-0000-0002", "Budi"])
def test_members_are_found_by_name_card_and_phone(call: Call, text: str) -> None:
    found = call("member", "find", text).document["members"]
    assert [row["card"] for row in found] == ["A0002"]


def test_a_title_is_added_with_its_copies_and_shown(call: Call) -> None:
    answer = call(
        "title", "add", "--title", "Anak Bulan", "--author", "Gita Contoh", "--copies", 2
    ).document
    assert set(answer["title"]) >= TITLE
    assert answer["title"]["authors"] == ["Gita Contoh"]
    assert (answer["title"]["copies"], answer["title"]["available"]) == (2, 2)
    assert len(set(answer["copies"])) == 2
    assert call("title", "show", answer["title"]["id"]).document["title"] == answer["title"]


def test_a_title_needs_a_name(call: Call) -> None:
    answer = call("title", "add", "--title", "  ")
    assert answer.code == 1
    assert answer.document["refused"]["code"] == "name_missing"


def test_the_number_of_a_title_must_be_one(call: Call) -> None:
    assert call("title", "show", "17").document["error"]["code"] == "id"
    unknown = call("title", "show", UUID(int=17))
    assert (unknown.code, unknown.document["refused"]["code"]) == (1, "title_unknown")


def test_a_copy_shows_where_it_is(call: Call, barcodes: list[str]) -> None:
    shelved = call("copy", "show", barcodes[0]).document
    assert (shelved["copy"], shelved["branch"], shelved["loan"]) == (barcodes[0], "Pusat", None)
    assert shelved["status"] == "available"
    assert UUID(shelved["title"]["id"])
    assert shelved["title"]["title"] == "Pelaut Kertas"
    loan = call("lend", "--member", "A0001", barcodes[0]).document["loans"][0]
    lent = call("copy", "show", barcodes[0]).document
    assert lent["status"] == "on_loan"
    assert lent["loan"] == {"loan": loan["loan"], "member": "A0001", "due": loan["due"]}


def test_a_barcode_is_text_even_when_it_looks_like_a_number(call: Call) -> None:
    call("member", "add", "--name", "Nol Andai", "--card", "0007")
    assert call("member", "show", "0007").document["member"]["card"] == "0007"
    assert call("member", "show", "7").code == 1


def test_search_finds_titles_as_the_box_does(call: Call) -> None:
    assert "Pelaut Kertas / " in (plain := call("search", "kertas pelaut", json=False).out)
    assert "[" not in plain
    found = call("search", "kertas pelaut").document
    assert (found["query"], found["total"]) == ("kertas pelaut", 1)
    assert set(found) >= {"ms", "did_you_mean"}
    (title,) = found["titles"]
    assert set(title) >= TITLE
    assert title["title"] == "Pelaut Kertas"


@pytest.mark.parametrize("isbn", ["0306406152", "978-0-306-40615-7", "9780306406157"])
def test_search_knows_an_isbn_in_every_spelling(call: Call, isbn: str) -> None:
    (title,) = call("search", isbn).document["titles"]
    assert (title["title"], title["isbn"]) == ("Kebun di Atap", ["9780306406157"])


def test_search_gives_no_more_than_was_asked_for_but_tells_the_total(call: Call) -> None:
    for number in range(3):
        call("title", "add", "--title", f"Hujan jilid {number}")
    found = call("search", "hujan", "--limit", 2).document
    assert (found["total"], len(found["titles"])) == (4, 2)


@pytest.mark.parametrize("query", ['"', "*", "' or 1=1 --", "-", "NEAR(", "\x00", "ذ"])
def test_search_takes_any_text_for_words(call: Call, query: str) -> None:
    assert call("search", "--", query).code == 0


def test_search_narrows_and_counts(call: Call) -> None:
    every = call("search", "contoh", "--facets").document
    assert every["total"] == every["facets"]["total"]
    at = call("search", "contoh", "--branch", "PUSAT", "--available", "--facets").document
    assert at["total"] == at["facets"]["total"] <= every["total"]
    fiction = call("search", "contoh", "--class", "8").document
    assert fiction["total"] == every["facets"]["classes"].get("800", 0)
    assert call("search", "contoh", "--year", "1900-1901").document["total"] == 0


@pytest.mark.parametrize(
    "options", [("--branch", "Bulan"), ("--year", "98"), ("--class", "sastra")], ids=str
)
def test_a_narrowing_that_says_nothing_is_wrong_usage(call: Call, options: tuple[str, str]) -> None:
    failed = call("search", "contoh", *options)
    assert failed.code == 2
    assert failed.document["error"]["code"] == options[0].removeprefix("--")
