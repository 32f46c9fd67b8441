"""Erasing a person: the fields go blank on every device, the bare record stays (UU PDP, art. 43).

First ``erase_member``: from then on no device shows anything of the person; it can be undone for
a day. Then ``carry_out_erasures``: the words are taken out of the log of ops, of packages and of
all that is made of them, on every device that hears of it, and nobody can bring them back.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from perpusdesk.domain.decisions import Reason, Refused
from perpusdesk.domain.merge import facts, holds
from perpusdesk.domain.rights import PRIVACY
from perpusdesk.services.desk import Desk
from perpusdesk.services.members.clearance import clearance
from perpusdesk.services.results import Done
from perpusdesk.storage.queries import circulation as find
from perpusdesk.storage.queries import erasures as query

VERB: Final = "erase_member"
CARRY_VERB: Final = "carry_out_erasures"
UNDO_WITHIN: Final = timedelta(hours=24)
"""So long an erasure can be undone; then the next chore makes it final (the law gives 72 hours)."""


@dataclass(frozen=True, slots=True)
class Erased:
    """Who was erased: the member, and the records that had been merged into it."""

    member: UUID
    others: tuple[UUID, ...]


@dataclass(frozen=True, slots=True)
class ErasureLine:
    """One erasure: when and by whom it was asked for, and since when it is final.

    ``final_from``: when the next chore makes it final; ``carried_out`` is ``None`` until then.
    """

    id: UUID
    member: UUID
    reason: str
    at: datetime
    staff: UUID | None
    final_from: datetime
    carried_out: datetime | None


def erase_member(desk: Desk, member: UUID, reason: str) -> Done[Erased] | Refused:
    """Blank all that is known of a member, on every device; waiting holds are cancelled.

    ``reason`` is kept with the erasure: no name in it. ``RIGHT_MISSING``, ``REASON_MISSING``,
    ``MEMBER_UNKNOWN`` member, ``MEMBER_HAS_OBLIGATIONS`` loans, debt, ready, replacements.
    """
    if not desk.may(PRIVACY):
        return Refused(Reason.RIGHT_MISSING, {"right": PRIVACY})
    if not reason.strip():
        return Refused(Reason.REASON_MISSING)
    clear = clearance(desk, member)
    if isinstance(clear, Refused):
        return clear
    action = desk.action(VERB)
    for hold in find.live_holds_of_member(desk.library, member):
        action.event(holds.CANCELLED, "hold", hold.id)
    others = query.merged_into(desk.library, member)
    for one in (member, *others):
        record = desk.library.new_id()
        action.event(facts.ERASED, "erasure", record, fresh=True, member=one, reason=reason.strip())
    written = desk.commit(action)
    changes = frozenset({"member", "erasure", "hold", "photo", "block", "loan"})
    return Done(Erased(member, others), written.action, VERB, changes)


def erasures(desk: Desk) -> list[ErasureLine]:
    """Return the erasures that stand, the latest first."""
    return [
        ErasureLine(
            one.id,
            one.member,
            one.reason,
            one.at,
            one.staff,
            one.at + UNDO_WITHIN,
            one.carried_out,
        )
        for one in query.erasures(desk.library)
    ]


def carry_out_erasures(desk: Desk, erasure: UUID | None = None) -> Done[int] | Refused:
    """Make erasures final that are a day old (or just this one, at once); return how many.

    Records that were merged into an erased one meanwhile are erased with it. For the daily chore
    and for whoever will not wait; ``RIGHT_MISSING`` when a person asks who may not.
    """
    if erasure is not None and not desk.may(PRIVACY):
        return Refused(Reason.RIGHT_MISSING, {"right": PRIVACY})
    now, action = desk.now(), desk.action(CARRY_VERB)
    for one in query.erasures(desk.library):
        wanted = one.id == erasure if erasure else one.at + UNDO_WITHIN <= now
        if one.carried_out is None and wanted:
            action.event(facts.CARRIED_OUT, "erasure", one.id, member=one.member)
    count = len(action.drafts)
    if not count:
        return Done(0, None, CARRY_VERB)
    written = desk.commit(action)
    return Done(count, written.action, CARRY_VERB, frozenset({"member", "erasure"}))
