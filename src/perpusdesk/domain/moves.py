"""Copies that are moved from branch to branch: what may be sent, and what an arrival means."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from perpusdesk.domain.circulation_types import Hold, Loan
from perpusdesk.domain.decisions import Reason, Refused
from perpusdesk.domain.eligibility import copy_refusals
from perpusdesk.domain.holds import set_aside_for
from perpusdesk.domain.items import Copy


class Why(StrEnum):
    """For what a copy travels.

    ``MOVE``: it belongs to the other branch once it arrives. ``HOME``: it goes back to its own.
    ``HOLD``: a member waits for it there; it keeps its own branch.
    """

    MOVE = "move"
    HOME = "home"
    HOLD = "hold"


@dataclass(frozen=True, slots=True)
class Way:
    """A way that a copy is on: from where, to where, for what."""

    id: UUID
    from_branch: UUID | None
    to_branch: UUID | None
    why: str


@dataclass(frozen=True, slots=True)
class SendTerms:
    """For what a copy is sent, and the hold it was kept for here, which waits again."""

    why: Why
    releases: UUID | None = None


def decide_send(
    copy: Copy,
    to: UUID,
    here: UUID,
    day: date,
    *,
    loan: Loan | None = None,
    way: Way | None = None,
    holds: Sequence[Hold] = (),
    anyway: bool = False,
) -> SendTerms | Refused:
    """Tell whether a copy in hand may be sent to a branch, and for what.

    ``COPY_ON_LOAN`` loan, member, due; ``COPY_LOST`` and ``COPY_WITHDRAWN`` condition;
    ``COPY_IN_TRANSIT`` barcode, branch when it is on its way already; ``COPY_HERE_ALREADY``
    barcode, branch; ``COPY_ON_HOLD`` hold, member, ready when it is kept for somebody who does
    not wait there, unless it shall go ``anyway``.
    """
    if to == here:
        return Refused(Reason.COPY_HERE_ALREADY, {"barcode": copy.barcode, "branch": to})
    for refusal in copy_refusals(copy, None, loan):
        return refusal
    if way is not None:
        facts = {"barcode": copy.barcode, "branch": way.to_branch, "transfer": way.id}
        return Refused(Reason.COPY_IN_TRANSIT, facts)
    kept = set_aside_for(copy, holds, day)
    if kept is not None and kept.pickup == to:
        return SendTerms(Why.HOLD)
    if kept is not None and not anyway:
        on_hold: dict[str, object] = {"hold": kept.id, "member": kept.member, "ready": True}
        return Refused(Reason.COPY_ON_HOLD, on_hold, overridable=True)
    why = Why.HOME if copy.branch == to else Why.MOVE
    return SendTerms(why, kept.id if kept is not None else None)


def arrives(way: Way, here: UUID) -> bool:
    """Tell whether a copy that turns up here has arrived; elsewhere it never left, or strayed."""
    return way.to_branch == here


def belongs_to(copy: Copy, way: Way) -> UUID | None:
    """Return the branch that a copy belongs to once it arrived."""
    return way.to_branch if way.why not in (Why.HOME, Why.HOLD) else copy.branch


def decide_receive(
    copy: Copy, here: UUID, *, loan: Loan | None = None, way: Way | None = None
) -> Refused | None:
    """Tell what speaks against taking a copy in that was unpacked here.

    ``COPY_ON_LOAN`` loan, member, due: take it back first. ``COPY_FOR_ELSEWHERE`` barcode, branch:
    it was sent to another. ``COPY_NOT_IN_TRANSIT`` barcode: it is of this branch and was not sent.
    ``COPY_NOT_SENT`` barcode, branch: it is of another branch, where nobody scanned it when it was
    sent; staff may take it over.
    """
    on_loan = [x for x in copy_refusals(copy, None, loan) if x.reason is Reason.COPY_ON_LOAN]
    if on_loan:
        return on_loan[0]
    if way is not None and arrives(way, here):
        return None
    if way is not None:
        facts = {"barcode": copy.barcode, "branch": way.to_branch, "transfer": way.id}
        return Refused(Reason.COPY_FOR_ELSEWHERE, facts)
    if copy.branch == here:
        return Refused(Reason.COPY_NOT_IN_TRANSIT, {"barcode": copy.barcode})
    facts = {"barcode": copy.barcode, "branch": copy.branch}
    return Refused(Reason.COPY_NOT_SENT, facts, overridable=True)


def days_under_way(sent: date, today: date) -> int:
    """Return how many days a copy has been on its way; a wrong clock makes it no less than 0."""
    return max(0, (today - sent).days)
