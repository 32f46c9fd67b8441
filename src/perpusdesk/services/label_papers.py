"""What stands on the stickers of copies."""

from __future__ import annotations

from collections.abc import Iterable

from perpusdesk.domain.decisions import Reason, Refused
from perpusdesk.printing.labels import LabelData
from perpusdesk.services.desk import Desk
from perpusdesk.services.set_up import library_name
from perpusdesk.storage.queries import circulation as find
from perpusdesk.storage.queries.names import title_brief


def label_papers(desk: Desk, barcodes: Iterable[str]) -> tuple[LabelData, ...] | Refused:
    """Return the stickers of these copies, in order. ``COPY_UNKNOWN`` barcode."""
    labels = []
    for barcode in barcodes:
        found = find.copies_by_code(desk.library, barcode)
        if not found:
            return Refused(Reason.COPY_UNKNOWN, {"barcode": barcode})
        brief = title_brief(desk.library, found[0].title)
        lines = call_number_lines(brief.call_number)
        labels.append(LabelData(found[0].barcode, lines, brief.title, library_name(desk)))
    return tuple(labels)


def call_number_lines(call_number: str) -> tuple[str, ...]:
    """Return a call number as it stands on the spine: class, heading letters, title letter.

    The class itself may hold spaces (``899.221 3``).
    """
    return tuple(part for part in call_number.rsplit(" ", 2) if part)
