"""Reports that a library puts together itself: saved for all devices, shown, and saved as lists."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Final
from uuid import UUID

import msgspec

from perpusdesk.common.i18n import _
from perpusdesk.domain.decisions import Reason, Refused
from perpusdesk.domain.figures.months import Period
from perpusdesk.domain.own_reports.catalogue import Column, Kind
from perpusdesk.domain.own_reports.report import Report, checked, packed, unpacked
from perpusdesk.domain.rights import FIGURES, MEMBERS
from perpusdesk.exchange.list_sheet import Cell
from perpusdesk.protocol import payload as wire
from perpusdesk.services.desk import Desk
from perpusdesk.services.export_list import ListColumn, ListSheet, list_of
from perpusdesk.services.needed_right import needs
from perpusdesk.services.results import Done
from perpusdesk.services.wording.own_reports import code_words, column_name, subject_name
from perpusdesk.storage.queries import own_reports as query
from perpusdesk.storage.queries.values import as_day

RECORD: Final = "report"
KEEP: Final = "keep_report"
REMOVE: Final = "remove_report"
LONGEST_NAME: Final = 80
SHOWN: Final = 100
"""Rows that a preview has at most."""


@dataclass(frozen=True, slots=True)
class OwnReport:
    """A report under its name."""

    id: UUID
    name: str
    report: Report
    note: str = ""


@dataclass(frozen=True, slots=True)
class Preview:
    """The first rows of a report, and how many there are; ``columns`` say how each cell reads."""

    columns: tuple[ListColumn, ...]
    kinds: tuple[Kind, ...]
    rows: tuple[tuple[Cell, ...], ...]
    count: int


def own_reports(desk: Desk) -> list[OwnReport]:
    """Return the saved reports by name; what this program cannot read is passed over."""
    found = ((kept, _report(kept)) for kept in query.kept_reports(desk.library))
    return [
        OwnReport(kept.id, kept.name, report, kept.note)
        for kept, report in found
        if report is not None
    ]


def own_report(desk: Desk, id_: UUID) -> OwnReport | None:
    """Return one saved report."""
    return next((one for one in own_reports(desk) if one.id == id_), None)


@needs(FIGURES)
def keep_report(
    desk: Desk, name: str, report: Report, id_: UUID | None = None
) -> Done[OwnReport] | Refused:
    """Save a report, or change the saved one of this id; other devices get it too.

    ``RIGHT_MISSING``, ``NAME_MISSING``, ``NOTHING_CHOSEN`` (no column).
    """
    name = " ".join(name.split())[:LONGEST_NAME]
    if not name:
        return Refused(Reason.NAME_MISSING)
    kept = checked(report)
    if kept is None:
        return Refused(Reason.NOTHING_CHOSEN)
    fields = {
        key: value if isinstance(value, str) else wire.encode(value)
        for key, value in packed(kept).items()
    }
    action, record = desk.action(KEEP), id_ or desk.library.new_id()
    action.set(RECORD, record, {"name": name, **fields}, fresh=id_ is None)
    written = desk.commit(action)
    return Done(OwnReport(record, name, kept), written.action, KEEP, frozenset({RECORD}))


@needs(FIGURES)
def remove_report(desk: Desk, id_: UUID) -> Done[UUID] | Refused:
    """Remove a saved report and its schedules. ``RIGHT_MISSING``, ``NOTHING_TO_UNDO``."""
    if own_report(desk, id_) is None:
        return Refused(Reason.NOTHING_TO_UNDO)
    action = desk.action(REMOVE)
    action.delete(RECORD, id_)
    for schedule in query.schedules_of(desk.library, id_):
        action.delete("report_schedule", schedule)
    written = desk.commit(action)
    return Done(id_, written.action, REMOVE, frozenset({RECORD, "report_schedule"}))


def refuse_personal(desk: Desk, report: Report) -> Refused | None:
    """Return the refusal of who may not work with members, of a report that tells of them."""
    alone = desk.staff is None and not desk.people
    if report.personal and not desk.may(MEMBERS) and not alone:
        return Refused(Reason.RIGHT_MISSING, {"right": MEMBERS})
    return None


def preview(
    desk: Desk, report: Report, most: int = SHOWN, period: Period | None = None
) -> Preview | Refused:
    """Return the first rows of a report, of ``period`` or of its own. ``RIGHT_MISSING``."""
    refused = refuse_personal(desk, report)
    if refused is not None:
        return refused
    period = _months(desk, report, period)
    columns, kinds = _columns(desk, report), tuple(one.kind for one in heads(report))
    if report.group:
        rows = query.groups(desk.library, report, period)
        count = len(rows)
    else:
        rows = query.first_rows(desk.library, report, period, most)
        count = query.how_many(desk.library, report, period)
    cells = tuple(tuple(column.cell(row) for column in columns) for row in rows[:most])
    return Preview(columns, kinds, cells, count)


def report_sheet(
    desk: Desk, report: Report, name: str = "", period: Period | None = None
) -> ListSheet | Refused:
    """Return a report as a list to save, of ``period`` or of its own. ``RIGHT_MISSING``.

    Rows are read as they are written: of a million only their numbers are in memory. ``people``
    is above 0 where it tells who somebody is: then it goes through ``hand_out``.
    """
    refused = refuse_personal(desk, report)
    if refused is not None:
        return refused
    name = name or subject_name(report.subject)
    months = _months(desk, report, period)
    columns = _columns(desk, report)
    whom = query.people_of(desk.library, report, months) if report.personal else []
    if report.group:
        rows = query.groups(desk.library, report, months)
        sheet = list_of(name, columns, rows)
        ids, fetch = sheet.ids, sheet.fetch
    else:
        ids, fetch = query.row_numbers(desk.library, report, months), partial(_fetch, report)
    people = max(1, len(whom)) if report.personal and len(ids) else 0
    return ListSheet(name, columns, ids, fetch, people, tuple(whom), ("xlsx", "csv"))


def _months(desk: Desk, report: Report, period: Period | None) -> Period | None:
    return period if period is not None and report.of.date else report.months(desk.today())


def heads(report: Report) -> tuple[Column, ...]:
    """Return the columns that a report has when it is made: of groups the value, count, sums."""
    if not report.group:
        return report.shown
    group = report.of.column(report.group)
    assert group is not None, "checked"
    return (group, Column("", Kind.NUMBER, width=12), *report.sums)


def _report(kept: query.KeptReport) -> Report | None:
    try:
        fields = {name: wire.decode(value) for name, value in kept.packed.items()}
    except (ValueError, msgspec.MsgspecError):
        return None
    return unpacked({"subject": kept.subject, **fields})


def _fetch(report: Report, desk: Desk, numbers: Sequence[Any]) -> Mapping[Any, Any]:
    return query.rows_of(desk.library, report, numbers)


def _columns(desk: Desk, report: Report) -> tuple[ListColumn, ...]:
    return tuple(
        ListColumn(
            column_name(one.key) if one.key else _("How many"), _cell(desk, one, place), one.width
        )
        for place, one in enumerate(heads(report))
    )


def _cell(desk: Desk, column: Column, place: int) -> Callable[[Any], Cell]:
    if column.kind is Kind.DATE:
        return lambda row: as_day(row[place])
    if column.kind is Kind.CODE:
        words = code_words(desk, column.key)
        return lambda row: words.get(row[place], row[place])
    return lambda row: row[place]
