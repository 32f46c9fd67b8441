"""What may be changed about staff, by whom: looked at by every job that writes such a record."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from perpusdesk.domain import rights
from perpusdesk.domain.decisions import Reason, Refused
from perpusdesk.domain.merge.ops import DELETE
from perpusdesk.domain.rights import Account
from perpusdesk.services.desk import Desk
from perpusdesk.storage.drafts import Action
from perpusdesk.storage.queries.staff import Staff, every_staff, fields_of, staff_of

RECORD = "staff"


def refuse_staff_change(desk: Desk, action: Action) -> Refused | None:
    """Return why what an action would write about staff may not be, or nothing.

    ``RIGHT_MISSING``; ``RIGHTS_BEYOND_OWN`` (gives, or touches somebody who has, what the person at
    the desk has not); ``LAST_ADMINISTRATOR`` name: nobody could manage staff any more.
    """
    changed = {draft.entity for draft in action.drafts if draft.entity_type == RECORD}
    if not changed:
        return None
    own = desk.people.get(desk.staff) if desk.staff else None
    if own is None or not desk.may(rights.STAFF):
        return Refused(Reason.RIGHT_MISSING, {"right": rights.STAFF})
    before = {one.id: one for one in every_staff(desk.library)} | desk.people
    after = _after(desk, action, before)
    for id_ in changed:
        for one in (before.get(id_), after.get(id_)):
            if one is not None and rights.beyond(own.account, one.account):
                return Refused(Reason.RIGHTS_BEYOND_OWN, {"name": one.name})
    if _has_keeper(before) and not _has_keeper(after):
        pins = rights.in_use(one.account for one in before.values())
        first = not pins and rights.in_use(one.account for one in after.values())
        reason = Reason.ADMINISTRATOR_FIRST if first else Reason.LAST_ADMINISTRATOR
        return Refused(reason, {"name": _named(changed, before)})
    return None


def _after(desk: Desk, action: Action, before: dict[UUID, Staff]) -> dict[UUID, Staff]:
    """Return everybody as they would be after an action."""
    found = dict(before)
    for draft in action.drafts:
        if draft.entity_type != RECORD:
            continue
        fields: dict[str, Any] = fields_of(found.get(draft.entity))
        if draft.kind == DELETE:
            fields["active"] = 0
        fields |= draft.payload.get("fields", {})
        found[draft.entity] = staff_of(draft.entity, fields)
    return found


def _has_keeper(every: dict[UUID, Staff]) -> bool:
    accounts: list[Account] = [one.account for one in every.values()]
    return rights.has_keeper(accounts)


def _named(changed: set[UUID], before: dict[UUID, Staff]) -> str:
    return next((before[id_].name for id_ in changed if id_ in before), "")
