"""Onto paper: true to size also where a printer only takes pictures."""

from __future__ import annotations

import os
import stat
from datetime import date
from pathlib import Path

import numpy as np
import pypdfium2 as pdfium
import pytest
from PySide6.QtWidgets import QApplication

from perpusdesk.common.errors import Fault, KnownError
from perpusdesk.printing.label_sheets import LabelSheet, label_sheets
from perpusdesk.printing.labels import Design, LabelData, LabelOptions, label_pages
from perpusdesk.ui.kit.pdf_picture import page_picture, page_sizes
from perpusdesk.ui.labels.millimetres import Millimetres
from perpusdesk.ui.labels.paper_out import print_pages, print_to_file

FINE = 20
"""Pixels in a millimetre."""


def _sheet(key: str) -> LabelSheet:

    return label_sheets(date(2026, 12, 1))[key]


def _red_edges(pdf: bytes, page: int) -> list[float]:
    """Return left, top and right of everything red, in millimetres."""
    with pdfium.PdfDocument(pdf) as document:
        scale = FINE * 25.4 / 72
        pixels = document[page].render(scale=scale, rev_byteorder=True).to_numpy().astype(int)
    red = (pixels[:, :, 0] > 140) & (pixels[:, :, 1] < 110) & (pixels[:, :, 2] < 110)
    rows, columns = np.nonzero(red)
    return [columns.min() / FINE, rows.min() / FINE, (columns.max() + 1) / FINE]


@pytest.mark.parametrize("key", [pytest.param("a4-3x8", marks=pytest.mark.slow), "roll-65x34"])
def test_pages_printed_as_pictures_are_true_to_size(
    qapp: QApplication, tmp_path: Path, key: str
) -> None:
    sheet = _sheet(key)
    label = LabelData("B1", ("899", "HIR", "l"), band="#B3261E")
    options = LabelOptions(Design.SPINE, start=sheet.count)
    pdf = label_pages([label, label], sheet, options)
    print_to_file(pdf, tmp_path / "paper.pdf")
    printed = (tmp_path / "paper.pdf").read_bytes()
    assert len(page_sizes(printed)) == 2
    assert page_sizes(printed)[0] == pytest.approx(sheet.page, abs=0.2)
    for page in (0, 1):
        assert _red_edges(printed, page) == pytest.approx(_red_edges(pdf, page), abs=0.2)


@pytest.mark.skipif(os.name != "posix", reason="CUPS is a POSIX thing")
def test_cups_gets_the_pdf_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / "lp"
    program.write_text(f'#!/bin/sh\necho "$@" > {tmp_path}/words; cat > {tmp_path}/data\n')
    program.chmod(program.stat().st_mode | stat.S_IEXEC)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    pdf = label_pages([LabelData("B1", ("1",))], _sheet("tom-jerry-121"), LabelOptions())
    print_pages(pdf, "cups:Label")
    assert (tmp_path / "data").read_bytes() == pdf
    assert "media=Custom.175x222mm" in (tmp_path / "words").read_text()


def test_no_printer_is_a_known_fault() -> None:
    with pytest.raises(KnownError) as caught:
        print_pages(b"", "nonsense")
    assert caught.value.fault is Fault.PRINTER


def test_a_page_that_is_not_there_has_no_picture() -> None:
    pdf = label_pages([LabelData("B1", ("1",))], _sheet("a4-3x8"), LabelOptions())
    assert page_picture(pdf, 0, 2.0).width() == 420
    with pytest.raises(IndexError):
        page_picture(pdf, 1, 2.0)


@pytest.mark.parametrize(
    ("typed", "value", "shown"),
    [("1,5", 1.5, "1,5"), ("1.5", 1.5, "1,5"), ("-0,4", -0.4, "-0,4"), ("10", 10.0, "10")],
)
def test_millimetres_are_read_with_comma_or_point(
    qapp: QApplication, typed: str, value: float, shown: str
) -> None:
    edit = Millimetres(-20, 20, 1, 0.1)
    assert edit.validate(typed, 0)[0] is edit.validate("1", 0)[0]
    edit.lineEdit().setText(typed)
    edit.interpretText()
    assert edit.value() == value
    assert edit.text() == shown


@pytest.mark.parametrize("typed", ["1,5,", "a", "1e3", "nan", "1_0", "inf"])
def test_what_is_no_number_cannot_be_typed(qapp: QApplication, typed: str) -> None:
    edit = Millimetres(-20, 20, 1, 0.1)
    assert edit.validate(typed, 0)[0] is edit.validate("x", 0)[0]
