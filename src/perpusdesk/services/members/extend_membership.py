"""Extending a membership."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from perpusdesk.domain.decisions import Reason, Refused
from perpusdesk.domain.members_rules import decide_extension
from perpusdesk.services.desk import Desk
from perpusdesk.services.members.register_member import refuse_right
from perpusdesk.services.results import Done
from perpusdesk.storage.queries import circulation as find

VERB = "extend_membership"


def extend_membership(desk: Desk, member: UUID, days: int | None = None) -> Done[date] | Refused:
    """Move a membership's last day and commit it; return the new last day.

    ``days`` defaults to the category's period. It counts from today or from the old last day,
    whichever is later. ``AMOUNT_INVALID`` amount, ``MEMBER_UNKNOWN``, ``RIGHT_MISSING``.
    """
    refusal = refuse_right(desk)
    found = find.member_by_id(desk.library, member)
    if refusal or found is None:
        return refusal or Refused(Reason.MEMBER_UNKNOWN, {"member": member})
    category = desk.categories.get(found.category) if found.category else None
    usual = category.days if category else 365
    last = decide_extension(found.expires, desk.today(), usual if days is None else days)
    if isinstance(last, Refused):
        return last
    action = desk.action(VERB)
    action.set("member", member, {"expires": last})
    written = desk.commit(action)
    return Done(last, written.action, VERB, frozenset({"member"}))
