"""The record of a stock-take (berita acara stok opname): figures, classes, lists, signatures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from perpusdesk.common.formats import date_and_time, long_date, number
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
from perpusdesk.printing.paper import A4, MUTED, Paper, wrapped
from perpusdesk.printing.table import Column, Table

_BOTTOM: Final = A4[1] - 22
_NEXT_TOP: Final = 20.0
_WIDTH: Final = A4[0] - 2 * MARGIN


@dataclass(frozen=True, slots=True)
class Figure:
    """One number of the count; ``before`` is the same of the last count of these shelves."""

    label: str
    now: int
    before: int | None = None


@dataclass(frozen=True, slots=True)
class ClassFigures:
    """How one main class came out."""

    name: str
    found: int
    missing: int


@dataclass(frozen=True, slots=True)
class ListedCopy:
    """One line of a list; ``remark`` says where it was, who has it, or where it belongs."""

    code: str
    title: str
    call_number: str
    location: str
    remark: str = ""


@dataclass(frozen=True, slots=True)
class StockList:
    """A list below its heading; ``left_out`` rows are only in the workbook."""

    heading: str
    rows: tuple[ListedCopy, ...]
    left_out: int = 0


@dataclass(frozen=True, slots=True)
class StockReport:
    """A count, ended or not; ``before`` is the day of the count that figures are compared with."""

    head: Letterhead
    name: str
    scope: str
    place: str
    started: datetime
    made: datetime
    ended: datetime | None
    people: tuple[str, ...]
    figures: tuple[Figure, ...]
    classes: tuple[ClassFigures, ...]
    lists: tuple[StockList, ...]
    before: datetime | None = None
    signatures: tuple[Signature, ...] = ()


def stock_report(data: StockReport) -> bytes:
    """Return the record on as many A4 pages as it needs, numbered."""
    pages = _Sheets(Paper(*A4, ""), data, 0).draw()
    paper = Paper(*A4, f"{_('Record of a stock-take')} {data.name}")
    _Sheets(paper, data, pages).draw()
    return paper.finish()


class _Sheets:
    """Draws from top to bottom, page after page; drawn once to count the pages."""

    def __init__(self, paper: Paper, data: StockReport, pages: int) -> None:
        self._paper, self._data, self._pages = paper, data, pages
        self._page, self._y = 1, 0.0

    def draw(self) -> int:
        """Draw all of it; return the number of pages."""
        data = self._data
        self._opening()
        self._table(_figure_table(data.before), [_figure_cells(data, one) for one in data.figures])
        if data.classes:
            self._heading(_("By class"))
            self._table(_class_table(), [_class_cells(one) for one in data.classes])
        for each in data.lists:
            self._heading(f"{each.heading} ({number(len(each.rows) + each.left_out)})")
            rows = [_listed_cells(place, row) for place, row in enumerate(each.rows, 1)]
            self._table(_list_table(), rows)
            if each.left_out:
                more = _("{n} more are in the XLSX lists.").format(n=number(each.left_out))
                self._lines([more])
        self._signatures()
        self._foot()
        return self._page

    def _opening(self) -> None:
        data, paper = self._data, self._paper
        self._y = draw_letterhead(paper, data.head) + 10
        heading = _("Record of a stock-take")
        paper.text(MARGIN, self._y, heading, 15, bold=True)
        paper.text(MARGIN, self._y + 6, data.name, 10.5, colour=MUTED, width=_WIDTH)
        self._y += 13
        self._lines(wrapped(_opening(data), _WIDTH, 10))
        self._y += 2

    def _lines(self, lines: Sequence[str]) -> None:
        for line in lines:
            self._room(5)
            self._paper.text(MARGIN, self._y, line, 10)
            self._y += 4.8

    def _heading(self, text: str) -> None:
        self._room(28)
        self._y += 9
        self._paper.text(MARGIN, self._y, text, 11.5, bold=True, width=_WIDTH)
        self._y += 3

    def _table(self, table: Table, rows: Sequence[Sequence[str]]) -> None:
        self._y = table.heading(self._paper, self._y)
        for cells in rows:
            if self._y + table.height(cells) > _BOTTOM:
                self._turn()
                self._y = table.heading(self._paper, self._y)
            self._y = table.row(self._paper, self._y, cells)
        self._y += 5

    def _signatures(self) -> None:
        data = self._data
        self._room(6 + signature_height(data.signatures))
        dated = f"{data.place}, {long_date(data.ended or data.made)}"
        draw_signatures(self._paper, dated, data.signatures, self._y + 6)

    def _room(self, height: float) -> None:
        """Begin a new page where less than this is left."""
        if self._y + height > _BOTTOM:
            self._turn()

    def _turn(self) -> None:
        self._foot()
        self._paper.next_page()
        self._page += 1
        self._y = _NEXT_TOP

    def _foot(self) -> None:
        made = _("Made {moment}").format(moment=date_and_time(self._data.made))
        words = f"{self._data.head.library} · {self._data.name} · {made}"
        draw_foot(self._paper, words, page_of(self._page, self._pages))


def _opening(data: StockReport) -> str:
    facts = {"scope": data.scope, "from": date_and_time(data.started)}
    people = ", ".join(data.people)
    if data.ended is None:
        text = _(
            "The stock of {scope} has been counted since {from}; the count goes on, so these"
            " figures are not final."
        ).format(**facts)
    else:
        text = _("From {from} to {to} the stock of {scope} was counted.").format(
            to=date_and_time(data.ended), **facts
        )
    by = _("Counted by: {people}.").format(people=people) if people else ""
    return f"{text} {by}".strip()


def _figure_table(before: datetime | None) -> Table:
    columns = [Column("", 78), Column(_("Copies"), 28, "right")]
    if before is not None:
        columns += [
            Column(_("Count of {date}").format(date=long_date(before)), 40, "right"),
            Column(_("Difference"), 24, "right"),
        ]
    return Table(tuple(columns), MARGIN, 9.5)


def _figure_cells(data: StockReport, figure: Figure) -> tuple[str, ...]:
    cells = (figure.label, number(figure.now))
    if data.before is None:
        return cells
    if figure.before is None:
        return (*cells, "", "")
    change = figure.now - figure.before
    sign = "+" if change > 0 else ""
    return (*cells, number(figure.before), f"{sign}{number(change)}")


def _class_table() -> Table:
    return Table(
        (
            Column(_("Main class"), 66),
            Column(_("Expected"), 26, "right"),
            Column(_("Found"), 26, "right"),
            Column(_("Not found"), 30, "right"),
            Column("%", 22, "right"),
        ),
        MARGIN,
        9.0,
    )


def _class_cells(one: ClassFigures) -> tuple[str, ...]:
    expected = one.found + one.missing
    share = one.found * 100 // expected if expected else 100
    return (one.name, number(expected), number(one.found), number(one.missing), f"{share} %")


def _list_table() -> Table:
    return Table(
        (
            Column(_("No."), 11, "right", lines=1),
            Column(_("Barcode"), 27, lines=1),
            Column(_("Title"), 58, lines=2),
            Column(_("Call number"), 32, lines=2),
            Column(_("Remark"), 42, lines=3),
        ),
        MARGIN,
    )


def _listed_cells(place: int, row: ListedCopy) -> tuple[str, ...]:
    where = " · ".join(part for part in (row.location, row.remark) if part)
    return (number(place), row.code, row.title, row.call_number, where)
