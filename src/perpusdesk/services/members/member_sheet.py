"""The members' list as a workbook; it leaves the library only after ``hand_out.hand_out``."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from perpusdesk.common.i18n import _
from perpusdesk.services.desk import Desk
from perpusdesk.services.export_list import ListSheet, field
from perpusdesk.services.members.member_lists import MemberRow, member_rows
from perpusdesk.services.privacy.restrict_member import restricted_since


def member_sheet(ids: Sequence[UUID]) -> ListSheet:
    """Return these members, in this order, as a list to save."""
    columns = (
        field(_("Card"), "line.card", 14),
        field(_("Name"), "line.name", 36),
        field(_("Category"), "category", 18),
        field(_("School or workplace"), "line.institution", 30),
        field(_("Phone"), "line.phone", 18),
        field(_("Valid until"), "line.expires", 14),
        field(_("Overdue"), "overdue", 10),
    )
    return ListSheet(_("Members"), columns, ids, _rows, people=len(ids), members=tuple(ids))


def _rows(desk: Desk, ids: Sequence[UUID]) -> dict[UUID, MemberRow]:
    """Return the rows; members whose data is restricted are left out."""
    rows = {row.line.id: row for row in member_rows(desk, ids)}
    return {id_: row for id_, row in rows.items() if restricted_since(desk, id_) is None}
