"""Holds: who is next, who may join the queue, and until when a copy is kept.

The queue of a title is ordered by ``placed_at``, then id. The first in it gets the next copy that
comes back anywhere; when the pickup branch is elsewhere, the copy travels. Every function takes
holds of any state and order, and ignores those that ended or lapsed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from uuid import UUID

from perpusdesk.domain.calendar import Calendar
from perpusdesk.domain.circulation_requests import HoldRequest
from perpusdesk.domain.circulation_types import Hold, HoldState, HoldTerms
from perpusdesk.domain.decisions import Reason, Refused
from perpusdesk.domain.eligibility import member_refusals
from perpusdesk.domain.items import Access, Condition, Copy
from perpusdesk.domain.overriding import settle
from perpusdesk.domain.policy import choose_rule
from perpusdesk.domain.policy_types import HouseRules


def is_live(hold: Hold, day: date) -> bool:
    """Whether a hold still counts: waiting and wanted, or ready and kept."""
    if hold.state is HoldState.WAITING:
        return hold.expires is None or day <= hold.expires
    return hold.state is HoldState.READY and (hold.pickup_until is None or day <= hold.pickup_until)


def queue(holds: Iterable[Hold], day: date) -> tuple[Hold, ...]:
    """The waiting holds, first come first."""
    waiting = (hold for hold in holds if hold.state is HoldState.WAITING and is_live(hold, day))
    return tuple(sorted(waiting, key=lambda hold: (hold.placed_at, hold.id)))


def queue_position(hold: Hold, holds: Iterable[Hold], day: date) -> int | None:
    """Place in the queue of the hold's title from 1; 0 when a copy is ready; ``None`` when over."""
    if not is_live(hold, day):
        return None
    if hold.state is HoldState.READY:
        return 0
    rivals = queue((other for other in holds if other.title == hold.title), day)
    before = [x for x in rivals if (x.placed_at, x.id) < (hold.placed_at, hold.id)]
    return len(before) + 1


def queue_for_copy(copy: Copy, holds: Iterable[Hold], day: date) -> tuple[Hold, ...]:
    """The waiting holds that this copy could fill: for its title, and for any copy or this one."""
    return queue(
        (hold for hold in holds if hold.title == copy.title and hold.copy in (None, copy.id)), day
    )


def next_for_copy(copy: Copy, holds: Iterable[Hold], day: date) -> Hold | None:
    """Whose turn it is; nobody's when the copy may not be lent as it is."""
    if copy.access is not Access.LOAN or copy.condition is not Condition.GOOD:
        return None
    return next(iter(queue_for_copy(copy, holds, day)), None)


def set_aside_for(copy: Copy, holds: Iterable[Hold], day: date) -> Hold | None:
    """The ready hold that this copy is kept for, if it is kept at all."""
    ready = (
        hold
        for hold in holds
        if hold.state is HoldState.READY and hold.copy == copy.id and is_live(hold, day)
    )
    return min(ready, key=lambda hold: (hold.placed_at, hold.id), default=None)


def own_hold(copy: Copy, member: UUID, holds: Sequence[Hold], day: date) -> Hold | None:
    """The member's hold that taking this copy fills: the one it is kept for, else one waiting."""
    kept = set_aside_for(copy, [hold for hold in holds if hold.member == member], day)
    mine = (hold for hold in queue_for_copy(copy, holds, day) if hold.member == member)
    return kept or next(mine, None)


def hold_conflict(
    copy: Copy, member: UUID | None, holds: Sequence[Hold], day: date, other_copies_free: int = 0
) -> Refused | None:
    """``COPY_ON_HOLD`` when somebody else comes first; may be overridden.

    The copy is kept for another, or more people wait before this member than other copies are
    free. Facts: hold, member, ready, pickup_until, waiting (how many come first).
    """
    kept = set_aside_for(copy, holds, day)
    if kept is not None:
        return None if kept.member == member else _on_hold(kept, 1)
    ahead = []
    for hold in queue_for_copy(copy, holds, day):
        if hold.member == member:
            break
        ahead.append(hold)
    return _on_hold(ahead[0], len(ahead)) if len(ahead) > max(0, other_copies_free) else None


