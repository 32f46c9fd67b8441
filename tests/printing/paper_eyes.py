"""Looking at a PDF as a reader does: its size, its words and where they are, its codes."""

from dataclasses import dataclass

import numpy as np
import pypdfium2 as pdfium
import zxingcpp

MM = 72 / 25.4
DPI = 300


@dataclass(frozen=True)
class SeenCode:
    """A code and its box in millimetres from the top left of the page."""

    text: str
    format: str
    left: float
    top: float
    right: float
    bottom: float


def page_sizes(pdf: bytes) -> list[tuple[float, float]]:
    with pdfium.PdfDocument(pdf) as document:
        return [
            (round(page.get_width() / MM, 1), round(page.get_height() / MM, 1)) for page in document
        ]


def words(pdf: bytes, page: int = 0) -> str:
    with pdfium.PdfDocument(pdf) as document:
        text = document[page].get_textpage().get_text_bounded()
    return " ".join(text.split())


def ink_box(pdf: bytes, page: int = 0) -> tuple[float, float, float, float]:
    """Return left, top, right, bottom of everything that is not white, in millimetres."""
    picture, across, down = _picture(pdf, page, 150)
    rows, columns = np.nonzero(picture < 250)
    return (
        columns.min() * across,
        rows.min() * down,
        (columns.max() + 1) * across,
        (rows.max() + 1) * down,
    )


def picture(pdf: bytes, page: int = 0, dpi: int = 100) -> np.ndarray:
    """Return the page as rows of grey pixels."""
    return _picture(pdf, page, dpi)[0]


def codes(pdf: bytes, page: int = 0) -> list[SeenCode]:
    picture, across, down = _picture(pdf, page, DPI)
    result = []
    for code in zxingcpp.read_barcodes(picture):
        corners = [
            getattr(code.position, name)
            for name in ("top_left", "top_right", "bottom_right", "bottom_left")
        ]
        xs = [corner.x * across for corner in corners]
        ys = [corner.y * down for corner in corners]
        result.append(SeenCode(code.text, str(code.format), min(xs), min(ys), max(xs), max(ys)))
    return sorted(result, key=lambda seen: (round(seen.top), seen.left))


def _picture(pdf: bytes, page: int, dpi: int) -> tuple[np.ndarray, float, float]:
    """Return the page as grey pixels, and the millimetres of a pixel across and down."""
    with pdfium.PdfDocument(pdf) as document:
        sheet = document[page]
        pixels = sheet.render(scale=dpi / 72, grayscale=True).to_numpy().squeeze().copy()
        across = sheet.get_width() / MM / pixels.shape[1]
        return pixels, across, sheet.get_height() / MM / pixels.shape[0]
