"""The tables a library sets its lending rules in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum
from uuid import UUID


@dataclass(frozen=True, slots=True)
class LoanRule:
    """One version of one rule; never changed in place, so a loan's ``rule`` says what decided.

    ``None`` in a matching field means "any". Weekdays count from Monday = 0. Money is whole rupiah.
    Durations are days. ``loan_limit`` counts all the member's open loans, ``kind_limit`` those of
    the rule's collection kind only.
    """

    id: UUID
    name: str = ""
    version: int = 1
    category: UUID | None = None
    kind: UUID | None = None
    branch: UUID | None = None
    weekdays: frozenset[int] = frozenset()
    first_day: date | None = None
    last_day: date | None = None
    priority: int = 0
    loan_days: int = 7
    loan_limit: int = 2
    kind_limit: int | None = None
    renewals: int = 1
    renewal_days: int | None = None
    grace_days: int = 0
    fine_per_day: int = 0
    fine_max: int | None = None
    skip_closed_days: bool = True
    suspend_days_per_late_day: int = 0
    suspend_days_max: int | None = None
    hold_limit: int = 2
    may_lend: bool = True


@dataclass(frozen=True, slots=True)
class Hours:
    """Opening hours of one branch (``None``: all) on one weekday (``None``: all) in a date range.

    ``opens is None`` means closed. Of several that match, the highest priority, then the narrower
    date range, then the one that names branch and weekday, wins.
    """

    branch: UUID | None = None
    weekday: int | None = None
    first_day: date | None = None
    last_day: date | None = None
    opens: time | None = None
    closes: time | None = None
    break_from: time | None = None
    break_until: time | None = None
    priority: int = 0


class ClosureKind(StrEnum):
    """Who closed the day."""

    NATIONAL = "national"
    JOINT_LEAVE = "joint_leave"
    LOCAL = "local"


@dataclass(frozen=True, slots=True)
class Closure:
    """A dated closure: national holiday, cuti bersama or the branch's own."""

    first_day: date
    last_day: date
    name: str
    kind: ClosureKind = ClosureKind.NATIONAL
    branch: UUID | None = None
    applies: bool = True


@dataclass(frozen=True, slots=True)
class HouseRules:
    """What holds for the whole library whatever the loan rule says; all are settings.

    ``block_from_debt``: a member who owes at least this many rupiah may not borrow
    (``None``: never). ``block_when_overdue``: a member with an overdue loan may not borrow.
    ``minor_age``: younger members need a guardian's consent (``None``: not asked).
    ``hold_pickup_days``: open days a copy waits for its hold. ``expiry_caps_due``: no due date
    after the membership ends. ``renew_from_today``: a renewal counts from today, else from the
    due date. ``hold_wanted_days``: a hold that nobody could fill lapses after so many days
    (``None``: never). ``kit_limit``: copies in one block loan. ``back_date_days``: how far back a
    paper slip may be entered (``None``: no end).
    """

    block_from_debt: int | None = None
    block_when_overdue: bool = True
    minor_age: int | None = None
    hold_pickup_days: int = 3
    expiry_caps_due: bool = False
    renew_from_today: bool = True
    renew_when_overdue: bool = False
    hold_wanted_days: int | None = None
    kit_limit: int = 100
    back_date_days: int | None = 90
