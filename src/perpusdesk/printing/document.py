"""An official document of any length: letterhead, headings, paragraphs, facts, tables, signatures.

For papers that are read from top to bottom and may take many pages; A4 upright or across.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from perpusdesk.printing.official import (
    MARGIN,
    Letterhead,
    Signature,
    draw_foot,
    draw_letterhead,
    draw_signatures,
    signature_height,
)
from perpusdesk.printing.paper import A4, INK, MUTED, Paper, text_width, wrapped
from perpusdesk.printing.table import Column, Table

_SIZE: Final = 10.0
_LEADING: Final = 5.0
_NEXT_TOP: Final = 20.0
_LABEL: Final = 52.0
"""Millimetres for the names of facts."""


@dataclass(frozen=True, slots=True)
class Heading:
    """Begins a part; never left alone at the foot of a page."""

    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text; line breaks in it are kept."""

    text: str
    muted: bool = False


@dataclass(frozen=True, slots=True)
class Facts:
    """Names and values below each other; values may be several lines long."""

    pairs: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table; ``empty`` stands in its place when there are no rows."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    empty: str = ""
    size: float = 8.5


@dataclass(frozen=True, slots=True)
class Picture:
    """A small picture at the left, as wide as high by 3 to 4. ``image``: bytes of a file."""

    image: bytes


Block = Heading | Paragraph | Facts | Grid | Picture


@dataclass(frozen=True, slots=True)
class Document:
    """Everything on the paper; ``number`` stands below the title, ``foot`` on every page.

    ``dated`` (place and date) stands above the last signature; ``annex`` begins a page of its own.
    """

    head: Letterhead
    title: str
    blocks: tuple[Block, ...]
    number: str = ""
    dated: str = ""
    foot: str = ""
    signatures: tuple[Signature, ...] = ()
    across: bool = False
    annex: tuple[Block, ...] = ()


def document_pages(data: Document) -> bytes:
    """Return the document on as many pages as it needs, numbered."""
    size = (A4[1], A4[0]) if data.across else A4
    pages = _Pages(Paper(*size, ""), data, 0).draw()
    paper = Paper(*size, data.title)
    _Pages(paper, data, pages).draw()
    return paper.finish()


class _Pages:
    """Draws from top to bottom, page after page; drawn once to count the pages."""

    def __init__(self, paper: Paper, data: Document, pages: int) -> None:
        self._paper, self._data, self._pages = paper, data, pages
        self._bottom = paper.height - 22
        self._width = paper.width - 2 * MARGIN
        self._page, self._y = 1, 0.0

    def draw(self) -> int:
        """Draw all of it; return the number of pages."""
        self._y = draw_letterhead(self._paper, self._data.head) + 11
        self._title()
        for block in self._data.blocks:
            self._block(block)
        if self._data.signatures:
            self._room(4 + signature_height(self._data.signatures))
            draw_signatures(self._paper, self._data.dated, self._data.signatures, self._y + 4)
        if self._data.annex:
            self._turn()
        for block in self._data.annex:
            self._block(block)
        self._foot()
        return self._page

    def _title(self) -> None:
        paper, middle = self._paper, self._paper.width / 2
        for line in wrapped(self._data.title, self._width, 13, bold=True, lines=3, even=True):
            paper.text(middle, self._y, line, 13, bold=True, align="center")
            half = text_width(line, 13, bold=True) / 2
            paper.rule(middle - half, self._y + 1.2, middle + half, self._y + 1.2, colour=INK)
            self._y += 6.4
        if self._data.number:
            paper.text(middle, self._y, self._data.number, _SIZE, align="center", width=self._width)
            self._y += 6
        self._y += 3

    def _block(self, block: Block) -> None:
        if isinstance(block, Heading):
            self._room(34)
            self._y += 8
            self._paper.text(MARGIN, self._y, block.text, 11.5, bold=True, width=self._width)
            self._y += 3
        elif isinstance(block, Paragraph):
            self._paragraph(block)
        elif isinstance(block, Facts):
            self._facts(block)
        elif isinstance(block, Picture):
            self._room(46)
            self._paper.picture(block.image, MARGIN, self._y + 2, 30, 40)
            self._y += 46
        else:
            self._grid(block)

    def _paragraph(self, block: Paragraph) -> None:
        colour = MUTED if block.muted else INK
        self._y += 3
        for part in block.text.splitlines():
            for line in wrapped(part, self._width, _SIZE) or [""]:
                self._room(_LEADING)
                self._y += _LEADING
                self._paper.text(MARGIN, self._y - 1.5, line, _SIZE, colour=colour)
        self._y += 0.5

    def _facts(self, block: Facts) -> None:
        self._y += 2
        room = self._width - _LABEL
        for name, value in block.pairs:
            parts = [line for part in value.splitlines() for line in wrapped(part, room, _SIZE)]
            names = wrapped(name, _LABEL - 4, _SIZE, lines=2)
            for place in range(max(len(parts), len(names), 1)):
                self._room(_LEADING)
                self._y += _LEADING
                if place < len(names):
                    self._paper.text(MARGIN, self._y - 1, names[place], _SIZE, colour=MUTED)
                if place < len(parts):
                    self._paper.text(MARGIN + _LABEL, self._y - 1, parts[place], _SIZE)
            self._y += 0.6

    def _grid(self, block: Grid) -> None:
        if not block.rows:
            if block.empty:
                self._paragraph(Paragraph(block.empty, muted=True))
            return
        table = Table(block.columns, MARGIN, block.size)
        self._room(20)
        self._y = table.heading(self._paper, self._y + 3)
        for cells in block.rows:
            if self._y + table.height(cells) > self._bottom:
                self._turn()
                self._y = table.heading(self._paper, self._y)
            self._y = table.row(self._paper, self._y, cells)
        self._y += 3

    def _room(self, height: float) -> None:
        """Begin a new page where less than this is left."""
        if self._y + height > self._bottom:
            self._turn()

    def _turn(self) -> None:
        self._foot()
        self._paper.next_page()
        self._page += 1
        self._y = _NEXT_TOP

    def _foot(self) -> None:
        draw_foot(self._paper, self._data.foot, f"Halaman {self._page} dari {self._pages}")
