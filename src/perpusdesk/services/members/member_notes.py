"""The note on a member that the desk sees."""

from __future__ import annotations

from uuid import UUID

from perpusdesk.domain.decisions import Reason, Refused
from perpusdesk.services.desk import Desk
from perpusdesk.services.members.register_member import refuse_right
from perpusdesk.services.results import Done
from perpusdesk.storage.queries.member_records import fields_of

VERB = "write_note"


def write_note(desk: Desk, member: UUID, text: str) -> Done[str] | Refused:
    """Replace the note (empty text removes it); what was there stays in the history."""
    refusal = refuse_right(desk)
    values = fields_of(desk.library, member)
    if refusal or values is None:
        return refusal or Refused(Reason.MEMBER_UNKNOWN, {"member": member})
    note = text.strip()
    if note == values["note"]:
        return Done(note, None, VERB)
    action = desk.action(VERB)
    action.set("member", member, {"note": note})
    written = desk.commit(action)
    return Done(note, written.action, VERB, frozenset({"member"}))
