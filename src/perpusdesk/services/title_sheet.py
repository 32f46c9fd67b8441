"""The catalogue's list as a workbook."""

from __future__ import annotations

from collections.abc import Sequence

from perpusdesk.common.i18n import _
from perpusdesk.services.export_list import ListColumn, ListSheet
from perpusdesk.services.title_lists import titles_at


def title_sheet(rows: Sequence[int]) -> ListSheet:
    """Return these titles, in this order, as a list to save."""

    def text(name: str, heading: str, width: int) -> ListColumn:
        return ListColumn(heading, lambda hit: str(getattr(hit, name)), width)

    def count(name: str, heading: str) -> ListColumn:
        return ListColumn(heading, lambda hit: int(getattr(hit, name)), 12)

    columns = (
        text("title", _("Title"), 60),
        text("author", _("Author"), 30),
        text("year", _("Year"), 8),
        text("call_number", _("Call number"), 20),
        count("copies", _("Copies")),
        count("available", _("On the shelf")),
    )
    return ListSheet(_("Titles"), columns, rows, titles_at)
