"""Stickers from the command line: which copies, on which sheet, and what is remembered."""

from __future__ import annotations

from pathlib import Path

import pypdfium2 as pdfium
import pytest

from helpers.command_line import Call


def pages(file: Path) -> list[str]:
    with pdfium.PdfDocument(file) as document:
        return [page.get_textpage().get_text_bounded() for page in document]


@pytest.mark.parametrize("way", ["codes", "query", "range", "unprinted", "new"])
def test_copies_are_named_in_one_of_several_ways(
    call: Call, barcodes: list[str], tmp_path: Path, way: str
) -> None:
    words = {
        "codes": barcodes,
        "query": ["--query", "menghitung hujan"],
        "range": ["--from", barcodes[0], "--to", barcodes[-1]],
        "unprinted": ["--unprinted"],
        "new": ["--new-since", "2020-01-01"],
    }[way]
    out = tmp_path / "out.pdf"
    document = call("print", "labels", *words, "--out", out).document
    wanted = barcodes[-3:] if way == "query" else barcodes
    assert document["rows"] == len(wanted)
    assert (document["pages"], document["next_start"]) == (1, len(wanted) + 1)
    assert document["without_code"] == 0
    [text] = pages(out)
    assert [code in text for code in barcodes] == [code in wanted for code in barcodes]


def test_design_code_sheet_start_and_nudge(call: Call, barcodes: list[str], tmp_path: Path) -> None:
    out = tmp_path / "out.pdf"
    words = ("--design", "all", "--code", "code39", "--sheet", "tom-jerry-121", "--start", "10")
    answer = call(
        "print", "labels", *barcodes[:2], *words, "--nudge", "1.5,-0.5", "--no-bands", "--out", out
    )
    assert (answer.document["pages"], answer.document["next_start"]) == (2, 2)
    assert [barcodes[0] in text for text in pages(out)] == [True, False]


def test_stickers_too_small_for_a_code_are_counted(
    call: Call, barcodes: list[str], tmp_path: Path
) -> None:
    words = (barcodes[0], "--sheet", "roll-3-33x15", "--out", tmp_path / "out.pdf")
    assert call("print", "labels", *words).document["without_code"] == 1
    spine = call("print", "labels", *words, "--design", "spine").document
    assert spine["without_code"] == 0


def test_what_was_printed_well_is_not_offered_again(
    call: Call, barcodes: list[str], tmp_path: Path
) -> None:
    out = tmp_path / "out.pdf"
    words = ("print", "labels", "--unprinted", "--out", out)
    assert call(*words, "--mark-printed").document["rows"] == len(barcodes)
    assert call(*words).document["rows"] == 0


@pytest.mark.parametrize(
    ("words", "code", "kind"),
    [
        ((), 2, "copies"),
        (("B1", "--unprinted"), 2, "copies"),
        (("--unprinted", "--design", "round"), 2, "option"),
        (("--unprinted", "--code", "code93"), 2, "option"),
        (("--unprinted", "--nudge", "left"), 2, "nudge"),
        (("--new-since", "soon"), 2, "date"),
        (("--from", "ZZ1", "--to", "ZZ9"), 1, "copy_unknown"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else str(value),
)
def test_what_cannot_be_printed_is_told_and_writes_no_file(
    call: Call, tmp_path: Path, words: tuple[str, ...], code: int, kind: str
) -> None:
    out = tmp_path / "out.pdf"
    answer = call("print", "labels", *words, "--out", out)
    told = answer.document.get("error") or answer.document["refused"]
    assert (answer.code, told["code"]) == (code, kind)
    assert not out.exists()


def test_sheets_are_listed_and_have_a_test_page(call: Call, tmp_path: Path) -> None:
    sheets = {sheet["key"]: sheet for sheet in call("print", "sheets").document}
    assert sheets["tom-jerry-107"]["count"] == 30
    assert sheets["tom-jerry-103"]["sure"] is False
    out = tmp_path / "page.pdf"
    answer = call("print", "ruler", "--sheet", "tom-jerry-121", "--out", out)
    assert answer.document["rows"] == 10
    assert "100 mm" in pages(out)[0]


@pytest.mark.parametrize(
    ("words", "rows", "pages_"),
    [
        (("A0001", "A0003"), 2, 1),
        (("--unprinted",), 3, 1),
        (("--unprinted", "--cr80"), 3, 3),
        (("--unprinted", "--start", "9"), 3, 2),
        (("--new-since", "2020-01-01"), 3, 1),
        (("--category", "pelajar"), 3, 1),
        (("--category", "UMUM"), 0, 1),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else str(value),
)
def test_cards_are_named_in_one_of_several_ways(
    call: Call, tmp_path: Path, words: tuple[str, ...], rows: int, pages_: int
) -> None:
    out = tmp_path / "out.pdf"
    assert call("print", "cards", *words, "--out", out).document["rows"] == rows
    assert len(pages(out)) == pages_


@pytest.mark.parametrize(
    ("words", "code", "kind"),
    [
        ((), 2, "members"),
        (("A0001", "--unprinted"), 2, "members"),
        (("--category", "Astronaut"), 2, "category"),
        (("--new-since", "soon"), 2, "date"),
        (("NOBODY",), 1, "member_unknown"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else str(value),
)
def test_cards_that_cannot_be_printed(
    call: Call, tmp_path: Path, words: tuple[str, ...], code: int, kind: str
) -> None:
    answer = call("print", "cards", *words, "--out", tmp_path / "out.pdf")
    told = answer.document.get("error") or answer.document["refused"]
    assert (answer.code, told["code"]) == (code, kind)
