"""People who are no members: who wrote, who leads a group. Their names stand nowhere else.

Such a record is its own ``member``, so that it is erased by the same machinery: at once it counts
as removed everywhere, a day later the words are taken out of the log, the packages and the file.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Final
from uuid import UUID

from perpusdesk.domain.decisions import Reason, Refused
from perpusdesk.domain.merge import facts
from perpusdesk.domain.rights import PRIVACY
from perpusdesk.services.desk import Desk
from perpusdesk.services.results import Done
from perpusdesk.storage.drafts import Action
from perpusdesk.storage.queries.outsiders import OutsiderRow, outsider_row

__all__ = ["Contact", "OutsiderRow", "contact_of", "erase_outsider", "put_contact"]

VERB: Final = "erase_outsider"


@dataclass(frozen=True, slots=True)
class Contact:
    """How somebody can be reached; all of it may be empty."""

    name: str = ""
    phone: str = ""
    email: str = ""

    def tidy(self) -> Contact:
        """Return it without spaces that mean nothing."""
        return Contact(*(" ".join(text.split()) for text in (self.name, self.phone, self.email)))

    def __bool__(self) -> bool:
        """Whether anything is known."""
        return any((self.name.strip(), self.phone.strip(), self.email.strip()))


def put_contact(desk: Desk, action: Action, contact: Contact | None) -> UUID | None:
    """Write a contact as a record of its own with an action; return it, ``None``: nothing known."""
    if not contact:
        return None
    record = desk.library.new_id()
    action.set("outsider", record, {"member": record, **asdict(contact.tidy())}, fresh=True)
    return record


def contact_of(desk: Desk, outsider: UUID | None) -> Contact | None:
    """Return what is known of somebody; ``None``: nothing, or it was erased."""
    row = outsider_row(desk.library, outsider) if outsider else None
    return Contact(row.name, row.phone, row.email) if row else None


def erase_outsider(desk: Desk, outsider: UUID | None, reason: str) -> Done[UUID] | Refused:
    """Blank all that is known of somebody, on every device; for a day it can be undone.

    ``reason`` is kept with the erasure: no name in it. ``RIGHT_MISSING``, ``REASON_MISSING``,
    ``CONTACT_UNKNOWN``.
    """
    if not desk.may(PRIVACY):
        return Refused(Reason.RIGHT_MISSING, {"right": PRIVACY})
    if not reason.strip():
        return Refused(Reason.REASON_MISSING)
    if outsider is None or outsider_row(desk.library, outsider) is None:
        return Refused(Reason.CONTACT_UNKNOWN)
    action, record = desk.action(VERB), desk.library.new_id()
    said = reason.strip()
    action.event(facts.ERASED, "erasure", record, fresh=True, member=outsider, reason=said)
    written = desk.commit(action)
    return Done(outsider, written.action, VERB, frozenset({"outsider", "erasure"}))
