"""The form of a new title that begins as a record which another catalogue made."""

from __future__ import annotations

from datetime import date

from perpusdesk.domain.materials import material_of
from perpusdesk.exchange.marc_raw import raw_of
from perpusdesk.exchange.new_record import copied_record
from perpusdesk.services.copy_cataloguing import Proposal
from perpusdesk.services.title_form import TitleForm, form_of


def form_from(proposal: Proposal, today: date) -> TitleForm | None:
    """Return the form, or ``None`` where there is no record or none that can be read.

    What belongs to the other library (its numbers, its holdings) is left out; so is the ISBN,
    which the book in hand has.
    """
    if proposal.record is None or not proposal.record.marc:
        return None
    record = raw_of(proposal.record.marc)
    if record is None:
        return None
    kind = material_of(record.leader, record.control("007"), record.control("008"))
    return form_of(copied_record(record, today), kind)
