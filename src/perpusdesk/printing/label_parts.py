"""What a sticker is made of: the spine's call number, bars with their number, the square."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from perpusdesk.printing.barcodes import Symbology, quiet
from perpusdesk.printing.code_blocks import CodeChoice, choose_code, draw_code
from perpusdesk.printing.paper import MUTED, Box, Paper, text_width, wrapped

PADDING: Final = 1.8
_POINT: Final = 0.3528
"""Millimetres in a point."""
_LARGEST: Final = 30.0
_TALLEST_BARS: Final = 16.0
_NUMBER: Final = 3.4
"""Millimetres for the number below its bars."""
_HIGH: Final = 28.0
"""From this height on, a sticker has room for the library's name."""


@dataclass(frozen=True, slots=True)
class LabelData:
    """One copy; ``call_number`` is one piece per line, ``band`` a colour like ``#C0392B``."""

    barcode: str
    call_number: tuple[str, ...]
    title: str = ""
    library: str = ""
    band: str = ""


def spine(paper: Paper, label: LabelData, box: Box, *, largest: float = 15.0) -> None:
    """Draw the call number, one piece per line, as large as fits.

    A band in the colour of the class lies across the top: folded round a thin spine it is seen
    from the front, whatever the spine's width.
    """
    middle, room = box.x + box.width / 2, box.width - 2.4
    top, bottom = box.y + PADDING, box.y + box.height - PADDING
    if label.band:
        tall = min(4.0, max(2.0, 0.11 * box.height))
        paper.box(box.x + 0.8, box.y + 0.8, box.width - 1.6, tall, fill=label.band)
        top = box.y + tall + 1.6
    if label.library and box.height >= _HIGH:
        top = _library(paper, label.library, middle, room, top)
    pieces = [piece for piece in label.call_number if piece.strip()]
    if not pieces:
        return
    size = min(largest, (bottom - top) / len(pieces) / _POINT / 1.15)
    widest = max(text_width(piece, size, bold=True) for piece in pieces)
    size = max(5.0, min(size, 0.99 * size * room / max(widest, 0.01)))
    leading = size * _POINT * 1.15
    baseline = (top + bottom - leading * len(pieces)) / 2 + leading * 0.82
    for piece in pieces:
        paper.text(middle, baseline, piece, size, bold=True, align="center", width=room)
        baseline += leading


def spine_alone(paper: Paper, label: LabelData, box: Box) -> None:
    """Draw a sticker that is all spine: larger letters."""
    spine(paper, label, box, largest=_LARGEST)


def _library(paper: Paper, name: str, middle: float, room: float, top: float) -> float:
    lines = wrapped(name, room, 5.5, lines=2, even=True)
    top = paper.lines(middle, top + 1.6, lines, 5.5, 2.2, colour=MUTED, align="center") - 1.4
    paper.rule(middle - room / 2 - 0.6, top, middle + room / 2 + 0.6, top, width=0.15)
    return top + 0.8


def heading(paper: Paper, label: LabelData, box: Box, *, library: bool = False) -> Box:
    """Write title (and library) where the sticker is high enough; return the room below."""
    top = box.y + PADDING
    if library and label.library and box.height >= _HIGH:
        lines = wrapped(label.library, box.width - 2.4, 5.5, lines=1)
        middle = box.x + box.width / 2
        top = paper.lines(middle, top + 1.6, lines, 5.5, 2.4, colour=MUTED, align="center") - 1.0
    if label.title and box.height >= 24:
        lines = wrapped(label.title, box.width - 2.4, 6.5, lines=2 if box.height >= 30 else 1)
        if library:
            middle = box.x + box.width / 2
            top = paper.lines(middle, top + 2.0, lines, 6.5, 2.6, align="center") - 1.2
        else:
            top = paper.lines(box.x + 1.2, top + 2.0, lines, 6.5, 2.6) - 1.2
    return Box(box.x, top, box.width, box.y + box.height - PADDING - top)


def bars(paper: Paper, label: LabelData, box: Box, symbology: Symbology) -> tuple[Symbology, ...]:
    """Draw the bars in the middle of the box and the number below; return the code drawn."""
    tall = min(_TALLEST_BARS, box.height - _NUMBER)
    top = box.y + (box.height - tall - _NUMBER) / 2
    drawn = draw_code(paper, label.barcode, symbology, Box(box.x, top, box.width, tall))
    middle, baseline = box.x + box.width / 2, top + tall + 3.0
    paper.text(
        middle, baseline, label.barcode, 8.5, align="center", width=box.width - 1.6, smallest=5
    )
    return _named(drawn)


def square_beside(
    paper: Paper, label: LabelData, box: Box, symbology: Symbology
) -> tuple[Box, tuple[Symbology, ...]]:
    """Draw the square at the right where the wished bars still fit beside it.

    Return the room that is left for them (they matter more than it does) and the code drawn.
    """
    side = min(box.height, box.width * 0.38)
    bars_beside = choose_code(label.barcode, symbology, box.width - side, box.width)
    if bars_beside is None or bars_beside.symbology is not symbology:
        return box, ()
    place = Box(box.x + box.width - side, box.y + (box.height - side) / 2, side, side)
    drawn = draw_code(paper, label.barcode, Symbology.QR, place)
    return Box(box.x, box.y, box.width - side, box.height), _named(drawn)


def square_with_words(paper: Paper, label: LabelData, box: Box) -> tuple[Symbology, ...]:
    """Draw the square at the left, and beside it call number, number and title."""
    most = min(box.height, box.width * 0.6)
    choice = choose_code(label.barcode, Symbology.QR, most, most)
    side = choice.width + 2 * quiet(Symbology.QR) * choice.module if choice else 0.0
    top = box.y + (box.height - side) / 2
    if choice:
        draw_code(paper, label.barcode, Symbology.QR, Box(box.x, top, side, side))
    left, room = box.x + side + 0.6, box.width - side - 2.0
    lines = [(piece, 12.0, True) for piece in label.call_number if piece.strip()]
    lines.append((label.barcode, 8.5, False))
    if label.title and box.height >= 24:
        lines += [(line, 6.5, False) for line in wrapped(label.title, room, 6.5, lines=2)]
    _words(paper, lines, Box(left, box.y, room, box.height))
    return _named(choice)


def _words(paper: Paper, lines: list[tuple[str, float, bool]], box: Box) -> None:
    """Write lines (text, points, bold) in the middle of the box's height, smaller if need be."""
    natural = sum(size for _text, size, _bold in lines) * _POINT * 1.25
    shrink = min(1.0, (box.height - 2 * PADDING) / natural)
    baseline = box.y + (box.height - natural * shrink) / 2
    for text, size, bold in lines:
        leading = size * shrink * _POINT * 1.25
        baseline += leading * 0.8
        paper.text(box.x, baseline, text, size * shrink, bold=bold, width=box.width, smallest=4)
        baseline += leading * 0.2


def _named(drawn: CodeChoice | None) -> tuple[Symbology, ...]:
    return (drawn.symbology,) if drawn else ()
