"""The removed titles as a workbook."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from perpusdesk.common.i18n import _
from perpusdesk.services.cataloguing.remove_title import RemovedTitle, removed_lines
from perpusdesk.services.desk import Desk
from perpusdesk.services.export_list import ListSheet, field


def removed_sheet(ids: Sequence[UUID]) -> ListSheet:
    """Return these removed titles, in this order, as a list to save."""
    columns = (
        field(_("Title"), "title", 60),
        field(_("Author"), "author", 30),
        field(_("Year"), "year", 8),
        field(_("Call number"), "call_number", 20),
        field(_("Removed"), "at", 18),
        field(_("Staff"), "staff_name", 24),
        field(_("Reason"), "why", 40),
        field(_("Merged into"), "merged_title", 60),
    )
    return ListSheet(_("Removed titles"), columns, ids, _rows)


def _rows(desk: Desk, ids: Sequence[UUID]) -> dict[UUID, RemovedTitle]:
    return {line.id: line for line in removed_lines(desk, list(ids))}
