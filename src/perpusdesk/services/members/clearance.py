"""Bebas pustaka: may the letter be written, and what it says."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from perpusdesk.domain.decisions import Reason, Refused
from perpusdesk.domain.members_rules import decide_clearance
from perpusdesk.services.desk import Desk
from perpusdesk.storage.queries import circulation as find


@dataclass(frozen=True, slots=True)
class Clearance:
    """Somebody who owes the library nothing, as of ``checked``."""

    member: UUID
    name: str
    card: str
    category: str
    checked: datetime


def clearance(desk: Desk, member: UUID) -> Clearance | Refused:
    """Return the facts of the letter; nothing is written.

    ``MEMBER_HAS_OBLIGATIONS`` loans, debt, ready, replacements; ``MEMBER_UNKNOWN``.
    """
    found = find.member_by_id(desk.library, member)
    if found is None:
        return Refused(Reason.MEMBER_UNKNOWN, {"member": member})
    refusal = decide_clearance(
        find.open_loans_of_member(desk.library, member),
        find.debt_of(desk.library, member),
        find.live_holds_of_member(desk.library, member),
        found.blocks,
    )
    if refusal is not None:
        return refusal
    category = desk.categories.get(found.category) if found.category else None
    return Clearance(member, found.name, found.card, category.name if category else "", desk.now())
