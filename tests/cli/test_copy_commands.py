"""Copies, weeding and their papers from the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.command_line import Call
from perpusdesk.cli.main import run
from perpusdesk.storage.library import Library


@pytest.fixture
def title(call: Call) -> str:
    return str(call("search", "pelaut kertas").document["titles"][0]["id"])


@pytest.fixture
def van(library: Path) -> str:
    """Another branch of the library."""
    from perpusdesk.services.set_up import open_desk

    with Library.open(library) as opened:
        desk = open_desk(opened)
        action = desk.action("add_branch")
        fields = {"name": "Mobil Keliling", "code": "MK1", "kind": "van", "zone": 420}
        action.set("branch", opened.new_id(), fields, fresh=True)
        desk.commit(action)
    return "Mobil Keliling"


def test_copies_are_added_changed_and_removed(call: Call, title: str) -> None:
    words = ("--count", "2", "--location", "Rak 4", "--price", "45000", "--source", "Hibah")
    added = call("copy", "add", title, *words).document
    assert added["title"]["title"] == "Pelaut Kertas"
    assert len(added["copies"]) == 2
    assert added["inventory"][0].endswith(f"/H/{added['inventory'][0][-4:]}")
    edited = call("copy", "edit", *added["copies"], "--location", "Rak 5", "--note", "x").document
    assert (edited["changed"], edited["fields"]) == (2, ["location", "note"])
    events = call("copy", "history", added["copies"][0]).document["events"]
    assert [one["event"] for one in events] == ["changed", "entered"]
    removed = call("copy", "remove", added["copies"][0], "--why", "salah").document
    assert removed == {"removed": [added["copies"][0]]}
    assert call("copy", "show", added["copies"][0]).code == 1
    call("undo")
    assert call("copy", "show", added["copies"][0]).code == 0


def test_what_cannot_be_done_with_copies(call: Call, title: str, barcodes: list[str]) -> None:
    taken = call("copy", "add", title, "--barcode", barcodes[0])
    assert (taken.code, taken.document["refused"]["code"]) == (1, "copy_barcode_taken")
    kept = call("copy", "add", title, "--barcode", barcodes[0], "--same-number")
    assert kept.document["copies"] == [barcodes[0]]
    for words, code in (
        (("add", "x"), "id"),
        (("add", title, "--branch", "Tidak Ada"), "branch"),
        (("add", title, "--kind", "Tidak Ada"), "kind"),
        (("add", title, "--received", "31-12-2026"), "date"),
        (("add", title, "--access", "x"), "access"),
        (("edit", *barcodes[:2], "--barcode", "B9"), "copies"),
    ):
        answer = call("copy", *words)
        assert (answer.code, answer.document["error"]["code"]) == (2, code)
    unknown = call("copy", "edit", "XYZ", "--note", "x")
    assert unknown.document["refused"]["code"] == "copy_unknown"


def test_copies_are_sent_and_received(
    call: Call, van: str, barcodes: list[str], tmp_path: Path
) -> None:
    sent = call("copy", "send", *barcodes[:2], "--to", "mk1").document["sent"]
    assert [one["to"] for one in sent] == [van, van]
    moves = call("copy", "moves").document
    assert moves["gone"][0]["copies"] == barcodes[:2]
    assert (moves["coming"], moves["late"]) == ([], 0)
    note = call("print", "note", sent[0]["paper"], "--out", tmp_path / "note.pdf").document
    assert note["rows"] == 2
    assert (tmp_path / "note.pdf").read_bytes().startswith(b"%PDF")
    again = call("copy", "send", barcodes[2], barcodes[0], "--to", van)
    assert again.code == 1
    assert again.document["refused"]["code"] == "copy_in_transit"
    assert [one["copy"] for one in again.document["sent"]] == [barcodes[2]]
    elsewhere = call("copy", "receive", barcodes[0])
    assert elsewhere.document["refused"]["code"] == "copy_for_elsewhere"
    assert call("copy", "show", barcodes[0]).document["status"] == "in_transit"


def test_the_register_goes_on_paper_and_into_a_workbook(
    call: Call, title: str, tmp_path: Path
) -> None:
    call("copy", "add", title, "--count", "3", "--received", "2026-02-03")
    pdf, sheet = tmp_path / "register.pdf", tmp_path / "register.xlsx"
    days = ("--from", "2026-01-01", "--to", "2026-12-31")
    assert call("print", "register", *days, "--out", pdf).document["rows"] == 3
    assert call("print", "register", *days, "--out", sheet).document["rows"] == 3
    assert pdf.read_bytes().startswith(b"%PDF") and sheet.read_bytes().startswith(b"PK")
    nothing = call("print", "register", "--from", "1999-01-01", "--to", "1999-02-01", "--out", pdf)
    assert nothing.document["refused"]["code"] == "nothing_chosen"
    unnamed = call("print", "register", "--out", pdf)
    assert unnamed.document["error"]["code"] == "part"


def test_weeding_from_the_list_to_the_report(call: Call, tmp_path: Path) -> None:
    assert call("weeding", "list", "--never-lent", "1").document == {"total": 0, "copies": []}
    found = call("weeding", "list", "--surplus", "1").document
    assert found["total"] == 3
    assert {tuple(one["reasons"]) for one in found["copies"]} == {("surplus",)}
    assert call("weeding", "proposal").document["total"] == 0
    proposed = call("weeding", "propose", "--surplus", "1").document
    assert proposed["total"] == 3
    refused = call("weeding", "decide", "--decree", "  ")
    assert refused.document["refused"]["code"] == "decree_missing"
    decided = call("weeding", "decide", "--decree", "7/2026").document
    assert len(decided["withdrawn"]) == 3 and decided["left_out"] == []
    report = call("print", "weeding", "--decree", "7/2026", "--out", tmp_path / "w.pdf")
    assert report.document["rows"] == 3
    sheet = call("print", "weeding", "--decree", "7/2026", "--out", tmp_path / "w.xlsx")
    assert sheet.document["rows"] == 3
    again = call("weeding", "decide", decided["withdrawn"][0], "--decree", "8/2026")
    assert again.document["refused"]["code"] == "copy_withdrawn"


def test_the_help_is_in_the_language_that_is_asked_for(
    capfd: pytest.CaptureFixture[str],
) -> None:
    from helpers.command_line import no_desktop

    for language, word in (("id", "syarat"), ("en", "Candidates")):
        run(["weeding", "--help", "--lang", language], no_desktop())
        assert word in capfd.readouterr().out
