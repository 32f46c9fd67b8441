"""The members' list as a workbook; it leaves the library only after ``hand_out.hand_out``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from perpusdesk.common.i18n import _
from perpusdesk.services.desk import Desk
from perpusdesk.services.export_list import ListColumn, ListSheet
from perpusdesk.services.member_lists import MemberRow, member_rows


def member_sheet(ids: Sequence[UUID]) -> ListSheet:
    """Return these members, in this order, as a list to save."""

    def text(name: str, heading: str, width: int) -> ListColumn:
        return ListColumn(heading, lambda row: str(getattr(row.line, name)), width)

    def expires(row: MemberRow) -> Any:
        return row.line.expires

    columns = (
        text("card", _("Card"), 14),
        text("name", _("Name"), 36),
        ListColumn(_("Category"), lambda row: str(row.category), 18),
        text("institution", _("School or workplace"), 30),
        text("phone", _("Phone"), 18),
        ListColumn(_("Valid until"), expires, 14),
        ListColumn(_("Overdue"), lambda row: int(row.overdue), 10),
    )
    return ListSheet(_("Members"), columns, ids, _rows)


def _rows(desk: Desk, ids: Sequence[UUID]) -> dict[UUID, MemberRow]:
    return {row.line.id: row for row in member_rows(desk, ids)}
