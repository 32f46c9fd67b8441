"""Holds: placing, cancelling, setting a copy aside, and ending those whose time is over."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from perpusdesk.domain.circulation_requests import HoldRequest
from perpusdesk.domain.circulation_types import Hold, HoldState
from perpusdesk.domain.decisions import Override, Reason, Refused
from perpusdesk.domain.eligibility import access_refusal, copy_refusals, damage_refusal
from perpusdesk.domain.holds import hold_conflict, is_live, last_pickup_day, may_cancel, may_place
from perpusdesk.domain.items import Copy
from perpusdesk.domain.merge import holds as events
from perpusdesk.services.circulation.hand_on import HandedOn, hand_on
from perpusdesk.services.circulation.lend import refuse_special
from perpusdesk.services.desk import Desk
from perpusdesk.services.members.register_member import overridden_notices
from perpusdesk.services.results import Done, Notice, NoticeKind
from perpusdesk.storage.queries import circulation as find
from perpusdesk.storage.queries import holds as query
from perpusdesk.storage.queries.holds import HoldLine

EXPIRE: Final = "expire_holds"
_HOLD: Final = frozenset({"hold"})


def place_hold(
    desk: Desk,
    member: UUID,
    title: UUID,
    *,
    copy: UUID | None = None,
    pickup: UUID | None = None,
    override: Override | None = None,
) -> Done[HoldLine] | Refused:
    """Let a member wait for a title (or for one copy of it), to collect here or at ``pickup``.

    Refused as ``domain.holds.hold_refusals`` says; ``MEMBER_UNKNOWN``, ``TITLE_UNKNOWN``,
    ``COPY_UNKNOWN``.
    """
    refusal = refuse_special(desk, override, None)
    request = refusal or _request(
        desk, member, title, copy, pickup or desk.branch, override=override
    )
    if isinstance(request, Refused):
        return request
    terms = may_place(request)
    if isinstance(terms, Refused):
        return terms
    action, hold = desk.action("place_hold"), desk.library.new_id()
    action.event(
        events.PLACED,
        "hold",
        hold,
        fresh=True,
        title=title,
        member=member,
        pickup=request.pickup,
        copy=copy,
        expires=terms.expires,
        overridden=sorted(terms.overridden) or None,
        why=override.reason if override and terms.overridden else None,
    )
    written = desk.commit(action)
    notices = overridden_notices(terms.overridden)
    return Done(_line(desk, hold), written.action, action.verb, _HOLD, notices)


def cancel_hold(desk: Desk, hold: UUID, reason: str = "") -> Done[HoldLine] | Refused:
    """End a hold that is no longer wanted; a copy kept for it goes to the next who waits.

    ``HOLD_NOT_OPEN`` hold, state.
    """
    found = find.hold_by_id(desk.library, hold)
    refusal = Refused(Reason.HOLD_NOT_OPEN, {"hold": hold}) if found is None else may_cancel(found)
    if found is None or refusal is not None:
        assert refusal is not None
        return refusal
    action = desk.action("cancel_hold")
    action.event(events.CANCELLED, "hold", hold, why=reason.strip() or None)
    handed = hand_on(desk, action, found, set())
    written = desk.commit(action)
    return Done(_line(desk, hold), written.action, action.verb, _HOLD, _notices(desk, handed))


def set_aside(desk: Desk, hold: UUID, copy: UUID) -> Done[HoldLine] | Refused:
    """Keep a copy that was picked from the shelf for a waiting hold.

    Where it is to be collected here, it is ready from now; elsewhere, it is on its way and becomes
    ready when that branch takes it in. ``HOLD_NOT_OPEN``, ``HOLD_OTHER_TITLE`` hold, copy,
    ``COPY_ON_HOLD`` and what keeps a copy from being lent.
    """
    waiting, found = find.hold_by_id(desk.library, hold), find.copy_by_id(desk.library, copy)
    if waiting is None or waiting.state is not HoldState.WAITING:
        facts = {"hold": hold, "state": waiting.state if waiting else None}
        return Refused(Reason.HOLD_NOT_OPEN, facts)
    if found is None:
        return Refused(Reason.COPY_UNKNOWN, {"copy": copy})
    refusal = _unfit(desk, found, waiting)
    if refusal is not None:
        return refusal
    here = waiting.pickup in (None, desk.branch)
    until = last_pickup_day(desk.calendar(), desk.today(), desk.house) if here else None
    action = desk.action("set_aside")
    action.event(events.READY, "hold", hold, copy=copy, until=until)
    written = desk.commit(action)
    return Done(_line(desk, hold), written.action, action.verb, _HOLD)


def release_hold(desk: Desk, hold: UUID) -> Done[HoldLine] | Refused:
    """Let a kept copy go and the hold wait again at its old place. ``HOLD_NOT_OPEN``."""
    found = find.hold_by_id(desk.library, hold)
    if found is None or found.state is not HoldState.READY:
        facts = {"hold": hold, "state": found.state if found else None}
        return Refused(Reason.HOLD_NOT_OPEN, facts)
    action = desk.action("release_hold")
    action.event(events.RELEASED, "hold", hold)
    written = desk.commit(action)
    return Done(_line(desk, hold), written.action, action.verb, _HOLD)


def expire_holds(desk: Desk) -> Done[tuple[HoldLine, ...]]:
    """End the holds to collect here whose time is over; kept copies go to the next who wait.

    Run at start and when the day changes; where nothing lapsed, nothing is written.
    """
    lapsed = query.lapsed_lines(desk.library, desk.branch, desk.today())
    action = desk.action(EXPIRE)
    handed: list[HandedOn] = []
    for line in lapsed:
        action.event(events.EXPIRED, "hold", line.hold)
        found = find.hold_by_id(desk.library, line.hold)
        if found is not None:
            handed += hand_on(desk, action, found, {one.hold for one in handed})
    if not lapsed:
        return Done((), None, EXPIRE)
    written = desk.commit(action)
    lines = tuple(_line(desk, line.hold) for line in lapsed)
    return Done(lines, written.action, EXPIRE, _HOLD, _notices(desk, handed))


def _request(
    desk: Desk,
    member_id: UUID,
    title: UUID,
    copy: UUID | None,
    pickup: UUID,
    *,
    override: Override | None,
) -> HoldRequest | Refused:
    library = desk.library
    member = find.member_by_id(library, member_id)
    if member is None:
        return Refused(Reason.MEMBER_UNKNOWN, {"member": member_id})
    if not library.value("select 1 from title where id = ? and deleted = 0", title.bytes):
        return Refused(Reason.TITLE_UNKNOWN, {"title": title})
    copies = {one.id for one in find.copies_of_title(library, title)}
    if copy is not None and copy not in copies:
        return Refused(Reason.COPY_UNKNOWN, {"copy": copy})
    loans = find.open_loans_of_member(library, member_id)
    shelf = query.shelf_copies(library, title, pickup)
    return HoldRequest(
        member=member,
        title=title,
        rules=desk.rules,
        at=desk.now(),
        branch=desk.branch,
        pickup=pickup,
        copy=copy,
        kinds=query.kinds_of_title(library, title) or (None,),
        house=desk.house,
        holds=find.live_holds_of_title(library, title),
        member_holds=find.live_holds_of_member(library, member_id),
        open_loans=loans,
        own_loan=next((loan for loan in loans if loan.copy in copies), None),
        debt=find.debt_of(library, member_id),
        copies_on_shelf=sum(copy in (None, one.id) for one in shelf),
        override=override,
    )


def _unfit(desk: Desk, copy: Copy, hold: Hold) -> Refused | None:
    if copy.title != hold.title or hold.copy not in (None, copy.id):
        return Refused(Reason.HOLD_OTHER_TITLE, {"hold": hold.id, "copy": copy.id})
    if not is_live(hold, desk.today()):
        return Refused(Reason.HOLD_NOT_OPEN, {"hold": hold.id, "state": HoldState.EXPIRED})
    holds = [
        other
        for other in find.live_holds_of_title(desk.library, copy.title)
        if other.state is HoldState.READY
    ]
    gone = copy_refusals(copy, None, find.open_loan_of_copy(desk.library, copy.id))
    return (
        next(iter(gone), None)
        or access_refusal(copy)
        or damage_refusal(copy)
        or hold_conflict(copy, None, holds, desk.today())
    )


def _line(desk: Desk, hold: UUID) -> HoldLine:
    line = query.hold_line(desk.library, hold, desk.today())
    assert line is not None
    return line


def _notices(desk: Desk, handed: list[HandedOn]) -> tuple[Notice, ...]:
    found = []
    for one in handed:
        line = _line(desk, one.hold)
        kind = NoticeKind.HOLD_TRANSIT if line.in_transit else NoticeKind.HOLD_READY_HERE
        facts = {
            "member": line.member_name,
            "until": line.pickup_until,
            "branch": line.pickup_name,
            "barcode": line.barcode,
        }
        found.append(Notice(kind, facts))
    return tuple(found)
