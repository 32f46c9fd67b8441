"""Labels for copies: spine, barcode and, if wished, QR on one sticker."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from perpusdesk.printing.barcodes import Symbology
from perpusdesk.printing.code_blocks import choose_code, draw_code
from perpusdesk.printing.label_sheets import LabelSheet
from perpusdesk.printing.paper import LINE, MUTED, PALE, Box, Paper, text_width, wrapped

_PADDING: Final = 1.8
_POINT: Final = 0.3528
"""Millimetres in a point."""


@dataclass(frozen=True, slots=True)
class LabelData:
    """One copy; ``call_number`` is one piece per line, ``band`` a colour like ``#C0392B``."""

    barcode: str
    call_number: tuple[str, ...]
    title: str = ""
    library: str = ""
    band: str = ""


@dataclass(frozen=True, slots=True)
class LabelOptions:
    """How to print: ``start`` counts stickers from 1, ``nudge`` is right and down in mm.

    ``with_qr`` adds a square where the bars leave room for it.
    """

    symbology: Symbology = Symbology.CODE128
    with_qr: bool = False
    start: int = 1
    nudge: tuple[float, float] = (0.0, 0.0)
    outlines: bool = False


def label_pages(labels: Sequence[LabelData], sheet: LabelSheet, options: LabelOptions) -> bytes:
    """Return a PDF of as many sheets as the labels need, in millimetres that must not be scaled."""
    paper = Paper(*sheet.page, sheet.name)
    first = max(0, min(options.start, sheet.count) - 1)
    for index, label in enumerate(labels, first):
        page, place = divmod(index, sheet.count)
        if page and not place:
            paper.next_page()
        left, top = sheet.place(place)
        with paper.moved(left + options.nudge[0], top + options.nudge[1]):
            _label(paper, label, *sheet.label, options)
    return paper.finish()


def _label(
    paper: Paper, label: LabelData, width: float, height: float, options: LabelOptions
) -> None:
    if options.outlines:
        paper.box(0, 0, width, height, stroke=PALE, radius=1)
    spine = min(32.0, max(15.0, 0.36 * width))
    band = 2.2 if label.band else 0.0
    if label.band:
        paper.box(0.8, _PADDING, band, height - 2 * _PADDING, fill=label.band)
    _spine(paper, label, band + 0.8, spine - band - 0.8, height)
    paper.rule(spine, 0.8, spine, height - 0.8, colour=LINE, width=0.1, dash=(0.8, 0.8))
    _right_side(paper, label, (spine + 0.5, width - 0.8), height, options)


def _spine(paper: Paper, label: LabelData, x: float, width: float, height: float) -> None:
    middle, room = x + width / 2, width - 2.4
    top, bottom = _PADDING, height - _PADDING
    if label.library and height >= 28:
        lines = wrapped(label.library, room, 5.5, lines=2, even=True)
        top = paper.lines(middle, top + 1.6, lines, 5.5, 2.2, colour=MUTED, align="center") - 1.4
        paper.rule(x + 0.6, top, x + width - 0.6, top, width=0.15)
        top += 0.8
    pieces = [piece for piece in label.call_number if piece.strip()]
    if not pieces:
        return
    size = min(15.0, (bottom - top) / len(pieces) / _POINT / 1.15)
    widest = max(text_width(piece, size, bold=True) for piece in pieces)
    size = max(5.0, min(size, 0.99 * size * room / max(widest, 0.01)))
    leading = size * _POINT * 1.15
    baseline = (top + bottom - leading * len(pieces)) / 2 + leading * 0.82
    for piece in pieces:
        paper.text(middle, baseline, piece, size, bold=True, align="center", width=room)
        baseline += leading


def _right_side(
    paper: Paper,
    label: LabelData,
    sides: tuple[float, float],
    height: float,
    options: LabelOptions,
) -> None:
    left, right = sides
    top = _PADDING
    if label.title and height >= 24:
        lines = wrapped(label.title, right - left - 2.4, 6.5, lines=2 if height >= 30 else 1)
        top = paper.lines(left + 1.2, top + 2.0, lines, 6.5, 2.6) - 1.2
    side = min(height - top - _PADDING, (right - left) * 0.38)
    if options.with_qr and _leaves_room(label, options.symbology, right - left - side):
        right -= side
        room = height - _PADDING - top
        square = Box(right, top + (room - side) / 2, side, side)
        draw_code(paper, label.barcode, Symbology.QR, square)
    _bars(paper, label, Box(left, top, right - left, height - top - _PADDING), options.symbology)


def _leaves_room(label: LabelData, symbology: Symbology, width: float) -> bool:
    """Say whether the wished bars still fit beside the square: they matter more than it does."""
    choice = choose_code(label.barcode, symbology, width, width)
    return choice is not None and choice.symbology is symbology


def _bars(paper: Paper, label: LabelData, box: Box, symbology: Symbology) -> None:
    tall = min(16.0, box.height - 3.4)
    top = box.y + (box.height - tall - 3.4) / 2
    draw_code(paper, label.barcode, symbology, Box(box.x, top, box.width, tall))
    middle, baseline = box.x + box.width / 2, top + tall + 3.0
    paper.text(
        middle, baseline, label.barcode, 8.5, align="center", width=box.width - 1.6, smallest=5
    )
