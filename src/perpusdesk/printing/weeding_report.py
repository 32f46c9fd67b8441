"""The report of a weeding (penyiangan): what goes or went, why, and by which decision."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from perpusdesk.common.formats import long_date, number, rupiah, short_date
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
from perpusdesk.printing.paper import A4, Paper, wrapped
from perpusdesk.printing.table import Column, Table

_BOTTOM: Final = A4[1] - 22
_NEXT_TOP: Final = 20.0


@dataclass(frozen=True, slots=True)
class WeedingRow:
    """One copy and why it goes; ``price`` in whole rupiah (0: not known)."""

    barcode: str
    inventory: str
    title: str
    author: str
    year: str
    reason: str
    price: int = 0


@dataclass(frozen=True, slots=True)
class WeedingReport:
    """A proposal (``decree`` empty), or what a decision of ``decided`` withdrew."""

    head: Letterhead
    branch: str
    place: str
    made: date
    rows: tuple[WeedingRow, ...]
    decree: str = ""
    decided: date | None = None
    signatures: tuple[Signature, ...] = ()


def weeding_report(data: WeedingReport) -> bytes:
    """Return the report on as many A4 pages as it needs, numbered."""
    paper = Paper(*A4, _heading(data))
    table, rows = _table(), [_cells(place, row) for place, row in enumerate(data.rows, 1)]
    foot = _foot_words(data)
    look = Listing(
        first=lambda sheet: _first(sheet, data),
        foot=lambda page, pages: draw_foot(paper, foot, page_of(page, pages)),
        bottom=_BOTTOM,
        next_top=_NEXT_TOP,
    )
    y = draw_listing(paper, table, rows, look)
    if y + 6 + signature_height(data.signatures) > _BOTTOM:
        paper.next_page()
        y = _NEXT_TOP
    dated = f"{data.place}, {long_date(data.decided or data.made)}"
    draw_signatures(paper, dated, data.signatures, y + 6)
    return paper.finish()


def _table() -> Table:
    return Table(
        (
            Column(_("No."), 10, "right"),
            Column(_("Inventory number and barcode"), 32, lines=3),
            Column(_("Title and author"), 57, lines=4),
            Column(_("Year"), 14, lines=1),
            Column(_("Price (Rp)"), 22, "right", lines=1),
            Column(_("Reason"), 38, lines=4),
        ),
        MARGIN,
    )


def _cells(place: int, row: WeedingRow) -> tuple[str, ...]:
    numbers = " · ".join(part for part in (row.inventory, row.barcode) if part)
    what = " / ".join(part for part in (row.title, row.author) if part)
    price = number(row.price) if row.price else ""
    return (str(place), numbers, what, row.year, price, row.reason)


def _heading(data: WeedingReport) -> str:
    return _("Report of a weeding") if data.decree else _("Proposal for weeding")


def _first(paper: Paper, data: WeedingReport) -> float:
    y = draw_letterhead(paper, data.head) + 10
    paper.text(MARGIN, y, _heading(data), 15, bold=True)
    y += 7
    for line in wrapped(_opening(data), A4[0] - 2 * MARGIN, 10):
        paper.text(MARGIN, y, line, 10)
        y += 4.8
    return y + 2


def _opening(data: WeedingReport) -> str:
    count = ngettext("{n} copy", "{n} copies", len(data.rows)).format(n=number(len(data.rows)))
    worth = rupiah(sum(row.price for row in data.rows))
    facts = {"count": count, "branch": data.branch, "worth": worth}
    if not data.decree:
        return _(
            "{count} of {branch}, bought for {worth} in all, are proposed to be withdrawn from"
            " the collection for the reasons given."
        ).format(**facts)
    decided = long_date(data.decided or data.made)
    return _(
        "By decision {decree} of {date}, {count} of {branch}, bought for {worth} in all, were"
        " withdrawn from the collection for the reasons given."
    ).format(decree=data.decree, date=decided, **facts)


def _foot_words(data: WeedingReport) -> str:
    made = _("Made {moment}").format(moment=short_date(data.made))
    return " · ".join(part for part in (data.head.library, data.decree, made) if part)
