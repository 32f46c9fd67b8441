"""The list of headings as a workbook."""

from __future__ import annotations

from collections.abc import Sequence
from operator import attrgetter
from uuid import UUID

from perpusdesk.common.i18n import _
from perpusdesk.services.cataloguing.headings import Heading, heading_lines
from perpusdesk.services.desk import Desk
from perpusdesk.services.export_list import ListColumn, ListSheet, field
from perpusdesk.services.wording.headings import say_kind


def heading_sheet(ids: Sequence[UUID]) -> ListSheet:
    """Return these headings, in this order, as a list to save; several forms stand in one cell."""

    def forms(heading: str, name: str) -> ListColumn:
        values = attrgetter(name)
        return ListColumn(heading, lambda line: "; ".join(values(line)), 40)

    columns = (
        field(_("Heading"), "heading", 44),
        ListColumn(_("Kind of heading"), lambda line: say_kind(line.kind), 18),
        field(_("As people say it"), "display", 30),
        forms(_("Variants"), "variants"),
        forms(_("Broader headings"), "broader"),
        forms(_("Related headings"), "related"),
        field(_("List it is from"), "scheme", 14),
        field(_("Note"), "note", 30),
    )
    return ListSheet(_("Headings"), columns, ids, _rows)


def _rows(desk: Desk, ids: Sequence[UUID]) -> dict[UUID, Heading]:
    return dict(heading_lines(desk, list(ids)))
