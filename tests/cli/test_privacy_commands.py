"""The commands about personal data, on a library of their own."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from helpers.command_line import Call


@pytest.fixture
def member() -> str:
    """The card of a member."""
    return "A0001"


def test_a_request_is_written_down_listed_and_answered(
    call: Call, member: str, tmp_path: Path
) -> None:
    made = call("privacy", "request", "access", "--member", member).document["requests"][0]
    assert (made["kind"], made["card"], made["overdue"]) == ("access", member, False)
    assert made["hours"] in (71, 72)
    assert len(call("privacy", "requests", "--open").document["requests"]) == 1
    letter = tmp_path / "answer.pdf"
    answered = call("privacy", "answer", made["request"], "--out", letter).document["requests"][0]
    assert answered["outcome"] == "done"
    assert letter.read_bytes().startswith(b"%PDF")
    assert call("privacy", "requests", "--open").document["requests"] == []
    assert call("privacy", "answer", made["request"]).code == 1
    assert call("privacy", "request", "pigeon", "--member", member).code == 2


def test_a_copy_is_written_as_json_and_pdf_and_noted(
    call: Call, member: str, tmp_path: Path
) -> None:
    out = tmp_path / "copy.json"
    call("privacy", "copy", member, "--reason", "permintaan", "--out", out)
    assert json.loads(out.read_text("utf-8"))["person"]["card"] == member
    assert out.with_suffix(".pdf").read_bytes().startswith(b"%PDF")
    looks = call("privacy", "log", "--member", member).document["looks"]
    assert [look["how"] for look in looks] == ["copy"]


def test_a_copy_whose_paper_would_overwrite_it_is_not_written(
    call: Call, member: str, tmp_path: Path
) -> None:
    out = tmp_path / "copy.pdf"
    answer = call("privacy", "copy", member, "--reason", "permintaan", "--out", out)
    assert (answer.code, answer.document["error"]["code"]) == (2, "out")
    assert not out.exists()
    assert call("privacy", "log", "--member", member).document["looks"] == []


def test_a_restricted_member_is_left_out_of_an_export_that_wants_a_reason(
    call: Call, member: str, tmp_path: Path
) -> None:
    assert call("privacy", "restrict", member).document["restricted"]
    out = tmp_path / "members.csv"
    assert call("export", out, "--as", "members").code == 2
    assert not out.exists()
    assert call("export", out, "--as", "members", "--query", "x").code == 2
    told = call("export", out, "--as", "members", "--reason", "Laporan").document
    assert told["members"] == 2
    text = out.read_text("utf-8")
    assert "Budi" in text
    assert "Siti" not in text
    assert call("privacy", "restrict", member, "--end").document["restricted"] is None


def test_the_register_of_processing_is_paper_or_workbook(
    call: Call, member: str, tmp_path: Path
) -> None:
    for name, begins in (("register.pdf", b"%PDF"), ("register.xlsx", b"PK")):
        call("privacy", "register", "--out", tmp_path / name)
        assert (tmp_path / name).read_bytes().startswith(begins)
    odd = call("privacy", "register", "--out", tmp_path / "register.docx")
    assert (odd.code, list(tmp_path.glob("register.docx"))) == (2, [])
