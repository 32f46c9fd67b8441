"""A delivery note put together for printing."""

from __future__ import annotations

from perpusdesk.domain.decisions import Reason, Refused
from perpusdesk.printing.delivery_note import DeliveryNote, NoteRow
from perpusdesk.services.circulation.move_lists import note_lines
from perpusdesk.services.circulation.papers import letterhead, place_of
from perpusdesk.services.desk import Desk
from perpusdesk.services.wording.moves import say_why_sent
from perpusdesk.storage.queries.names import staff_name
from perpusdesk.storage.queries.transfers import TransferLine


def note_paper(desk: Desk, paper: str) -> DeliveryNote | Refused:
    """Return the note of this number with everything sent on it. ``NOTHING_CHOSEN``."""
    lines = note_lines(desk, paper)
    if not lines:
        return Refused(Reason.NOTHING_CHOSEN, {"paper": paper})
    first = lines[0]
    return DeliveryNote(
        head=letterhead(desk),
        paper=paper,
        from_name=first.from_name,
        to_name=first.to_name,
        sent=first.sent_at.date(),
        place=place_of(desk),
        rows=tuple(_row(line) for line in lines),
        sender=staff_name(desk.library, desk.staff),
    )


def _row(line: TransferLine) -> NoteRow:
    return NoteRow(
        line.barcode,
        line.inventory,
        line.title,
        line.author,
        line.call_number,
        say_why_sent(line.why),
    )
