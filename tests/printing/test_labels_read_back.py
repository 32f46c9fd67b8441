"""Every code of every design on every sheet is read back from the page by the desk's own decoder.

The decoder had no part in drawing them.
"""

import numpy as np
import paper_samples as samples
import pypdfium2 as pdfium
import pytest

from perpusdesk.printing.barcodes import Symbology
from perpusdesk.printing.cards import HEIGHT, WIDTH, card_pages, card_sheets, on_a4
from perpusdesk.printing.label_sheets import label_sheets
from perpusdesk.printing.labels import Design, LabelOptions, draw_labels
from perpusdesk.scan.cascade import Cascade
from perpusdesk.scan.decode import Effort

DPI = 300
SHEETS = label_sheets(samples.TODAY)
BARS = (Symbology.CODE128, Symbology.CODE39)
PAIRS = [
    (key, design, bars)
    for key in sorted(SHEETS)
    for design in Design
    for bars in (BARS if design not in (Design.QR, Design.SPINE) else BARS[:1])
]
NO_ROOM = {("roll-3-33x15", Design.SPINE_BARCODE), ("roll-3-33x15", Design.ALL)}
"""Stickers too small for a readable code beside the spine: the screen says so before printing."""


def _page(pdf: bytes, page: int = 0) -> np.ndarray:
    with pdfium.PdfDocument(pdf) as document:
        return document[page].render(scale=DPI / 72, grayscale=True).to_numpy().squeeze().copy()


def _held(page: np.ndarray, place: tuple[float, float], size: tuple[float, float]) -> np.ndarray:
    """Return one sticker or card as a scanner or camera is held over it, on a white ground."""
    (left, top), (width, height) = place, size
    dots = DPI / 25.4
    rows = slice(round(top * dots), round((top + height) * dots))
    columns = slice(round(left * dots), round((left + width) * dots))
    return np.pad(page[rows, columns], 40, constant_values=255)


def _read(picture: np.ndarray) -> list[tuple[str, str]]:
    found = Cascade().read(picture, Effort.THOROUGH).codes
    return sorted((code.text, code.symbology.value) for code in found)


@pytest.mark.parametrize(("key", "design", "bars"), PAIRS)
def test_what_is_printed_is_read_back(key: str, design: Design, bars: Symbology) -> None:
    sheet = SHEETS[key]
    copies = samples.copies(sheet.count)
    drawn = draw_labels(copies, sheet, LabelOptions(design, bars))
    page = _page(drawn.pdf)
    for index, copy in enumerate(copies):
        seen = _read(_held(page, sheet.place(index), sheet.label))
        assert seen == sorted((copy.barcode, one.value) for one in drawn.codes[index])
    if design is not Design.SPINE and (key, design) not in NO_ROOM:
        assert all(drawn.codes)


def test_cards_are_read_back() -> None:
    cards = samples.cards(10)
    sheet, single = _page(card_sheets(cards)), _page(card_pages(cards[:1]))
    pictures = [_held(sheet, on_a4().place(index), (WIDTH, HEIGHT)) for index in range(10)]
    for picture, card in zip([*pictures, single], [*cards, cards[0]], strict=True):
        assert _read(picture) == [(card.number, "code128"), (card.number, "qr")]
