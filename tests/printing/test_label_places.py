"""Stickers lie where the makers' measures say, true to 0.2 mm on the rendered page."""

import tomllib

import numpy as np
import paper_samples as samples
import pypdfium2 as pdfium
import pytest
from paper_eyes import MM

from perpusdesk.common.paths import resources
from perpusdesk.printing.label_sheets import LabelSheet, label_sheets
from perpusdesk.printing.labels import Design, LabelOptions, label_pages

TRUE_TO = 0.2
FINE = 20
"""Pixels in a millimetre: what is measured is finer than what is promised."""
BAND = "#B3261E"
INSET = 0.8
"""The band keeps this far from the edges of its sticker, in millimetres."""
SHEETS = label_sheets(samples.TODAY)
FILES = [
    sheet
    for path in sorted(resources("labels").glob("*.toml"))
    for sheet in tomllib.loads(path.read_text("utf-8"))["sheet"]
]


def _by_hand(sheet: dict, index: int) -> tuple[float, float, float]:
    """Return left, top and width of a sticker by the measures in the file alone."""
    row, column = index // sheet["columns"], index % sheet["columns"]
    (width, height), (right, down) = sheet["label"], sheet["gap"]
    across, above = sheet["margin"]
    return across + column * (width + right), above + row * (height + down), width


def _red(pdf: bytes) -> np.ndarray:
    with pdfium.PdfDocument(pdf) as document:
        pixels = document[0].render(scale=FINE / MM, rev_byteorder=True).to_numpy().astype(int)
    return (pixels[:, :, 0] > 140) & (pixels[:, :, 1] < 110) & (pixels[:, :, 2] < 110)


def _edges(red: np.ndarray, left: float, top: float, sheet: LabelSheet) -> list[float]:
    """Return left, top and right edge of what is red on a sticker, in millimetres of the page."""
    x, y = round((left - 0.4) * FINE), round((top - 0.4) * FINE)
    x, y = max(x, 0), max(y, 0)
    width, height = (round((side + 0.4) * FINE) for side in sheet.label)
    rows, columns = np.nonzero(red[y : y + height, x : x + width])
    return [
        (x + columns.min()) / FINE,
        (y + rows.min()) / FINE,
        (x + columns.max() + 1) / FINE,
    ]


@pytest.mark.parametrize("file", FILES, ids=lambda sheet: sheet["key"])
def test_every_sticker_of_the_sheet(file: dict) -> None:
    sheet = SHEETS[file["key"]]
    labels = [samples.copy(index, BAND) for index in range(sheet.count)]
    red = _red(label_pages(labels, sheet, LabelOptions(Design.SPINE)))
    for index in range(sheet.count):
        left, top, width = _by_hand(file, index)
        expected = [left + INSET, top + INSET, left + width - INSET]
        assert _edges(red, left, top, sheet) == pytest.approx(expected, abs=TRUE_TO)


@pytest.mark.parametrize("nudge", [(0.0, 0.0), (1.3, -0.7), (-0.4, 2.1)])
def test_the_nudge_moves_everything_by_so_much(nudge: tuple[float, float]) -> None:
    sheet = SHEETS["a4-3x8"]
    options = LabelOptions(Design.SPINE, start=24, nudge=nudge)
    red = _red(label_pages([samples.copy(1, BAND)], sheet, options))
    rows, columns = np.nonzero(red)
    left, top = sheet.place(23)
    seen = [columns.min() / FINE, rows.min() / FINE]
    expected = [left + INSET + nudge[0], top + INSET + nudge[1]]
    assert seen == pytest.approx(expected, abs=TRUE_TO)
