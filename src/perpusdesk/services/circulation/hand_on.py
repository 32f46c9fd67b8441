"""A copy that was kept for somebody who will not come goes to the next who waits."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from uuid import UUID

from perpusdesk.domain.circulation_requests import ReturnRequest
from perpusdesk.domain.circulation_types import Hold, HoldState
from perpusdesk.domain.merge import holds as events
from perpusdesk.domain.returns import decide_arrival
from perpusdesk.services.desk import Desk
from perpusdesk.storage.drafts import Action
from perpusdesk.storage.queries import circulation as find


@dataclass(frozen=True, slots=True)
class HandedOn:
    """The hold that the copy is kept for now."""

    hold: UUID
    copy: UUID


def hand_on(desk: Desk, action: Action, freed: Hold, served: AbstractSet[UUID]) -> list[HandedOn]:
    """Keep the copy of ``freed`` for the next in the queue, within an action.

    The copy stands where it was to be collected, or is on its way there. ``served`` are holds
    that got a copy in this action already. At most one is returned.
    """
    if freed.state is not HoldState.READY or freed.copy is None:
        return []
    copy = find.copy_by_id(desk.library, freed.copy)
    if copy is None or find.open_loan_of_copy(desk.library, copy.id):
        return []
    place = freed.pickup or desk.branch
    others = find.live_holds_of_title(desk.library, copy.title)
    terms = decide_arrival(
        ReturnRequest(
            copy=copy,
            loan=None,
            rule=None,
            calendar=desk.calendar(place),
            at=desk.now(),
            branch=place,
            house=desk.house,
            holds=tuple(hold for hold in others if hold.id not in {freed.id, *served}),
        )
    )
    if terms.next_hold is None:
        return []
    until = terms.pickup_until if freed.pickup_until else None
    action.event(events.READY, "hold", terms.next_hold.id, copy=copy.id, until=until)
    return [HandedOn(terms.next_hold.id, copy.id)]
