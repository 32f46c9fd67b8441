"""What a page paints below its letters: key caps, code, and blocks of code, with round corners."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from PySide6.QtCore import QRectF
from PySide6.QtGui import QFontMetricsF, QPainter, QTextBlock, QTextDocument, QTextLayout

from perpusdesk.ui.help.dressing import CAP, blocks, fragments, is_code, is_quote
from perpusdesk.ui.kit.theme import RADIUS_FIELD
from perpusdesk.ui.kit.theme.paint import rounded

_CAP = 4
_ABOVE, _BELOW, _KEY_SIDE, _CODE_SIDE = 3.0, 2.0, 1.5, 3.0
_ROOM = 12.0


@dataclass(frozen=True, slots=True)
class _Cap:
    """Letters on a ground of their own: a block and where in it."""

    block: QTextBlock
    start: int
    end: int
    key: bool
    ascent: float
    descent: float


class Grounds:
    """Finds the grounds of a dressed page once, and paints those in sight."""

    def __init__(self, document: QTextDocument) -> None:
        self._layout = document.documentLayout()
        self._caps = list(_caps(document))
        self._code = list(_runs(document, is_code))
        self._quotes = list(_runs(document, is_quote))

    def paint(self, painter: QPainter, seen: QRectF, width: float) -> None:
        """Paint in the coordinates of the page; ``seen`` is the part in sight."""
        for runs, fill in ((self._code, "hover"), (self._quotes, "accent_tint")):
            for run in runs:
                place = self._round(run, width)
                if place.intersects(seen):
                    rounded(painter, place, fill=fill, radius=RADIUS_FIELD)
        for cap in self._caps:
            for place in self._places(cap):
                if place.intersects(seen):
                    line = "line" if cap.key else None
                    fill = "card" if cap.key else "hover"
                    rounded(painter, place, fill=fill, line=line, radius=_CAP)

    def _round(self, run: list[QTextBlock], width: float) -> QRectF:
        """Return the room of blocks that stand together, as wide as the page."""
        first, last = (self._layout.blockBoundingRect(run[place]) for place in (0, -1))
        place = QRectF(0, first.top(), width, last.bottom() - first.top())
        return place.adjusted(0, 2 - _ROOM, 0, _ROOM - 2)

    def _places(self, cap: _Cap) -> Iterator[QRectF]:
        """Yield a rectangle for each line that the letters are on."""
        layout: QTextLayout = cap.block.layout()
        corner = self._layout.blockBoundingRect(cap.block).topLeft()
        for number in range(layout.lineCount()):
            line = layout.lineAt(number)
            start = max(cap.start, line.textStart())
            end = min(cap.end, line.textStart() + line.textLength())
            if start >= end:
                continue
            left, right = (_x(line.cursorToX(place)) for place in (start, end))
            base = line.y() + line.ascent()
            top, bottom = base - cap.ascent - _ABOVE, base + cap.descent + _BELOW
            place = QRectF(left, top, right - left, bottom - top)
            side = _KEY_SIDE if cap.key else _CODE_SIDE
            place.adjust(-side, 0, side, 0)
            yield place.translated(corner)


def _x(found: object) -> float:
    """Return the place across; Qt answers with it alone, or with the letter too."""
    place = found[0] if isinstance(found, (tuple, list)) else found
    assert isinstance(place, (int, float))
    return float(place)


def _caps(document: QTextDocument) -> Iterator[_Cap]:
    for block in blocks(document):
        for piece in fragments(block):
            kind = piece.charFormat().property(CAP)
            if kind:
                start = piece.position() - block.position()
                metrics = QFontMetricsF(piece.charFormat().font())
                yield _Cap(
                    block,
                    start,
                    start + piece.length(),
                    kind == "key",
                    metrics.ascent(),
                    metrics.descent(),
                )


def _runs(
    document: QTextDocument, belongs: Callable[[QTextBlock], bool]
) -> Iterator[list[QTextBlock]]:
    run: list[QTextBlock] = []
    for block in blocks(document):
        if belongs(block):
            run.append(block)
        elif run:
            yield run
            run = []
    if run:
        yield run