def lapsed(holds: Iterable[Hold], day: date) -> tuple[Hold, ...]:
    """Open holds whose time is over: to be entered as expired, and their copies to go on."""
    open_states = (HoldState.WAITING, HoldState.READY)
    return tuple(hold for hold in holds if hold.state in open_states and not is_live(hold, day))


def last_pickup_day(calendar: Calendar, day: date, house: HouseRules) -> date:
    """The last day a copy that is ready on ``day`` is kept: so many open days later."""
    return calendar.after_open_days(day, max(0, house.hold_pickup_days))


def may_cancel(hold: Hold) -> Refused | None:
    """Only a waiting or ready hold can be cancelled (``HOLD_NOT_OPEN``: state)."""
    if hold.state in (HoldState.WAITING, HoldState.READY):
        return None
    return Refused(Reason.HOLD_NOT_OPEN, {"hold": hold.id, "state": hold.state})


def may_place(request: HoldRequest) -> HoldTerms | Refused:
    """Whether the member may wait for the title, and at which place."""
    settled = settle(hold_refusals(request), request.override)
    if isinstance(settled, Refused):
        return settled
    day, wanted = request.at.date(), request.house.hold_wanted_days
    rivals = queue((hold for hold in request.holds if hold.title == request.title), day)
    expires = None if wanted is None else day + timedelta(days=wanted)
    return HoldTerms(len(rivals) + 1, expires, settled)


def hold_refusals(request: HoldRequest) -> tuple[Refused, ...]:
    """All that speaks against a hold, what cannot be overridden first.

    Facts: ``HOLD_EXISTS`` hold · ``NO_RULE`` category, branch · ``COPY_ALREADY_YOURS`` loan, due ·
    ``HOLD_LIMIT_REACHED`` limit, count · ``HOLD_COPY_ON_SHELF`` copies, branch; the member's as
    ``member_refusals``.
    """
    found = (
        _exists(request),
        *_limit(request),
        *member_refusals(
            request.member, request.at.date(), request.house, request.open_loans, request.debt
        ),
        _has_it(request),
        _on_shelf(request),
    )
    refusals = [refusal for refusal in found if refusal is not None]
    return tuple(sorted(refusals, key=lambda refusal: refusal.overridable))


def _on_hold(hold: Hold, waiting: int) -> Refused:
    facts = {
        "hold": hold.id,
        "member": hold.member,
        "ready": hold.state is HoldState.READY,
        "pickup_until": hold.pickup_until,
        "waiting": waiting,
    }
    return Refused(Reason.COPY_ON_HOLD, facts, overridable=True)


def _exists(request: HoldRequest) -> Refused | None:
    for hold in (*request.member_holds, *request.holds):
        same = hold.member == request.member.id and hold.title == request.title
        if same and hold.copy in (None, request.copy) and is_live(hold, request.at.date()):
            return Refused(Reason.HOLD_EXISTS, {"hold": hold.id})
    return None


def _limit(request: HoldRequest) -> tuple[Refused, ...]:
    day, category = request.at.date(), request.member.category
    chosen = [
        choose_rule(request.rules, category, kind, request.branch, day) for kind in request.kinds
    ]
    limits = [rule.hold_limit for rule in chosen if rule is not None and rule.may_lend]
    if not limits:
        return (Refused(Reason.NO_RULE, {"category": category, "branch": request.branch}),)
    count = sum(is_live(hold, day) for hold in request.member_holds)
    if count < max(limits):
        return ()
    facts = {"limit": max(limits), "count": count}
    return (Refused(Reason.HOLD_LIMIT_REACHED, facts, overridable=True),)


def _has_it(request: HoldRequest) -> Refused | None:
    loan = request.own_loan
    if loan is None or request.copy not in (None, loan.copy):
        return None
    return Refused(Reason.COPY_ALREADY_YOURS, {"loan": loan.id, "due": loan.due}, overridable=True)


def _on_shelf(request: HoldRequest) -> Refused | None:
    if request.copies_on_shelf <= 0:
        return None
    facts = {"copies": request.copies_on_shelf, "branch": request.pickup}
    return Refused(Reason.HOLD_COPY_ON_SHELF, facts, overridable=True)
