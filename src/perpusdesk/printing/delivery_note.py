"""The note that copies travel with: what was packed for whom, with room for two signatures."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from perpusdesk.common.formats import long_date, number
from perpusdesk.common.i18n import _, ngettext
from perpusdesk.printing.listing import Listing, draw_listing
from perpusdesk.printing.official import (
    MARGIN,
    Letterhead,
    Signature,
    draw_foot,
    draw_letterhead,
    draw_signatures,
    page_of,
    signature_height,
)
from perpusdesk.printing.paper import A4, MUTED, Paper
from perpusdesk.printing.table import Column, Table

_BOTTOM: Final = A4[1] - 22
_NEXT_TOP: Final = 20.0


@dataclass(frozen=True, slots=True)
class NoteRow:
    """One copy; ``note`` says why it travels, or that it arrived already."""

    barcode: str
    inventory: str
    title: str
    author: str
    call_number: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class DeliveryNote:
    """All copies of one note, in the order in which they were packed."""

    head: Letterhead
    paper: str
    from_name: str
    to_name: str
    sent: date
    place: str
    rows: tuple[NoteRow, ...]
    sender: str = ""


def delivery_note(data: DeliveryNote) -> bytes:
    """Return the note on as many A4 pages as it needs, numbered."""
    paper = Paper(*A4, data.paper)
    table, rows = _table(), [_cells(place, row) for place, row in enumerate(data.rows, 1)]
    foot = f"{data.head.library} · {data.paper}"
    look = Listing(
        first=lambda sheet: _first(sheet, data),
        foot=lambda page, pages: draw_foot(paper, foot, page_of(page, pages)),
        bottom=_BOTTOM,
        next_top=_NEXT_TOP,
    )
    y = draw_listing(paper, table, rows, look)
    if y + 14 + signature_height((Signature(""),)) > _BOTTOM:
        paper.next_page()
        y = _NEXT_TOP
    _end(paper, data, y)
    return paper.finish()


def _table() -> Table:
    return Table(
        (
            Column(_("No."), 10, "right"),
            Column(_("Barcode"), 25, lines=1),
            Column(_("Inventory number"), 30),
            Column(_("Title and author"), 61, lines=3),
            Column(_("Call number"), 27),
            Column(_("Remarks"), 20),
        ),
        MARGIN,
    )


def _cells(place: int, row: NoteRow) -> tuple[str, ...]:
    what = " / ".join(part for part in (row.title, row.author) if part)
    return (str(place), row.barcode, row.inventory, what, row.call_number, row.note)


def _first(paper: Paper, data: DeliveryNote) -> float:
    y = draw_letterhead(paper, data.head) + 10
    paper.text(MARGIN, y, _("Delivery note"), 15, bold=True)
    facts = (
        (_("Number"), data.paper),
        (_("From"), data.from_name),
        (_("To"), data.to_name),
        (_("Date"), long_date(data.sent)),
    )
    y += 8
    for label, value in facts:
        paper.text(MARGIN, y, label, 10, colour=MUTED)
        paper.text(MARGIN + 24, y, value, 10, bold=label == facts[2][0], width=140, smallest=8)
        y += 5.2
    return y + 2


def _end(paper: Paper, data: DeliveryNote, y: float) -> None:
    count = ngettext("{n} copy", "{n} copies", len(data.rows)).format(n=number(len(data.rows)))
    paper.text(MARGIN, y + 7, count, 10, bold=True)
    received = Signature(_("Received by"), lead=_("Date:"))
    sent = Signature(_("Sent by"), data.sender)
    dated = f"{data.place}, {long_date(data.sent)}"
    draw_signatures(paper, dated, (received, sent), y + 12)
