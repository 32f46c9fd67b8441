"""The catalogue's list as a workbook."""

from __future__ import annotations

from collections.abc import Sequence

from perpusdesk.common.i18n import _
from perpusdesk.services.cataloguing.title_lists import titles_at
from perpusdesk.services.export_list import ListSheet, field


def title_sheet(rows: Sequence[int]) -> ListSheet:
    """Return these titles, in this order, as a list to save."""
    columns = (
        field(_("Title"), "title", 60),
        field(_("Author"), "author", 30),
        field(_("Year"), "year", 8),
        field(_("Call number"), "call_number", 20),
        field(_("Copies"), "copies", 12),
        field(_("On the shelf"), "available", 12),
    )
    return ListSheet(_("Titles"), columns, rows, titles_at)
