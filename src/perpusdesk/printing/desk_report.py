"""The day at the desk on A4: counts, what was lent and taken back, and who signs for it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from perpusdesk.common.formats import (
    clock_time,
    date_and_time,
    long_date,
    number,
    short_date,
    weekday_date,
)
from perpusdesk.common.i18n import _
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
from perpusdesk.printing.paper import A4, MUTED, PALE, Paper
from perpusdesk.printing.privacy import mask_card, short_name
from perpusdesk.printing.slips import SlipAct, act_heading

_ROW: Final = 5.4
_BOTTOM: Final = A4[1] - 20
_NEXT_TOP: Final = 22.0
_PER_LINE: Final = 5
_COLUMNS: Final = (0.0, 12.5, 34.0, 62.0, 108.5, 131.5, 153.0, 172.0)


@dataclass(frozen=True, slots=True)
class ReportRow:
    """One loan, renewal or return; member and card are given whole and printed shortened."""

    time: datetime
    act: SlipAct
    member: str
    card: str
    title: str
    barcode: str
    staff: str
    due: date | None = None


@dataclass(frozen=True, slots=True)
class DeskReport:
    """A day of one branch; ``counts`` are labels and numbers in the order to print them.

    ``seal`` proves on paper what the device had written by ``made`` (empty: left out).
    """

    head: Letterhead
    branch: str
    day: date
    place: str
    made: datetime
    counts: tuple[tuple[str, int], ...]
    rows: tuple[ReportRow, ...]
    signatures: tuple[Signature, ...] = ()
    seal: str = ""


def desk_report(report: DeskReport) -> bytes:
    """Return the report on as many A4 pages as it needs, numbered."""
    top = _first_page(Paper(*A4, ""), report)
    pages = _cut_into_pages(report, top)
    paper = Paper(*A4, f"{_('Daily desk report')} {short_date(report.day)}")
    y = _first_page(paper, report)
    for index, rows in enumerate(pages):
        if index:
            paper.next_page()
            y = _NEXT_TOP
        y = _table(paper, rows, y) if rows else y
        _page_foot(paper, report, index + 1, len(pages))
    dated = f"{report.place}, {long_date(report.day)}"
    draw_signatures(paper, dated, report.signatures, y + 6)
    return paper.finish()


def _cut_into_pages(report: DeskReport, top: float) -> list[list[ReportRow]]:
    pages: list[list[ReportRow]] = [[]]
    y = top + _ROW + 2
    for row in report.rows:
        if y + _ROW > _BOTTOM:
            pages.append([])
            y = _NEXT_TOP + _ROW + 2
        pages[-1].append(row)
        y += _ROW
    if y + 6 + signature_height(report.signatures) > _BOTTOM and report.signatures:
        pages.append([])
    return pages


def _first_page(paper: Paper, report: DeskReport) -> float:
    y = draw_letterhead(paper, report.head) + 10
    paper.text(MARGIN, y, _("Daily desk report"), 15, bold=True)
    paper.text(
        MARGIN,
        y + 6,
        f"{report.branch} · {weekday_date(report.day)}",
        10.5,
        colour=MUTED,
        width=A4[0] - 2 * MARGIN,
    )
    return _counts(paper, report, y + 12) + 6


def _counts(paper: Paper, report: DeskReport, y: float) -> float:
    lines = -(-len(report.counts) // _PER_LINE)
    columns = max(3, -(-len(report.counts) // max(lines, 1)))
    width = (A4[0] - 2 * MARGIN - 3 * (columns - 1)) / columns
    for index, (label, value) in enumerate(report.counts):
        line, column = divmod(index, columns)
        left, top = MARGIN + column * (width + 3), y + line * 17
        paper.box(left, top, width, 14.5, fill="#F1F3F6", radius=1.5)
        paper.text(left + 3, top + 7.4, number(value), 15, bold=True, width=width - 6, smallest=8)
        paper.text(left + 3, top + 12, label, 8, colour=MUTED, width=width - 6, smallest=6)
    return y + 17 * lines


def _table(paper: Paper, rows: list[ReportRow], top: float) -> float:
    headings = (_("Time"), _("Event"), _("Member"), _("Title"), _("Barcode"), _("Due"), _("Staff"))
    y = top + _ROW - 1.6
    _cells(paper, headings, y, bold=True)
    paper.rule(MARGIN, top + _ROW + 0.4, A4[0] - MARGIN, top + _ROW + 0.4, width=0.3)
    y += 2
    for row in rows:
        y += _ROW
        _cells(paper, _row(row), y)
        paper.rule(MARGIN, y + 1.6, A4[0] - MARGIN, y + 1.6, width=0.1, colour=PALE)
    return y + 2


def _row(row: ReportRow) -> tuple[str, ...]:
    return (
        clock_time(row.time),
        act_heading(row.act),
        f"{short_name(row.member)} {mask_card(row.card)}",
        row.title,
        row.barcode,
        short_date(row.due) if row.due else "",
        row.staff,
    )


def _cells(paper: Paper, cells: tuple[str, ...], y: float, *, bold: bool = False) -> None:
    for index, cell in enumerate(cells):
        width = _COLUMNS[index + 1] - _COLUMNS[index] - 2
        left = MARGIN + _COLUMNS[index]
        smallest = 8.5 if index in (2, 3) else 6.5
        paper.text(left, y, cell, 8.5, bold=bold, width=width, smallest=smallest)


def _page_foot(paper: Paper, report: DeskReport, page: int, pages: int) -> None:
    made = _("Made {moment}").format(moment=date_and_time(report.made))
    draw_foot(paper, f"{report.head.library} · {made}", page_of(page, pages))
    if report.seal:
        seal = _("Seal of the history {at}: {seal}")
        told = seal.format(at=date_and_time(report.made), seal=report.seal)
        paper.text(MARGIN, A4[1] - 8.4, told, 7.5, colour=MUTED, width=120)
