"""Messages of visitors: noted by anybody at the desk, answered and closed by who may.

Who wrote it is a contact of its own (``outsiders``), or nobody. What the public reads about it is
written apart (``told_public``) and is never taken from the message.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from perpusdesk.domain.complaints import Channel, Kind, State, due_day, kind_of, state_of
from perpusdesk.domain.decisions import Reason, Refused
from perpusdesk.domain.rights import COMPLAINTS
from perpusdesk.services.changed_fields import write_changed
from perpusdesk.services.desk import Desk
from perpusdesk.services.feedback.service_lists import lists_of
from perpusdesk.services.members.outsiders import Contact, contact_of, erase_outsider, put_contact
from perpusdesk.services.needed_right import needs
from perpusdesk.services.results import Done
from perpusdesk.storage.queries import complaints as query
from perpusdesk.storage.queries.complaints import ComplaintRow

REGISTER: Final = "register_complaint"
EDIT: Final = "edit_complaint"
ANSWER: Final = "answer_complaint"
CLOSE: Final = "close_complaint"
REOPEN: Final = "reopen_complaint"
_CHANGED: Final = frozenset({"complaint"})


@dataclass(frozen=True, slots=True)
class NewComplaint:
    """A message as it is noted; without a moment it came just now, without a branch to this one."""

    text: str
    kind: Kind = Kind.COMPLAINT
    category: str = ""
    channel: Channel = Channel.DESK
    contact: Contact | None = None
    branch: UUID | None = None
    service: str = ""
    received: datetime | None = None
    ticket: str = ""


@dataclass(frozen=True, slots=True)
class ComplaintForm:
    """What can be changed about a message while it is open."""

    kind: Kind
    category: str
    text: str
    channel: Channel
    service: str
    ticket: str
    owner: UUID | None
    due: date | None


def register(desk: Desk, new: NewComplaint) -> Done[UUID] | Refused:
    """Note a message; no right is needed. ``TEXT_MISSING``, ``DATE_IN_FUTURE`` date."""
    now = desk.now()
    received = desk.local(new.received) or now
    if not new.text.strip():
        return Refused(Reason.TEXT_MISSING)
    if received > now:
        return Refused(Reason.DATE_IN_FUTURE, {"date": received.date()})
    action, record = desk.action(REGISTER), desk.library.new_id()
    contact = put_contact(desk, action, new.contact)
    fields = {
        "kind": new.kind.value,
        "category": new.category,
        "text": new.text.strip(),
        "channel": new.channel.value,
        "contact": contact,
        "branch": new.branch or desk.branch,
        "service": new.service,
        "received": received.replace(microsecond=0),
        "due": due_day(new.kind, received.date(), lists_of(desk).due_days),
        "state": State.NEW.value,
        "ticket": new.ticket.strip(),
    }
    action.set("complaint", record, fields, fresh=True)
    changes = _CHANGED | ({"outsider"} if contact else set())
    return Done(record, desk.commit(action).action, REGISTER, changes)


@needs(COMPLAINTS)
def edit_complaint(desk: Desk, complaint: UUID, form: ComplaintForm) -> Done[UUID] | Refused:
    """Change what was noted, or whose it is: one that gets an owner is in work.

    ``COMPLAINT_UNKNOWN``, ``COMPLAINT_CLOSED``, ``TEXT_MISSING``.
    """
    there = query.complaint_row(desk.library, complaint)
    if refusal := _refuse_closed(there):
        return refusal
    assert there is not None
    if not form.text.strip():
        return Refused(Reason.TEXT_MISSING)
    fields: dict[str, Any] = {
        "kind": form.kind.value,
        "category": form.category,
        "text": form.text.strip(),
        "channel": form.channel.value,
        "service": form.service,
        "ticket": form.ticket.strip(),
        "owner": form.owner,
        "due": form.due,
    }
    if form.owner is not None and state_of(there.state) is State.NEW:
        fields["state"] = State.WORK.value
    return write_changed(desk, desk.action(EDIT), "complaint", there, fields)


@needs(COMPLAINTS)
def take_up(desk: Desk, complaint: UUID, owner: UUID | None = None) -> Done[UUID] | Refused:
    """Make a message somebody's (default: the person at the desk). As ``edit_complaint``."""
    there = query.complaint_row(desk.library, complaint)
    if refusal := _refuse_closed(there):
        return refusal
    assert there is not None
    fields: dict[str, Any] = {"owner": owner or desk.staff}
    if state_of(there.state) is State.NEW:
        fields["state"] = State.WORK.value
    return write_changed(desk, desk.action(EDIT), "complaint", there, fields)


