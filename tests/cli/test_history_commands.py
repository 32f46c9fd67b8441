"""The history from the command line."""

from __future__ import annotations

from typing import Any

import pytest

from helpers.command_line import Call


@pytest.fixture
def lent(call: Call, barcodes: list[str]) -> str:
    """Lend a copy to Siti; return its barcode."""
    assert call("lend", "--member", "A0001", barcodes[0]).code == 0
    return barcodes[0]


def actions(call: Call, *words: object) -> list[dict[str, Any]]:
    answer = call("history", "list", *words)
    assert answer.code == 0, answer.err
    found: list[dict[str, Any]] = answer.document["actions"]
    return found


def test_it_lists_who_did_what(call: Call, lent: str) -> None:
    every = actions(call)
    assert every[0]["verb"] == "lend"
    assert every[0]["person"] == "Siti Misalnya"
    assert every[0]["staff"] == "Petugas Uji"
    assert {"action", "at", "written_at", "branch", "device", "reason", "undone"} <= set(every[0])
    assert len(actions(call, "--limit", 2)) == 2
    assert call("history").document["actions"] == every


def test_it_is_narrowed(call: Call, lent: str) -> None:
    assert [one["verb"] for one in actions(call, "--verb", "lend")] == ["lend"]
    assert [one["verb"] for one in actions(call, "--verb", "lending")] == ["lend"]
    about = actions(call, "--about", "A0001")
    assert {one["verb"] for one in about} == {"lend", "register_member"}
    assert actions(call, "--about", lent, "--by", "petugas uji", "--verb", "lend")
    assert actions(call, "--since", "2099-01-01") == []
    assert actions(call, "--overrides") == []


@pytest.mark.parametrize(
    "words", [("--by", "Tidak Ada"), ("--since", "kemarin"), ("--branch", "x")]
)
def test_what_cannot_be_meant_is_told(call: Call, words: tuple[str, str]) -> None:
    assert call("history", "list", *words).code == 2


def test_one_action_is_shown_in_full(call: Call, lent: str) -> None:
    (one,) = actions(call, "--verb", "lend")
    shown = call("history", "show", one["action"]).document["action"]
    assert shown["records"][0]["record"] == "loan"
    assert {change["after"] for change in shown["records"][0]["changes"]} >= {"Siti Misalnya"}
    assert call("history", "show", "x").code == 2
    assert call("history", "show", "01a20492-239f-7a1d-97e7-dd7a7bc6e65a").code == 2


def test_the_seal_of_a_minute_stays(call: Call, lent: str) -> None:
    later = call("history", "seal", "--at", "2099-01-01T00:00").document
    assert len(later["seal"]) == 24
    assert call("history", "seal", "--at", "2020-01-01T00:00").document["seal"] == ""
    assert call("history", "seal", "--at", "2099-01-01T00:00").document == later
    call("return", lent)
    assert call("history", "seal", "--at", "2099-01-01T00:00").document != later
