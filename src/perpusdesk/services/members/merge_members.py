"""Making one of two records of a person: loans, holds, money and blocks go to the one kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from perpusdesk.domain.decisions import Reason, Refused
from perpusdesk.domain.merge import facts, holds, loans
from perpusdesk.domain.phone import search_key
from perpusdesk.services.desk import Desk
from perpusdesk.services.members.member_photo import photo_id
from perpusdesk.services.members.register_member import refuse_right
from perpusdesk.services.results import Done
from perpusdesk.storage.drafts import Action
from perpusdesk.storage.queries import member_merge as find
from perpusdesk.storage.queries.member_records import fields_of, photo_of

VERB: Final = "merge_members"
_STAY_TOGETHER: Final = ("card", "name", "registered", "expires", "category", "branch")
"""Never filled from another record: every member has them."""


@dataclass(frozen=True, slots=True)
class MergedMembers:
    """The member that is kept, those that went into it, and how much moved."""

    member: UUID
    others: tuple[UUID, ...]
    loans: int
    holds: int
    entries: int


def merge_members(desk: Desk, kept: UUID, others: Sequence[UUID]) -> Done[MergedMembers] | Refused:
    """Merge records of one person into one, as one action.

    The others go out of sight; their card numbers find the kept member. What the kept record does
    not say is filled from them. ``NOTHING_CHOSEN``, ``MEMBER_UNKNOWN``, ``RIGHT_MISSING``.
    """
    refusal = refuse_right(desk)
    if refusal:
        return refusal
    action = desk.action(VERB)
    merged = put_member_merge(desk, action, kept, others)
    if isinstance(merged, Refused):
        return merged
    written = desk.commit(action)
    changes = frozenset(draft.entity_type for draft in action.drafts)
    return Done(merged, written.action, VERB, changes)


def put_member_merge(
    desk: Desk, action: Action, kept: UUID, others: Sequence[UUID]
) -> MergedMembers | Refused:
    """Put a merge into an action. Refused as ``merge_members``, but for the right."""
    away = [one for one in dict.fromkeys(others) if one != kept]
    if not away:
        return Refused(Reason.NOTHING_CHOSEN)
    records = {one: fields_of(desk.library, one) for one in (kept, *away)}
    for member, record in records.items():
        if record is None:
            return Refused(Reason.MEMBER_UNKNOWN, {"member": member})
    filled = _filled(*(record for record in records.values() if record is not None))
    # another device's merge of the kept record gives way to this one
    action.set("member", kept, {**filled, "merged_into": None})
    _move_photo(desk, action, kept, away)
    moved = [move_belongings(desk, action, one, kept) for one in away]
    for one in away:
        action.set("member", one, {"merged_into": kept})
        action.delete("member", one)
    counts = [sum(numbers) for numbers in zip(*moved, strict=True)]
    return MergedMembers(kept, tuple(away), *counts)


def move_belongings(desk: Desk, action: Action, member: UUID, to: UUID) -> tuple[int, int, int]:
    """Put into an action that all that is one member's is another's: loans, holds, money, ...

    Returns how many loans, holds and entries.
    """
    lent = find.loans_of(desk.library, member)
    waiting = find.holds_of(desk.library, member)
    entries = find.entries_of(desk.library, member)
    for loan in lent:
        action.event(loans.MOVED, "loan", loan, member=to)
    for hold in waiting:
        action.event(holds.MOVED, "hold", hold, member=to)
    for entry in entries:
        action.event(facts.ENTRY_MOVED, "money", entry, member=to)
    for table in ("block", "kit", "consent", "identity", "data_request"):
        for id_ in find.records_of(desk.library, table, member):
            action.set(table, id_, {"member": to})
    return len(lent), len(waiting), len(entries)


def _filled(kept: dict[str, Any], *others: dict[str, Any]) -> dict[str, Any]:
    """Return what the kept record does not say and another does."""
    found: dict[str, Any] = {}
    for name, value in kept.items():
        if value or name in _STAY_TOGETHER:
            continue
        said = next((other[name] for other in others if other[name]), None)
        if said:
            found[name] = said
    if "phone" in found:
        found["phone_key"] = search_key(found["phone"])
    return found


def _move_photo(desk: Desk, action: Action, kept: UUID, away: list[UUID]) -> None:
    if photo_of(desk.library, kept) is not None:
        return
    image = next((found for one in away if (found := photo_of(desk.library, one))), None)
    if image is not None:
        action.set("photo", photo_id(kept), {"member": kept, "image": image})
