"""What a desk job answers when it was done; a refusal is ``domain.decisions.Refused``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Generic, TypeVar
from uuid import UUID

from perpusdesk.storage.queries.loans import LoanLine

__all__ = ["Done", "Lent", "LoanLine", "Notice", "NoticeKind", "Returned"]

T = TypeVar("T")


class NoticeKind(StrEnum):
    """What staff should know besides, in falling order of weight."""

    HOLD_READY_HERE = "hold_ready_here"
    HOLD_TRANSIT = "hold_transit"
    FINE = "fine"
    SUSPENDED = "suspended"
    OVERDUE = "overdue"
    DEBT = "debt"
    MEMBER_HOLD_READY = "member_hold_ready"
    EXPIRES_SOON = "expires_soon"
    GO_HOME = "go_home"
    WAS_IN_TRANSIT = "was_in_transit"
    ARRIVED = "arrived"
    WAS_NOT_ON_LOAN = "was_not_on_loan"
    WAS_LOST = "was_lost"
    WAS_CLAIMED = "was_claimed"
    OVERRIDDEN = "overridden"
    LAST_LOAN = "last_loan"
    EDITED_MEANWHILE = "edited_meanwhile"


@dataclass(frozen=True, slots=True)
class Notice:
    """One such thing with its facts."""

    kind: NoticeKind
    facts: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Done(Generic[T]):
    """It was committed: the result, the action (to undo it), and which record types changed.

    ``action`` is ``None`` when nothing had to be written.
    """

    value: T
    action: UUID | None
    verb: str
    changes: frozenset[str] = frozenset()
    notices: tuple[Notice, ...] = ()


@dataclass(frozen=True, slots=True)
class Lent:
    """A copy was lent; ``left`` is the member's remaining quota."""

    line: LoanLine
    left: int


@dataclass(frozen=True, slots=True)
class Returned:
    """A copy was taken back: ``line`` is ``None`` when it was not on loan."""

    copy: UUID
    barcode: str
    title_id: UUID
    title: str
    author: str
    call_number: str
    line: LoanLine | None
    returned_at: datetime
    days_late: int = 0
    fine: int = 0
    suspended_until: date | None = None
    hold: UUID | None = None
    hold_member: str = ""
    pickup_until: date | None = None
    transit_to: str = ""
    transit_branch: UUID | None = None
