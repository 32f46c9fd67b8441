"""Removing copies that were entered by mistake; what was ever used is withdrawn instead."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from perpusdesk.domain.decisions import Reason, Refused
from perpusdesk.domain.rights import CATALOGUE
from perpusdesk.services.desk import Desk
from perpusdesk.services.needed_right import needs
from perpusdesk.services.results import Done
from perpusdesk.storage.queries import copies as query

VERB: Final = "remove_copies"


@dataclass(frozen=True, slots=True)
class RemovedCopies:
    """The copies that are no more, and the first one's barcode."""

    copies: tuple[UUID, ...]
    barcode: str


@needs(CATALOGUE)
def remove_copies(desk: Desk, copies: Sequence[UUID], why: str) -> Done[RemovedCopies] | Refused:
    """Put a tombstone on copies that nothing hangs on; ``why`` stays in their history.

    ``NOTHING_CHOSEN``, ``REASON_MISSING``, ``COPY_UNKNOWN`` copy; ``COPY_HAS_HISTORY`` barcode,
    loans for one that was lent, read here, kept, or sent: it is to be withdrawn instead.
    """
    if not copies:
        return Refused(Reason.NOTHING_CHOSEN)
    if not why.strip():
        return Refused(Reason.REASON_MISSING)
    action, barcodes = desk.action(VERB), []
    for copy in copies:
        values = query.fields_of(desk.library, copy)
        if values is None:
            return Refused(Reason.COPY_UNKNOWN, {"copy": copy})
        ties = query.ties_of(desk.library, copy)
        if ties.any:
            facts = {"barcode": values["barcode"] or "", "loans": ties.loans, "copy": copy}
            return Refused(Reason.COPY_HAS_HISTORY, facts)
        barcodes.append(str(values["barcode"] or ""))
        action.set("copy", copy, {"removed_why": why.strip()})
        action.delete("copy", copy)
    written = desk.commit(action)
    value = RemovedCopies(tuple(copies), barcodes[0])
    return Done(value, written.action, VERB, frozenset({"copy"}))
