"""Loans and holds as the rules see them, and the answers the rules give."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from perpusdesk.domain.decisions import Reason, Refused
from perpusdesk.domain.policy_types import LoanRule


class LoanEnd(StrEnum):
    """How a loan ended; a loan without an end is open."""

    RETURNED = "returned"
    LOST = "lost"
    VOIDED = "voided"


@dataclass(frozen=True, slots=True)
class Loan:
    """One loan; ``branch`` is where it was lent, ``kit`` the block loan it belongs to."""

    id: UUID
    copy: UUID
    member: UUID
    lent_at: datetime
    due: date
    rule: UUID | None
    renewals: int = 0
    branch: UUID | None = None
    kind: UUID | None = None
    claimed_returned: bool = False
    kit: UUID | None = None
    end: LoanEnd | None = None
    returned_at: datetime | None = None


class HoldState(StrEnum):
    """Where a hold stands."""

    WAITING = "waiting"
    READY = "ready"
    FILLED = "filled"
    CANCELLED = "cancelled"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True)
class Hold:
    """A member waits for a title (or for one copy of it) at a pickup branch.

    ``copy`` is set when one copy is set aside (state READY) or asked for; ``pickup_until`` is the
    last day it is kept; ``expires`` the last day the member still wants it.
    """

    id: UUID
    title: UUID
    member: UUID
    pickup: UUID | None
    placed_at: datetime
    state: HoldState = HoldState.WAITING
    copy: UUID | None = None
    pickup_until: date | None = None
    expires: date | None = None


@dataclass(frozen=True, slots=True)
class Terms:
    """Lending or renewing is allowed: until when, by which rule, and what was overridden.

    ``left``: how many more copies the member may borrow after this. ``fills_hold``: the member's
    own hold, which this loan fills.
    """

    due: date
    rule: LoanRule
    left: int
    overridden: frozenset[Reason] = frozenset()
    fills_hold: UUID | None = None


@dataclass(frozen=True, slots=True)
class ReturnTerms:
    """What a return costs and whose turn is next.

    ``days_late`` is the whole lateness; ``fine`` (rupiah) and ``suspended_until`` (last day) count
    what goes beyond the grace days. ``pickup_until`` is set when ``next_hold`` is picked up where
    the copy now is; otherwise the copy travels to ``transit_to`` first (the pickup branch, or its
    home when nobody waits).
    """

    days_late: int
    fine: int
    suspended_until: date | None = None
    next_hold: Hold | None = None
    pickup_until: date | None = None
    transit_to: UUID | None = None


@dataclass(frozen=True, slots=True)
class ReadTerms:
    """Reading on site is allowed; ``overridden`` as in ``Terms``."""

    overridden: frozenset[Reason] = frozenset()


@dataclass(frozen=True, slots=True)
class KitTerms:
    """A block loan is allowed: one due date for all ``lines``.

    ``lines`` pairs each copy that goes with the rule that allowed it; ``refused`` pairs each copy
    that stays with the reason; ``left`` is how many more the kit may hold.
    """

    due: date
    lines: tuple[tuple[UUID, LoanRule], ...]
    left: int
    refused: tuple[tuple[UUID, Refused], ...] = ()
    overridden: frozenset[Reason] = frozenset()


@dataclass(frozen=True, slots=True)
class HoldTerms:
    """A hold may be placed: at which place in the queue (from 1), and when it lapses unfilled."""

    position: int
    expires: date | None = None
    overridden: frozenset[Reason] = frozenset()


@dataclass(frozen=True, slots=True)
class Quota:
    """How many copies a member may have, has, and may still take."""

    limit: int
    used: int
    left: int
