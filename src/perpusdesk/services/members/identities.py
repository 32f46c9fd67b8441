"""A member's number of identity (NIK and the like): optional, kept apart, masked.

It is never on a card, a barcode or an export; only the copy of a person's own data holds it whole.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from perpusdesk.domain.decisions import Reason, Refused
from perpusdesk.domain.ids import named_id
from perpusdesk.domain.nik import NikDoubt, masked, nik_doubts
from perpusdesk.services.desk import Desk
from perpusdesk.services.looks import How
from perpusdesk.services.privacy.privacy_settings import refuse_privacy
from perpusdesk.services.results import Done
from perpusdesk.storage.queries import identities as query
from perpusdesk.storage.queries.member_records import fields_of

NIK: Final = "NIK"
RIGHT: Final = "members"
SET: Final = "set_identity"
REMOVE: Final = "remove_identity"
_CHANGED: Final = frozenset({"identity"})


@dataclass(frozen=True, slots=True)
class IdentityLine:
    """A number as it is shown to everybody: kind and the masked number."""

    kind: str
    masked: str


@dataclass(frozen=True, slots=True)
class IdentitySaved:
    """The number was saved; what looks wrong about it, and who else has it (both only warn)."""

    line: IdentityLine
    doubts: tuple[NikDoubt, ...] = ()
    same: UUID | None = None


def identity(desk: Desk, member: UUID) -> IdentityLine | None:
    """Return the masked number, or ``None``."""
    found = query.identities_of(desk.library, member)
    return IdentityLine(found[0].kind, masked(found[0].number)) if found else None


def reveal(desk: Desk, member: UUID) -> str | Refused:
    """Return the whole number; who asked is noted in the access log. ``RIGHT_MISSING``."""
    if refusal := refuse_privacy(desk):
        return refusal
    found = query.identities_of(desk.library, member)
    desk.saw(member, How.IDENTITY)
    return found[0].number if found else ""


def set_identity(
    desk: Desk, member: UUID, number: str, kind: str = NIK
) -> Done[IdentitySaved] | Refused:
    """Save a number in place of the one before.

    ``RIGHT_MISSING``, ``MEMBER_UNKNOWN``, ``NOTHING_CHOSEN`` (no number).
    """
    values = fields_of(desk.library, member)
    refusal = _refuse(desk, member, known=values is not None)
    if refusal or values is None:
        return refusal or Refused(Reason.MEMBER_UNKNOWN, {"member": member})
    plain = "".join(number.split())
    if not plain:
        return Refused(Reason.NOTHING_CHOSEN)
    action = desk.action(SET)
    action.set("identity", _id(member), {"member": member, "kind": kind, "number": plain})
    written = desk.commit(action)
    woman = {"P": True, "L": False}.get(values["sex"])
    doubts = nik_doubts(plain, values["birth_date"], woman) if kind == NIK else ()
    same = query.same_number(desk.library, plain, member)
    saved = IdentitySaved(IdentityLine(kind, masked(plain)), doubts, same)
    return Done(saved, written.action, SET, _CHANGED)


def remove_identity(desk: Desk, member: UUID) -> Done[UUID] | Refused:
    """Take the number out of the record. Refused as ``set_identity``."""
    refusal = _refuse(desk, member, known=fields_of(desk.library, member) is not None)
    if refusal:
        return refusal
    found = query.identities_of(desk.library, member)
    if not found:
        return Done(member, None, REMOVE)
    action = desk.action(REMOVE)
    for row in found:
        action.set("identity", row.id, {"number": None})
        action.delete("identity", row.id)
    written = desk.commit(action)
    return Done(member, written.action, REMOVE, _CHANGED)


def _id(member: UUID) -> UUID:
    """One each, the same on every device."""
    return named_id("identity", member.hex)


def _refuse(desk: Desk, member: UUID, *, known: bool) -> Refused | None:
    if not desk.may(RIGHT):
        return Refused(Reason.RIGHT_MISSING, {"right": RIGHT})
    return None if known else Refused(Reason.MEMBER_UNKNOWN, {"member": member})
