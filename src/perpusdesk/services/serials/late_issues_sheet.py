"""The issues of serials that have not come, as a workbook to send to their suppliers."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from perpusdesk.common.i18n import _
from perpusdesk.services.desk import Desk
from perpusdesk.services.export_list import ListColumn, ListSheet, field
from perpusdesk.services.serials.issues import LateIssue, late_issues


def late_issues_sheet(ids: Sequence[UUID]) -> ListSheet:
    """Return these late issues, in this order, as a list to save."""
    columns = (
        ListColumn(_("Title"), lambda late: late.issue.title_name, 60),
        field(_("Issue"), "name", 30),
        ListColumn(_("Expected on"), lambda late: late.issue.expected, 14),
        field(_("Days late"), "days", 12),
        field(_("Supplier"), "supplier", 30),
    )
    return ListSheet(_("Late issues"), columns, ids, _rows)


def _rows(desk: Desk, ids: Sequence[UUID]) -> dict[UUID, LateIssue]:
    wanted = set(ids)
    return {late.issue.id: late for late in late_issues(desk) if late.issue.id in wanted}
