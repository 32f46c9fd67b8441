"""Holds as workbooks. They name members: both leave only after ``hand_out.hand_out``."""

from __future__ import annotations

from collections.abc import Sequence

from perpusdesk.common.i18n import _
from perpusdesk.services.circulation.hold_lists import HoldLine, PickLine
from perpusdesk.services.export_list import ListColumn, ListSheet, field, list_of


def pick_sheet(lines: Sequence[PickLine]) -> ListSheet:
    """Return what is to be picked from the shelf, in this order, as a list to save."""
    columns = (
        field(_("Title"), "hold.title", 60),
        field(_("Author"), "hold.author", 30),
        field(_("Call number"), "hold.call_number", 20),
        ListColumn(_("Location"), _location, 20),
        ListColumn(_("Barcode"), _barcodes, 24),
        field(_("Member"), "hold.member_name", 36),
        field(_("Card"), "hold.card", 14),
        field(_("Held since"), "hold.placed_at", 18),
        ListColumn(_("Send to"), lambda line: line.hold.pickup_name if line.travels else "", 24),
    )
    people = len({line.hold.member for line in lines})
    return list_of(_("To pick from the shelf"), columns, lines, people)


def ready_sheet(lines: Sequence[HoldLine]) -> ListSheet:
    """Return what is kept to be collected, in this order, as a list to save."""
    columns = (
        field(_("Title"), "title", 60),
        field(_("Author"), "author", 30),
        field(_("Call number"), "call_number", 20),
        field(_("Barcode"), "barcode", 16),
        field(_("Member"), "member_name", 36),
        field(_("Card"), "card", 14),
        field(_("Held since"), "placed_at", 18),
        field(_("Kept until"), "pickup_until", 14),
        ListColumn(_("State"), lambda line: _("on its way") if line.in_transit else "", 18),
    )
    people = len({line.member for line in lines})
    return list_of(_("Kept to be collected"), columns, lines, people)


def _location(line: PickLine) -> str:
    return line.copies[0].location if line.copies else ""


def _barcodes(line: PickLine) -> str:
    return "; ".join(copy.barcode for copy in line.copies)
