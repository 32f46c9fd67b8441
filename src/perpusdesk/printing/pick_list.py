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
_COLUMNS: Final = (8.0, 44.0, 118.0, 146.0, 178.0)
_SHELF, _TITLE, _BARCODES, _MEMBER, _END = _COLUMNS


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
    for left, words in (
        (0.0, _("Call number")),
        (_SHELF + 28, _("Title")),
        (_TITLE + 4, _("Barcode")),
        (_BARCODES + 4, _("Member")),
    ):
        paper.text(MARGIN + left, y, words, 8.5, bold=True)
    paper.rule(MARGIN, y + 2, A4[0] - MARGIN, y + 2, width=0.3)
    return _TOP


def _draw(paper: Paper, row: PickRow, y: float) -> None:
    left = MARGIN
    paper.box(left, y - 3.4, 4, 4, stroke=LINE, line=0.2, radius=0.6)
    paper.text(left + 6, y, row.call_number, 9, bold=True, width=28, smallest=6.5)
    paper.text(left + 6, y + 4, row.location, 8, colour=MUTED, width=28, smallest=6.5)
    paper.text(left + _SHELF + 28, y, row.title, 9, width=_TITLE - _SHELF - 27, smallest=7)
    paper.text(left + _SHELF + 28, y + 4, row.author, 8, colour=MUTED, width=_TITLE - _SHELF - 27)
    codes = ", ".join(row.barcodes[:2]) + (" …" if len(row.barcodes) > 2 else "")
    paper.text(left + _TITLE + 4, y, codes, 9, width=_BARCODES - _TITLE - 2, smallest=6)
    who = f"{short_name(row.member)} {mask_card(row.card)}"
    paper.text(left + _BARCODES + 4, y, who, 9, width=_END - _BARCODES - 2, smallest=6.5)
    if row.to_branch:
        to = _("for {branch}").format(branch=row.to_branch)
        paper.text(left + _BARCODES + 4, y + 4, to, 8, colour=MUTED, width=_END - _BARCODES - 2)
    paper.rule(left, y + 6, A4[0] - MARGIN, y + 6, width=0.1, colour=PALE)


def _foot(paper: Paper, data: PickList, page: int, pages: int) -> None:
    y = A4[1] - 12
    paper.text(MARGIN, y, data.library, 7.5, colour=MUTED, width=120)
    words = _("Page {page} of {pages}").format(page=page, pages=pages)
    paper.text(A4[0] - MARGIN, y, words, 7.5, colour=MUTED, align="right")
