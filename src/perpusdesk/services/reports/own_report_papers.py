"""An own report as an official paper: for lists that somebody reads, not for a million lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

from perpusdesk.common.formats import long_date, number, rupiah, short_date
from perpusdesk.common.i18n import _
from perpusdesk.domain.decisions import Refused
from perpusdesk.domain.figures.months import Period
from perpusdesk.domain.own_reports.catalogue import Kind
from perpusdesk.domain.own_reports.report import Report
from perpusdesk.exchange.list_sheet import Cell
from perpusdesk.printing.document import Block, Document, Grid, Paragraph
from perpusdesk.printing.table import Column
from perpusdesk.services.circulation.papers import letterhead, place_of, signature
from perpusdesk.services.desk import Desk
from perpusdesk.services.reports.own_report_conditions import condition_text
from perpusdesk.services.reports.own_reports import Preview, preview
from perpusdesk.services.wording.measures import period_name
from perpusdesk.services.wording.own_reports import subject_name

MOST_LINES: Final = 2_000
_UPRIGHT, _ACROSS = 170.0, 257.0
_MANY: Final = 5


def own_report_document(
    desk: Desk, report: Report, name: str, period: Period | None = None
) -> Document | Refused:
    """Return the paper, with ``MOST_LINES`` lines at most; ``RIGHT_MISSING`` as the list.

    ``printing.document.document_pages`` draws it.
    """
    found = preview(desk, report, MOST_LINES, period)
    if isinstance(found, Refused):
        return found
    across = len(found.columns) > _MANY
    return Document(
        head=letterhead(desk),
        title=name or subject_name(report.subject),
        number=_covered(desk, report, period),
        blocks=tuple(_blocks(desk, report, found, across=across)),
        dated=f"{place_of(desk)}, {long_date(desk.today())}",
        signatures=(signature(desk),),
        across=across,
    )


def shown(cell: Cell, kind: Kind) -> str:
    """Return a cell of an own report as people read it."""
    if cell is None:
        return ""
    if isinstance(cell, date):
        return short_date(cell)
    if isinstance(cell, int):
        return rupiah(cell) if kind is Kind.MONEY else number(cell)
    return cell


def _covered(desk: Desk, report: Report, period: Period | None) -> str:
    months = period if period is not None and report.of.date else report.months(desk.today())
    branch = desk.branches.get(report.branch) if report.branch else None
    place = branch.name if branch else _("All branches")
    return f"{period_name(months) if months else _('All time')} · {place}"


def _blocks(desk: Desk, report: Report, found: Preview, *, across: bool) -> Iterator[Block]:
    if report.conditions:
        told = "; ".join(condition_text(desk, report.subject, one) for one in report.conditions)
        yield Paragraph(_("Only: {conditions}").format(conditions=told))
    widths = _widths([column.width for column in found.columns], _ACROSS if across else _UPRIGHT)
    columns = tuple(
        Column(
            column.heading,
            width,
            "right" if kind in (Kind.NUMBER, Kind.MONEY) else "left",
            lines=3,
        )
        for column, kind, width in zip(found.columns, found.kinds, widths, strict=True)
    )
    rows = tuple(
        tuple(shown(cell, kind) for cell, kind in zip(row, found.kinds, strict=True))
        for row in found.rows
    )
    yield Grid(columns, rows, empty=_("Nothing of this kind was found."))
    lines = _("{shown} of {all} lines").format(shown=number(len(rows)), all=number(found.count))
    yield Paragraph(lines, muted=True)


def _widths(wanted: Sequence[int], room: float) -> list[float]:
    """Share the room by what each column would like."""
    return [room * one / sum(wanted) for one in wanted]
