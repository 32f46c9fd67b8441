"""The board of what is to be done as a list to save."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from perpusdesk.common.formats import short_date
from perpusdesk.common.i18n import _
from perpusdesk.services.export_list import ListColumn, ListSheet, list_of
from perpusdesk.services.feedback.improvements import ImprovementLine
from perpusdesk.services.wording.service import source_name, stage_name


def improvement_sheet(lines: Sequence[ImprovementLine]) -> ListSheet:
    """Return these actions, in their order, with what they follow from and what came of them."""
    columns = (
        ListColumn(_("Finding"), lambda line: line.row.finding, 44),
        ListColumn(_("Source"), lambda line: source_name(line.row.source), 20),
        ListColumn(_("Branch"), lambda line: line.branch_name, 20),
        ListColumn(_("What is done"), lambda line: line.row.action, 44),
        ListColumn(_("Owner"), lambda line: line.row.owner_name, 20),
        ListColumn(_("Until"), lambda line: _day(line.row.due), 14),
        ListColumn(_("Stage"), lambda line: stage_name(line.stage), 18),
        ListColumn(_("Late"), lambda line: _("yes") if line.overdue else "", 8),
        ListColumn(_("Begun on"), lambda line: _day(line.row.started), 14),
        ListColumn(_("Ended on"), lambda line: _day(line.row.done), 14),
        ListColumn(_("Result"), lambda line: line.row.result, 44),
    )
    return list_of(_("Action plan"), columns, lines)


def _day(day: date | None) -> str:
    return short_date(day) if day else ""
