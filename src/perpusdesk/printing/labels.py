"""Stickers for copies: spine, bars, square, or several of them on one sticker."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from perpusdesk.printing import label_parts as parts
from perpusdesk.printing.barcodes import Symbology
from perpusdesk.printing.label_parts import LabelData
from perpusdesk.printing.label_sheets import LabelSheet
from perpusdesk.printing.paper import LINE, PALE, Box, Paper

__all__ = ["Design", "DrawnLabels", "LabelData", "LabelOptions", "draw_labels", "label_pages"]

_EDGE: Final = 0.8


class Design(StrEnum):
    """What stands on a sticker."""

    SPINE = "spine"
    BARCODE = "barcode"
    QR = "qr"
    SPINE_BARCODE = "spine-barcode"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class LabelOptions:
    """How to print: ``start`` counts stickers from 1, ``nudge`` is right and down in mm.

    ``symbology`` is that of the bars. A number that needs bars too thin to print gets a denser
    code; ``Design.ALL`` leaves the square out where bars and square do not fit side by side.
    """

    design: Design = Design.SPINE_BARCODE
    symbology: Symbology = Symbology.CODE128
    start: int = 1
    nudge: tuple[float, float] = (0.0, 0.0)
    bands: bool = True
    outlines: bool = False


@dataclass(frozen=True, slots=True)
class DrawnLabels:
    """The PDF, and which codes stand on each sticker (none where nothing readable fits)."""

    pdf: bytes
    codes: tuple[tuple[Symbology, ...], ...]


def label_pages(labels: Sequence[LabelData], sheet: LabelSheet, options: LabelOptions) -> bytes:
    """Return a PDF of as many sheets as the labels need, in millimetres that must not be scaled."""
    return draw_labels(labels, sheet, options).pdf


def draw_labels(
    labels: Sequence[LabelData],
    sheet: LabelSheet,
    options: LabelOptions,
    page_done: Callable[[int], object] = int,
) -> DrawnLabels:
    """Draw as ``label_pages`` does, and tell what became of the codes.

    ``page_done`` hears how many pages are finished, each time one more is.
    """
    paper = Paper(*sheet.page, sheet.name)
    codes = []
    for index, label in enumerate(labels, sheet.first_place(options.start)):
        page, place = divmod(index, sheet.count)
        if page and not place:
            paper.next_page()
            page_done(page)
        left, top = sheet.place(place)
        with paper.moved(left + options.nudge[0], top + options.nudge[1]):
            shown = label if options.bands else replace(label, band="")
            codes.append(_label(paper, shown, Box(0, 0, *sheet.label), options))
    return DrawnLabels(paper.finish(), tuple(codes))


def _label(
    paper: Paper, label: LabelData, box: Box, options: LabelOptions
) -> tuple[Symbology, ...]:
    if options.outlines:
        paper.box(*box, stroke=PALE, radius=1)
    if options.design is Design.SPINE:
        parts.spine_alone(paper, label, box)
        return ()
    if options.design is Design.QR:
        inner = Box(_EDGE, _EDGE, box.width - 2 * _EDGE, box.height - 2 * _EDGE)
        return parts.square_with_words(paper, label, inner)
    if options.design is Design.BARCODE:
        inner = Box(_EDGE, 0, box.width - 2 * _EDGE, box.height)
        room = parts.heading(paper, label, inner, library=True)
        return parts.bars(paper, label, room, options.symbology)
    return _both(paper, label, box, options)


def _both(paper: Paper, label: LabelData, box: Box, options: LabelOptions) -> tuple[Symbology, ...]:
    """Draw the spine at the left, to be folded round or cut off, and the codes at the right."""
    spine = min(32.0, max(15.0, 0.36 * box.width))
    parts.spine(paper, label, Box(0, 0, spine, box.height))
    paper.rule(spine, _EDGE, spine, box.height - _EDGE, colour=LINE, width=0.1, dash=(_EDGE, _EDGE))
    right = Box(spine + 0.5, 0, box.width - spine - 0.5 - _EDGE, box.height)
    room = parts.heading(paper, label, right)
    square: tuple[Symbology, ...] = ()
    if options.design is Design.ALL:
        room, square = parts.square_beside(paper, label, room, options.symbology)
    return (*parts.bars(paper, label, room, options.symbology), *square)
