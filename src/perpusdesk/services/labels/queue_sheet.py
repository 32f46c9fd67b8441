"""What waits to be printed as a workbook; cards leave only after ``hand_out.hand_out``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from perpusdesk.common.i18n import _
from perpusdesk.services.desk import Desk
from perpusdesk.services.export_list import ListSheet, field
from perpusdesk.services.labels.label_queue import LabelKind, QueueLine, Waiting, lines


def queue_sheet(kind: LabelKind, entries: Mapping[int, Waiting]) -> ListSheet:
    """Return the queue of stickers or cards (entries by their places) as a list to save."""
    of_members = kind is LabelKind.MEMBER
    columns = (
        field(_("Card") if of_members else _("Barcode"), "number", 16),
        field(_("Name") if of_members else _("Title"), "name", 60),
        field(_("Category") if of_members else _("Call number"), "under", 22),
        field(_("How many"), "copies", 10),
        field(_("Printed before"), "printed", 18),
    )

    def rows(desk: Desk, places: Sequence[int]) -> dict[int, QueueLine]:
        return lines(desk, kind, [entries[place] for place in places])

    people = len(entries) if of_members else 0
    return ListSheet(_("Waiting to be printed"), columns, tuple(entries), rows, people)
