"""Copies on their way between branches as a workbook."""

from __future__ import annotations

from dataclasses import dataclass

from perpusdesk.common.i18n import _
from perpusdesk.services.circulation.move_lists import Moves, Note
from perpusdesk.services.export_list import ListColumn, ListSheet, field, list_of
from perpusdesk.services.wording.moves import say_why_sent
from perpusdesk.storage.queries.transfers import TransferLine


@dataclass(frozen=True, slots=True)
class _Line:
    note: Note
    copy: TransferLine


def move_sheet(found: Moves) -> ListSheet:
    """Return all copies on their way, by delivery note as on the screen, as a list to save."""
    columns = (
        field(_("Delivery note"), "note.paper", 22),
        field(_("Sent"), "copy.sent_at", 18),
        field(_("Days on the way"), "note.days", 14),
        field(_("Sent from"), "note.from_name", 24),
        field(_("Send to"), "note.to_name", 24),
        field(_("Barcode"), "copy.barcode", 16),
        field(_("Inventory number"), "copy.inventory", 18),
        field(_("Title"), "copy.title", 60),
        field(_("Author"), "copy.author", 30),
        field(_("Call number"), "copy.call_number", 20),
        ListColumn(_("Note"), lambda line: say_why_sent(line.copy.why), 18),
    )
    notes = (*found.coming, *found.gone, *found.elsewhere)
    lines = [_Line(note, copy) for note in notes for copy in note.lines]
    return list_of(_("Copies on their way"), columns, lines)
