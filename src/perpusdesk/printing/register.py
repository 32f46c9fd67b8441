"""The accession register (buku induk) on A4 across: a line for each copy, a sum on each page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from perpusdesk.common.formats import long_date, number, short_date
from perpusdesk.common.i18n import _, ngettext
from perpusdesk.printing.listing import Listing, draw_listing
from perpusdesk.printing.official import (
    Letterhead,
    Signature,
    draw_foot,
    draw_signatures,
    page_of,
    signature_height,
)
from perpusdesk.printing.paper import A4, INK, MUTED, Paper
from perpusdesk.printing.table import Column, Table

ACROSS: Final = (A4[1], A4[0])
_LEFT: Final = 14.0
_RIGHT: Final = ACROSS[0] - _LEFT
_BOTTOM: Final = ACROSS[1] - 30
_NEXT_TOP: Final = 15.0


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """One copy; ``source`` with who it came from, ``price`` in whole rupiah (0: not known)."""

    received: date | None
    inventory: str
    author: str
    title: str
    imprint: str
    source: str
    price: int = 0
    note: str = ""


@dataclass(frozen=True, slots=True)
class Register:
    """A part of the register; ``part`` says which (``Januari 2026``, ``00001 – 00200``)."""

    head: Letterhead
    branch: str
    part: str
    place: str
    made: date
    rows: tuple[RegisterRow, ...]
    signatures: tuple[Signature, ...] = ()


def register_pages(data: Register) -> bytes:
    """Return the register with the sum of each page and what came before it."""
    paper = Paper(*ACROSS, f"{_('Accession register')} {data.part}")
    table, rows = _table(), [_cells(place, row) for place, row in enumerate(data.rows, 1)]
    foot = f"{data.head.library} · {_('Made {moment}').format(moment=short_date(data.made))}"

    def sums(places: Sequence[int], y: float) -> float:
        before = data.rows[: places[0]] if places else ()
        return _sums(paper, table, y, [data.rows[place] for place in places], before)

    def draw_page_foot(page: int, pages: int) -> None:
        draw_foot(paper, foot, page_of(page, pages), margin=_LEFT, up=8)

    look = Listing(lambda sheet: _first(sheet, data), draw_page_foot, _BOTTOM, _NEXT_TOP, sums)
    y = draw_listing(paper, table, rows, look)
    if data.signatures:
        if y + 4 + signature_height(data.signatures) > ACROSS[1] - 16:
            paper.next_page()
            y = _NEXT_TOP
        draw_signatures(paper, f"{data.place}, {long_date(data.made)}", data.signatures, y + 4)
    return paper.finish()


def _table() -> Table:
    return Table(
        (
            Column(_("No."), 11, "right"),
            Column(_("Date"), 21, lines=1),
            Column(_("Inventory number"), 34),
            Column(_("Author"), 36),
            Column(_("Title"), 58, lines=3),
            Column(_("Publisher, place, year"), 41, lines=3),
            Column(_("Source"), 26),
            Column(_("Price (Rp)"), 20, "right", lines=1),
            Column(_("Remarks"), 24, lines=3),
        ),
        _LEFT,
        8.0,
    )


def _cells(place: int, row: RegisterRow) -> tuple[str, ...]:
    return (
        number(place),
        short_date(row.received) if row.received else "",
        row.inventory,
        row.author,
        row.title,
        row.imprint,
        row.source,
        number(row.price) if row.price else "",
        row.note,
    )


def _first(paper: Paper, data: Register) -> float:
    paper.text(_LEFT, 18, _("Accession register"), 15, bold=True)
    paper.text(_LEFT, 24, data.part, 10.5, width=160)
    library = " · ".join(part for part in (data.head.library, data.branch) if part)
    paper.text(_RIGHT, 18, library, 10.5, bold=True, align="right", width=150, smallest=8)
    count = ngettext("{n} copy", "{n} copies", len(data.rows)).format(n=number(len(data.rows)))
    paper.text(_RIGHT, 24, count, 10.5, colour=MUTED, align="right")
    return 28.0


def _sums(
    paper: Paper,
    table: Table,
    top: float,
    rows: Sequence[RegisterRow],
    pages_before: Sequence[RegisterRow],
) -> float:
    """Draw what the page comes to, and all pages so far; return the y below."""
    here, before = (sum(row.price for row in part) for part in (rows, pages_before))
    right = _LEFT + sum(column.width for column in table.columns[:8]) - 2
    paper.rule(_LEFT, top + 0.6, _RIGHT, top + 0.6, width=0.3, colour=INK)
    copies = ngettext("{n} copy", "{n} copies", len(rows)).format(n=number(len(rows)))
    lines = [(f"{_('This page')}: {copies}", here)]
    if before:
        lines = [(_("Pages before"), before), *lines, (_("Up to this page"), before + here)]
    y = top + 0.6
    for words, sum_ in lines:
        y += 4.2
        paper.text(right - 24, y, words, 8, align="right", colour=MUTED)
        paper.text(right, y, number(sum_), 8, bold=True, align="right")
    return y + 2
