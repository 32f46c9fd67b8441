"""Lend, return, renew and undo from the command line: the documents that scripts rely on."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from uuid import UUID

import pytest

from helpers.command_line import Call


def test_lend_tells_each_loan(call: Call, barcodes: list[str]) -> None:
    answer = call("lend", "--member", "A0001", barcodes[0], barcodes[2])
    assert (answer.code, answer.err) == (0, "")
    loans = answer.document["loans"]
    assert [(loan["copy"], loan["member"]) for loan in loans] == [
        (barcodes[0], "A0001"),
        (barcodes[2], "A0001"),
    ]
    for loan in loans:
        assert UUID(loan["loan"])
        assert datetime.fromisoformat(loan["lent_at"]).utcoffset() == timedelta(hours=7)
        assert date.fromisoformat(loan["due"]) > date.today()


def test_return_tells_who_had_it_how_late_and_what_it_costs(
    call: Call, barcodes: list[str]
) -> None:
    loan = call("lend", "--member", "A0001", barcodes[0]).document["loans"][0]
    (back,) = call("return", barcodes[0]).document["returns"]
    assert back["loan"] == loan["loan"]
    assert (back["copy"], back["member"]) == (barcodes[0], "A0001")
    assert (back["days_late"], back["fine"]) == (0, 0)
    assert datetime.fromisoformat(back["returned_at"]).tzinfo


def test_renew_answers_as_lend_does(call: Call, barcodes: list[str]) -> None:
    day = (datetime.now() - timedelta(days=3)).strftime("%Y-%m-%dT10:00")
    lent = call("lend", "--member", "A0001", "--at", day, barcodes[0])
    assert lent.code == 0, lent.err
    (loan,) = lent.document["loans"]
    (renewed,) = call("renew", barcodes[0]).document["loans"]
    assert renewed["loan"] == loan["loan"]
    assert renewed["renewals"] == 1
    assert date.fromisoformat(renewed["due"]) > date.fromisoformat(loan["due"])


def test_undo_takes_back_the_last_action_or_the_named_one(call: Call, barcodes: list[str]) -> None:
    call("lend", "--member", "A0001", barcodes[0])
    undone = call("undo").document["undone"]
    assert UUID(undone["action"]) != UUID(undone["op"])
    assert call("copy", "show", barcodes[0]).document["status"] == "available"
    again = call("undo", undone["action"])
    assert again.code == 1
    assert again.document["refused"]["code"] == "already_undone"


def test_a_refusal_tells_code_facts_and_message_and_what_was_done_before_it(
    call: Call, barcodes: list[str]
) -> None:
    call("lend", "--member", "A0002", barcodes[1])
    answer = call("lend", "--member", "A0001", barcodes[0], barcodes[1], barcodes[2])
    assert answer.code == 1
    assert [loan["copy"] for loan in answer.document["loans"]] == [barcodes[0]]
    refused = answer.document["refused"]
    assert refused["code"] == "copy_on_loan"
    assert date.fromisoformat(refused["facts"]["due"])
    assert "sedang dipinjam Budi Misalnya" in refused["message"]
    assert refused["message"] in answer.err
    assert call("copy", "show", barcodes[2]).document["status"] == "available"


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("lend", "--member", "NOBODY", "B000001"), "member_unknown"),
        (("lend", "--member", "A0001", "NOTHING"), "copy_unknown"),
        (("return", "NOTHING"), "copy_unknown"),
        (("renew", "NOTHING"), "copy_unknown"),
        (("undo", "00000000-0000-7000-8000-000000000000"), "nothing_to_undo"),
    ],
)
def test_what_is_not_there_is_refused_and_nothing_is_written(
    call: Call, seen: Callable[[], tuple[str, int]], words: tuple[str, ...], code: str
) -> None:
    before = seen()
    answer = call(*words)
    assert answer.code == 1
    assert answer.document["refused"]["code"] == code
    assert answer.err.strip()
    assert seen() == before


def test_a_copy_that_is_not_on_loan_is_neither_taken_back_nor_renewed(
    call: Call, barcodes: list[str], seen: Callable[[], tuple[str, int]]
) -> None:
    before = seen()
    for command in ("return", "renew"):
        answer = call(command, barcodes[0])
        assert answer.code == 1
        assert answer.document["refused"]["code"] == "copy_not_on_loan"
    assert seen() == before


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("lend", "--member", "A0001", "--at", "yesterday", "B000001"), "date"),
        (("return", "--at", "31-31-31", "B000001"), "date"),
        (("undo", "the last one"), "action"),
    ],
)
def test_what_cannot_be_read_is_unusable_input(
    call: Call, seen: Callable[[], tuple[str, int]], words: tuple[str, ...], code: str
) -> None:
    before = seen()
    answer = call(*words)
    assert answer.code == 2
    assert answer.document["error"]["code"] == code
    assert seen() == before


def test_a_person_reads_lines_not_json(call: Call, barcodes: list[str]) -> None:
    lent = call("lend", "--member", "A0001", barcodes[0], json=False)
    assert lent.out.startswith(f"{barcodes[0]}  Pelaut Kertas  ")
    english = call("return", barcodes[0], "--lang", "en", json=False)
    assert english.out.startswith(barcodes[0])
    refused = call("return", barcodes[0], "--lang", "en", json=False)
    assert (refused.code, refused.out) == (1, "")
    assert refused.err.startswith("This copy is not on loan")