@needs(COMPLAINTS)
def answer(
    desk: Desk,
    complaint: UUID,
    text: str,
    told_public: str | None = None,
    *,
    close: bool = False,
) -> Done[UUID] | Refused:
    """Write the answer, and what the public may read of it (``domain.complaints.public_text``).

    The first answer stops the clock; a later one changes its words. ``COMPLAINT_UNKNOWN``,
    ``COMPLAINT_CLOSED``, ``ANSWER_MISSING``.
    """
    there = query.complaint_row(desk.library, complaint)
    if refusal := _refuse_closed(there):
        return refusal
    assert there is not None
    if not text.strip():
        return Refused(Reason.ANSWER_MISSING)
    moment = there.answered or desk.now().replace(microsecond=0)
    fields: dict[str, Any] = {
        "answer": text.strip(),
        "answered": moment,
        "state": (State.CLOSED if close else State.ANSWERED).value,
    }
    if told_public is not None:
        fields["told_public"] = told_public.strip()
    if there.owner is None and desk.staff is not None:
        fields["owner"] = desk.staff
    return write_changed(desk, desk.action(ANSWER), "complaint", there, fields)


@needs(COMPLAINTS)
def close_complaint(desk: Desk, complaint: UUID) -> Done[UUID] | Refused:
    """Close a message; one that is no praise must have its answer.

    ``COMPLAINT_UNKNOWN``, ``COMPLAINT_CLOSED``, ``ANSWER_MISSING``.
    """
    there = query.complaint_row(desk.library, complaint)
    if refusal := _refuse_closed(there):
        return refusal
    assert there is not None
    if not there.answer and kind_of(there.kind) is not Kind.PRAISE:
        return Refused(Reason.ANSWER_MISSING)
    return write_changed(
        desk, desk.action(CLOSE), "complaint", there, {"state": State.CLOSED.value}
    )


@needs(COMPLAINTS)
def reopen(desk: Desk, complaint: UUID) -> Done[UUID] | Refused:
    """Take a closed message up again. ``COMPLAINT_UNKNOWN``."""
    there = query.complaint_row(desk.library, complaint)
    if there is None:
        return Refused(Reason.COMPLAINT_UNKNOWN)
    state = State.ANSWERED if there.answer else State.WORK
    return write_changed(desk, desk.action(REOPEN), "complaint", there, {"state": state.value})


def erase_contact(desk: Desk, complaint: UUID, reason: str) -> Done[UUID] | Refused:
    """Erase who wrote a message; the message stays. As ``erase_outsider``, and unknown ones."""
    there = query.complaint_row(desk.library, complaint)
    if there is None:
        return Refused(Reason.COMPLAINT_UNKNOWN)
    return erase_outsider(desk, there.contact, reason)


@needs(COMPLAINTS)
def contact_for(desk: Desk, complaint: UUID) -> Contact | None:
    """Return how who wrote it can be reached: only for who answers. ``RIGHT_MISSING``."""
    there = query.complaint_row(desk.library, complaint)
    return contact_of(desk, there.contact) if there else None


def late_complaints(desk: Desk) -> int:
    """Return how many wait for an answer too long."""
    return query.count_late(desk.library, desk.today())


def _refuse_closed(there: ComplaintRow | None) -> Refused | None:
    if there is None:
        return Refused(Reason.COMPLAINT_UNKNOWN)
    closed = state_of(there.state) is State.CLOSED
    return Refused(Reason.COMPLAINT_CLOSED) if closed else None
