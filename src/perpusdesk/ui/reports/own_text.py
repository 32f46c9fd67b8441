"""The sentences of own reports."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from perpusdesk.common.formats import number, rupiah, short_date
from perpusdesk.common.i18n import _, ngettext
from perpusdesk.domain.own_reports.catalogue import Kind
from perpusdesk.domain.own_reports.report import Report, Span
from perpusdesk.domain.own_reports.schedule import Every
from perpusdesk.exchange.list_sheet import Cell
from perpusdesk.services.reports.own_reports import OwnReport, Preview
from perpusdesk.services.reports.report_schedules import Schedule
from perpusdesk.services.wording.own_reports import column_name, span_name, subject_name
from perpusdesk.ui.kit.record_list import RowWords


def report_row(one: OwnReport) -> RowWords:
    """Return a saved report: its name, what it is of, and whether it tells of members."""
    under = subject_name(one.report.subject)
    if one.report.group:
        by = _("by {column}").format(column=column_name(one.report.group).lower())
        under = f"{under} · {by}"
    if one.report.personal:
        return RowWords(one.name, under, _("members' data"), "", "lock", "muted")
    return RowWords(one.name, under)


def made_of(report: Report, told: Sequence[str], today: date) -> str:
    """Return what a report is of: its subject, period and conditions."""
    parts = [subject_name(report.subject)]
    if report.of.date:
        parts.append(span_name(report.period, today))
    return " · ".join((*parts, *told))


def schedule_row(one: Schedule) -> RowWords:
    """Return a schedule: what, how often and where, and up to when it was written."""
    under = f"{every_name(one.every)} · {one.format.upper()} · {one.folder}"
    if not one.here:
        return RowWords(one.name, under, _("on another device"), faded=True)
    return RowWords(one.name, under)


def every_name(every: Every) -> str:
    """Return how often something is written."""
    names = {
        Every.MONTH: _("every month"),
        Every.QUARTER: _("every quarter"),
        Every.YEAR: _("every year"),
    }
    return names[every]


def periods(today: date, kept: str) -> list[tuple[str, str]]:
    """Return the periods to choose from, with the one of a report that is none of them."""
    found = [(span_name(span, today), span.value) for span in Span]
    if kept not in tuple(Span):
        found.append((span_name(kept, today), kept))
    return found


def cell_text(cell: Cell, kind: Kind) -> str:
    """Return a cell as it stands in the preview."""
    if cell is None:
        return ""
    if isinstance(cell, date):
        return short_date(cell)
    if isinstance(cell, int):
        return rupiah(cell) if kind is Kind.MONEY else number(cell)
    return cell


def how_many(preview: Preview) -> str:
    """Return how many lines there are, and how many of them are shown."""
    told = ngettext("{n} line", "{n} lines", preview.count).format(n=number(preview.count))
    if len(preview.rows) < preview.count:
        shown = _("the first {n} are shown").format(n=number(len(preview.rows)))
        return f"{told}; {shown}"
    return told
