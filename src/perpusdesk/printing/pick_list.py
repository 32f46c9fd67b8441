"""What to pick from the shelves, on A4: in the order of the shelves, with a box to tick."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from perpusdesk.common.formats import date_and_time, number
from perpusdesk.common.i18n import _, ngettext
from perpusdesk.printing.official import MARGIN
from perpusdesk.printing.paper import A4, LINE, MUTED, PALE, Paper
from perpusdesk.printing.privacy import mask_card, short_name

_ROW: Final = 11.0
_TOP: Final = 42.0
_NEXT_TOP: Final = 20.0
_BOTTOM: Final = A4[1] - 20
_TICK: Final = 4.0
_SHELF: Final = (6.5, 31.0)
_TITLE: Final = (40.0, 72.0)
_CODES: Final = (115.0, 24.0)
_MEMBER: Final = (141.0, 29.0)
"""Left edge and width of each column in millimetres from the margin."""


@dataclass(frozen=True, slots=True)
class PickRow:
    """One hold: any of the copies will do; member and card are given whole, printed shortened."""

    call_number: str
    location: str
    title: str
    author: str
    barcodes: tuple[str, ...]
    member: str
    card: str
    to_branch: str = ""


@dataclass(frozen=True, slots=True)
class PickList:
    """The list of one branch."""

    library: str
    branch: str
    made: datetime
    rows: tuple[PickRow, ...]


def pick_list(data: PickList) -> bytes:
    """Return the list on as many A4 pages as it needs, sorted by location and call number."""
    paper = Paper(*A4, _("Pick list"))
    rows = sorted(data.rows, key=lambda row: (row.location, row.call_number, row.title))
    pages = _pages(rows)
    y = _heading(paper, data)
    for page, part in enumerate(pages):
        if page:
            paper.next_page()
            y = _NEXT_TOP
        for row in part:
            _draw(paper, row, y)
            y += _ROW
        _foot(paper, data, page + 1, len(pages))
    return paper.finish()


def _pages(rows: Sequence[PickRow]) -> list[list[PickRow]]:
    pages: list[list[PickRow]] = [[]]
    y = _TOP
    for row in rows:
        if y + _ROW > _BOTTOM:
            pages.append([])
            y = _NEXT_TOP
        pages[-1].append(row)
        y += _ROW
    return pages


def _heading(paper: Paper, data: PickList) -> float:
    paper.text(MARGIN, 20, _("Pick list"), 15, bold=True)
    count = ngettext("{n} hold", "{n} holds", len(data.rows)).format(n=number(len(data.rows)))
    about = f"{data.branch} · {date_and_time(data.made)} · {count}"
    paper.text(MARGIN, 26, about, 10.5, colour=MUTED, width=A4[0] - 2 * MARGIN)
    y = _TOP - 6
    for (left, width), words in (
        (_SHELF, _("Call number")),
        (_TITLE, _("Title")),
        (_CODES, _("Barcode")),
        (_MEMBER, _("Member")),
    ):
        paper.text(MARGIN + left, y, words, 8.5, bold=True, width=width)
    paper.rule(MARGIN, y + 2, A4[0] - MARGIN, y + 2, width=0.3)
    return _TOP


def _draw(paper: Paper, row: PickRow, y: float) -> None:
    paper.box(MARGIN, y - 3.4, _TICK, _TICK, stroke=LINE, line=0.2, radius=0.6)
    codes = ", ".join(row.barcodes[:2]) + (" …" if len(row.barcodes) > 2 else "")
    who = f"{short_name(row.member)} {mask_card(row.card)}"
    to = _("for {branch}").format(branch=row.to_branch) if row.to_branch else ""
    _cell(paper, _SHELF, y, row.call_number, row.location, bold=True)
    _cell(paper, _TITLE, y, row.title, row.author)
    _cell(paper, _CODES, y, codes, "")
    _cell(paper, _MEMBER, y, who, to)
    paper.rule(MARGIN, y + 6, A4[0] - MARGIN, y + 6, width=0.1, colour=PALE)


def _cell(
    paper: Paper,
    column: tuple[float, float],
    y: float,
    upper: str,
    lower: str,
    *,
    bold: bool = False,
) -> None:
    left, width = MARGIN + column[0], column[1]
    paper.text(left, y, upper, 9, bold=bold, width=width, smallest=6.5)
    paper.text(left, y + 4, lower, 8, colour=MUTED, width=width, smallest=6.5)


def _foot(paper: Paper, data: PickList, page: int, pages: int) -> None:
    y = A4[1] - 12
    paper.text(MARGIN, y, data.library, 7.5, colour=MUTED, width=120)
    words = _("Page {page} of {pages}").format(page=page, pages=pages)
    paper.text(A4[0] - MARGIN, y, words, 7.5, colour=MUTED, align="right")
