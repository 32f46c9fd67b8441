"""Blocking a member by hand, and lifting any block."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from perpusdesk.domain.decisions import Reason, Refused
from perpusdesk.domain.members import BlockKind
from perpusdesk.services.desk import Desk
from perpusdesk.services.members.register_member import refuse_right
from perpusdesk.services.results import Done
from perpusdesk.storage.queries import circulation as find


def block_member(
    desk: Desk, member: UUID, reason: str, until: date | None = None
) -> Done[UUID] | Refused:
    """Block a member from borrowing until a last day (``None``: until lifted); return the block.

    ``REASON_MISSING``, ``MEMBER_UNKNOWN``, ``RIGHT_MISSING``; ``DATE_TOO_OLD`` day, earliest when
    the block would be over before it began.
    """
    refusal = refuse_right(desk)
    if refusal or find.member_by_id(desk.library, member) is None:
        return refusal or Refused(Reason.MEMBER_UNKNOWN, {"member": member})
    if not reason.strip():
        return Refused(Reason.REASON_MISSING)
    today = desk.today()
    if until is not None and until < today:
        return Refused(Reason.DATE_TOO_OLD, {"day": until, "earliest": today})
    action, block = desk.action("block_member"), desk.library.new_id()
    fields = {
        "member": member,
        "kind": BlockKind.MANUAL,
        "reason": reason.strip(),
        "since": today,
        "until": until,
        "lifted": 0,
        "loan": None,
    }
    action.set("block", block, fields, fresh=True)
    written = desk.commit(action)
    return Done(block, written.action, "block_member", frozenset({"block"}))


def lift_block(desk: Desk, block: UUID, reason: str) -> Done[UUID] | Refused:
    """Lift a block of any kind; the reason is kept with the action.

    A block that is lifted already (or not known) stays so: nothing is written, ``action`` is
    ``None``. ``REASON_MISSING``, ``RIGHT_MISSING``.
    """
    refusal = refuse_right(desk)
    if refusal:
        return refusal
    if not reason.strip():
        return Refused(Reason.REASON_MISSING)
    standing = desk.library.value(
        "select count(*) from block where id = ? and deleted = 0 and coalesce(lifted, 0) = 0",
        block.bytes,
    )
    if not standing:
        return Done(block, None, "lift_block")
    action = desk.action("lift_block")
    action.set("block", block, {"lifted": 1}, why=reason.strip())
    written = desk.commit(action)
    return Done(block, written.action, "lift_block", frozenset({"block"}))
