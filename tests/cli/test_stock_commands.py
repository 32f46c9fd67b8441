"""The stock-take by commands: begin, scan, file, lists, end, record on paper, workbook."""

from __future__ import annotations

from pathlib import Path

from python_calamine import CalamineWorkbook

from helpers.command_line import Call

FIGURES = {"expected", "found", "missing", "away", "misplaced", "wrong_branch", "on_loan"}


def test_a_whole_count(call: Call, barcodes: list[str], tmp_path: Path) -> None:
    call("lend", "--member", "A0001", barcodes[5])
    begun = call("stock", "start", "--name", "Uji").document
    assert begun["count"]["name"] == "Uji" and begun["count"]["ended"] is None
    assert set(begun["figures"]) >= FIGURES and begun["figures"]["expected"] == 5
    scanned = call("stock", "scan", barcodes[0], barcodes[0], "Q1", barcodes[5], "--place", "R1")
    told = [(row["code"], row["outcome"], row["again"]) for row in scanned.document["scans"]]
    assert told == [
        (barcodes[0], "found", False),
        (barcodes[0], "found", True),
        ("Q1", "unknown", False),
        (barcodes[5], "on_loan", False),
    ]
    file = tmp_path / "codes.txt"
    file.write_text(f"{barcodes[1]}\n{barcodes[0]}\nA0001\n")
    told = call("stock", "scan", "--file", file).document["files"][0]
    assert (told["read"], told["again"], told["outcomes"]) == (3, 1, {"found": 1})
    assert [row["reason"] for row in told["refused"]] == ["not_a_copy"]
    rows = call("stock", "list", "--count", "uji", "--outcome", "missing").document["rows"]
    assert [row["code"] for row in rows] == barcodes[2:5]
    ended = call("stock", "end").document
    assert ended["marked"] == 3 and ended["figures"]["found"] == 2
    assert call("copy", "show", barcodes[2]).document["status"] == "missing"
    kept = call("stock", "list").document["counts"]
    assert kept[0]["figures"] == ended["figures"] and kept[0]["ended"]
    assert call("stock", "reopen").document["marked"] == 3
    assert call("copy", "show", barcodes[2]).document["status"] == "available"


def test_the_record_and_the_workbook(call: Call, barcodes: list[str], tmp_path: Path) -> None:
    call("stock", "start")
    call("stock", "scan", barcodes[0], "Q1")
    pdf, xlsx = tmp_path / "record.pdf", tmp_path / "lists.xlsx"
    assert call("stock", "report", "--out", pdf).document["rows"] == 6
    assert pdf.read_bytes().startswith(b"%PDF")
    assert call("stock", "list", "--out", xlsx).document["rows"] == 6
    table = CalamineWorkbook.from_path(str(xlsx)).get_sheet_by_index(0).to_python()
    assert len(table) == 7 and table[1][:2] == ["Tidak dikenal", "Q1"]
    only = call("stock", "list", "--outcome", "unknown", "--out", xlsx).document
    assert only["rows"] == 1


def test_a_count_is_thrown_away(call: Call, barcodes: list[str]) -> None:
    call("stock", "start", "--name", "Salah")
    assert call("stock", "discard").document["name"] == "Salah"
    assert call("stock", "list").document["counts"] == []
    answer = call("stock", "scan", barcodes[0])
    assert answer.code == 1 and answer.document["refused"]["code"] == "stock_count_unknown"


def test_what_cannot_be_used(call: Call, tmp_path: Path) -> None:
    assert call("stock", "start", "--from", "900", "--to", "100").code == 1
    assert call("stock", "start", "--location", "Tidak Ada").code == 1
    assert call("stock", "start", "--kind", "Tidak Ada").code == 2
    call("stock", "start")
    assert call("stock", "scan").code == 2
    assert call("stock", "list", "--outcome", "Tidak Ada").code == 2
    assert call("stock", "scan", "--file", tmp_path / "none.txt").code == 2
    assert call("stock", "scan", "A0001").code == 1


def test_people_read_lines(call: Call, barcodes: list[str]) -> None:
    assert "6 eksemplar" in call("stock", "start", json=False).out
    assert "Ditemukan" in call("stock", "scan", barcodes[0], json=False).out
    assert "1 dari 6" in call("stock", "scan", barcodes[0], json=False).out
