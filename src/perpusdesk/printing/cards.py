"""Member cards, 85.6 x 54 mm: one by one, or ten on A4 with marks to cut along."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from perpusdesk.common.formats import long_date
from perpusdesk.common.i18n import _
from perpusdesk.printing.barcodes import Symbology
from perpusdesk.printing.code_blocks import draw_code
from perpusdesk.printing.label_sheets import LabelSheet, Pair
from perpusdesk.printing.paper import A4, ACCENT, INK, LINE, MUTED, PALE, Box, Paper, wrapped

WIDTH: Final = 85.6
HEIGHT: Final = 54.0
COLUMNS: Final = 2
ROWS: Final = 5
_GAP: Final = 3.0
_CORNER: Final = 3.2
_BAND: Final = 11.5
_PHOTO: Final = Box(4.0, 14.5, 17.1, 22.8)
_TEXT: Final = 24.5
_BARS: Final = Box(4.0, 40.5, 62.0, 9.0)
_QR: Final = Box(66.0, 34.4, 18.0, 18.0)


@dataclass(frozen=True, slots=True)
class CardData:
    """What stands on a card; ``photo`` is an image file's bytes, ``None`` leaves a frame."""

    library: str
    branch: str
    name: str
    number: str
    category: str
    expires: date | None = None
    photo: bytes | None = None
    colour: str = ACCENT


def card_pages(cards: Sequence[CardData], nudge: Pair = (0.0, 0.0)) -> bytes:
    """Return one page of the card's own size per card, for card printers."""
    paper = Paper(WIDTH, HEIGHT, _("Member card"))
    for index, card in enumerate(cards):
        if index:
            paper.next_page()
        with paper.moved(*nudge):
            _card(paper, card, 0.0)
    return paper.finish()


def card_sheets(cards: Sequence[CardData], start: int = 1, nudge: Pair = (0.0, 0.0)) -> bytes:
    """Return A4 pages of ten cards, outlined, with marks to cut along.

    ``start`` is the first free place (from 1), ``nudge`` right and down in mm.
    """
    paper, sheet = Paper(*A4, _("Member card")), on_a4()
    for index, card in enumerate(cards, sheet.first_place(start)):
        page, place = divmod(index, sheet.count)
        if page and not place:
            paper.next_page()
        left, top = sheet.place(place)
        with paper.moved(*nudge):
            _cut_marks(paper, left, top)
        with paper.moved(left + nudge[0], top + nudge[1]):
            _card(paper, card, _CORNER)
            paper.box(0, 0, WIDTH, HEIGHT, stroke=PALE, radius=_CORNER, line=0.15)
    return paper.finish()


def on_a4() -> LabelSheet:
    """Return the A4 page of ten cards as a sheet of places."""
    left = (A4[0] - COLUMNS * WIDTH - (COLUMNS - 1) * _GAP) / 2
    top = (A4[1] - ROWS * HEIGHT - (ROWS - 1) * _GAP) / 2
    name, grid = _("Ten cards on A4"), (COLUMNS, ROWS)
    return _sheet("card-a4", name, A4, grid=grid, margin=(left, top), gap=(_GAP, _GAP))


def alone() -> LabelSheet:
    """Return the page of one card as a sheet of one place."""
    name = _("Card printer (85.6 × 54 mm)")
    return _sheet("card-cr80", name, (WIDTH, HEIGHT), grid=(1, 1), margin=(0, 0), gap=(0, 0))


def _sheet(
    key: str, name: str, page: Pair, *, grid: tuple[int, int], margin: Pair, gap: Pair
) -> LabelSheet:
    source, label = "ISO/IEC 7810 ID-1", (WIDTH, HEIGHT)
    return LabelSheet(key, name, date.min, source, True, page, label, *grid, margin, gap)


def _cut_marks(paper: Paper, left: float, top: float) -> None:
    for x, outward in ((left, -1), (left + WIDTH, 1)):
        for y, downward in ((top, -1), (top + HEIGHT, 1)):
            paper.rule(x + outward * 0.3, y, x + outward * 1.4, y, width=0.1, colour=LINE)
            paper.rule(x, y + downward * 0.3, x, y + downward * 1.4, width=0.1, colour=LINE)


def _card(paper: Paper, card: CardData, corner: float) -> None:
    with paper.clipped(Box(0, 0, WIDTH, HEIGHT), corner):
        paper.box(0, 0, WIDTH, _BAND, fill=card.colour)
    _heading(paper, card)
    _photo(paper, card)
    _person(paper, card)
    draw_code(paper, card.number, Symbology.CODE128, _BARS, centred=False)
    draw_code(paper, card.number, Symbology.QR, _QR)


def _heading(paper: Paper, card: CardData) -> None:
    white = "#FFFFFF"
    room = WIDTH - 2 * 4 - 26
    paper.text(
        4,
        5.2 if card.branch else 7.2,
        card.library,
        10,
        bold=True,
        colour=white,
        width=room,
        smallest=7,
    )
    paper.text(4, 9.2, card.branch, 7, colour=white, width=room)
    label = _("Member card").upper()
    paper.text(WIDTH - 4, 7.0, label, 7, bold=True, colour=white, align="right", width=25)


def _photo(paper: Paper, card: CardData) -> None:
    if card.photo is not None:
        paper.picture(card.photo, *_PHOTO)
    paper.box(*_PHOTO, stroke=LINE, line=0.15)
    if card.photo is None:
        middle = _PHOTO.x + _PHOTO.width / 2
        paper.text(middle, _PHOTO.y + 12, "3 × 4", 7, colour=MUTED, align="center")


def _person(paper: Paper, card: CardData) -> None:
    room = WIDTH - _TEXT - 4
    size = 12.0 if len(wrapped(card.name, room, 12, bold=True)) == 1 else 10.0
    lines = wrapped(card.name, room, size, bold=True, lines=2)
    below = paper.lines(_TEXT, 18.4, lines, size, 4.2, bold=True) + 0.6
    until = long_date(card.expires) if card.expires else _("No expiry")
    facts = [(_("No."), card.number), (_("Category"), card.category), (_("Valid until"), until)]
    for label, value in facts:
        paper.text(_TEXT, below, label, 7, colour=MUTED, width=17, smallest=5.5)
        paper.text(
            _TEXT + 18,
            below,
            value,
            8,
            bold=label == facts[0][0],
            colour=INK,
            width=room - 18,
            smallest=6,
        )
        below += 3.9
