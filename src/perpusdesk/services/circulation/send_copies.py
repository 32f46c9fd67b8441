"""Sending copies to another branch: each is saved as it is scanned, and stands on a note."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from perpusdesk.domain.decisions import Reason, Refused
from perpusdesk.domain.merge import holds as hold_events
from perpusdesk.domain.merge import transfers as events
from perpusdesk.domain.moves import decide_send
from perpusdesk.services.circulation.moves import way_of
from perpusdesk.services.desk import Desk
from perpusdesk.services.results import Done
from perpusdesk.storage.queries import circulation as find
from perpusdesk.storage.queries import transfers as query
from perpusdesk.storage.queries.transfers import TransferLine

VERB: Final = "send_copies"
_CANCEL: Final = "cancel_sending"


def send_copy(
    desk: Desk, copy: UUID, to: UUID, *, anyway: bool = False
) -> Done[TransferLine] | Refused:
    """Send a copy to a branch, on the delivery note that is open for it.

    Refused as ``domain.moves.decide_send``; ``anyway``: also a copy that is kept for somebody, who
    waits again. ``BRANCH_UNKNOWN``, ``COPY_UNKNOWN``.
    """
    if to not in desk.branches:
        return Refused(Reason.BRANCH_UNKNOWN, {"branch": to})
    found = find.copy_by_id(desk.library, copy)
    if found is None:
        return Refused(Reason.COPY_UNKNOWN, {"copy": copy})
    terms = decide_send(
        found,
        to,
        desk.branch,
        desk.today(),
        loan=find.open_loan_of_copy(desk.library, copy),
        way=way_of(desk, copy),
        holds=find.live_holds_of_title(desk.library, found.title),
        anyway=anyway,
    )
    if isinstance(terms, Refused):
        return terms
    action, transfer = desk.action(VERB), desk.library.new_id()
    action.event(
        events.SENT,
        "transfer",
        transfer,
        fresh=True,
        copy=copy,
        to=to,
        why=terms.why,
        paper=open_note(desk, to),
    )
    if terms.releases:
        action.event(hold_events.RELEASED, "hold", terms.releases)
    written = desk.commit(action)
    line = query.transfer_by_id(desk.library, transfer)
    assert line is not None
    changes = frozenset(draft.entity_type for draft in action.drafts)
    return Done(line, written.action, VERB, changes)


def cancel_sending(desk: Desk, transfer: UUID) -> Done[TransferLine] | Refused:
    """Take a copy off its way: it stays where it was. ``COPY_NOT_IN_TRANSIT`` barcode."""
    line = query.transfer_by_id(desk.library, transfer)
    if line is None or line.state != "on_the_way":
        return Refused(Reason.COPY_NOT_IN_TRANSIT, {"barcode": line.barcode if line else ""})
    action = desk.action(_CANCEL)
    action.event(events.CANCELLED, "transfer", transfer)
    written = desk.commit(action)
    return Done(line, written.action, _CANCEL, frozenset({"transfer"}))


def open_note(desk: Desk, to: UUID) -> str:
    """Return the number of the delivery note that copies for a branch go on now.

    It begins a new one after ``close_note``, and each day. The number names the sending branch,
    the day, and the device, so that no two are the same.
    """
    beginning = f"{_beginning(desk)}-"
    kept = desk.library.local(_place(to))
    if kept and str(kept).startswith(beginning):
        return str(kept)
    used = {str(paper) for paper in query.last_papers(desk.library, beginning)}
    others = {str(desk.library.local(_place(branch)) or "") for branch in desk.branches}
    number = 1
    while (paper := f"{beginning}{number}") in used | others:
        number += 1
    desk.library.put_local(_place(to), paper)
    return paper


def close_note(desk: Desk, to: UUID) -> None:
    """Let the next copy for a branch begin a new delivery note."""
    desk.library.put_local(_place(to), None)


def _beginning(desk: Desk) -> str:
    branch = desk.branches.get(desk.branch)
    code = (branch.code if branch else "") or "SJ"
    number = desk.library.value("select number from device where id = ?", desk.library.device)
    return f"SJ-{code}-{desk.today():%y%m%d}-{int(number or 1)}"


def _place(to: UUID) -> str:
    return f"moves/note/{to.hex}"
