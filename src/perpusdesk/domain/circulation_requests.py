"""What the desk asks the rules: everything that a decision needs to know, in one value.

Nothing is looked up by the rules, so whoever asks brings it all. ``at`` is the local time at the
desk (its date is the day that counts); for a back-dated entry it is the time on the paper slip.
``branch`` is where the desk stands and chooses the rule; ``calendar`` is that of the branch where
the copy is to come back.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from perpusdesk.domain.calendar import Calendar
from perpusdesk.domain.circulation_types import Hold, Loan
from perpusdesk.domain.decisions import Override
from perpusdesk.domain.items import Copy
from perpusdesk.domain.members import Member
from perpusdesk.domain.policy_types import HouseRules, LoanRule

DEFAULT_HOUSE = HouseRules()


@dataclass(frozen=True, slots=True)
class LendRequest:
    """Asks whether a member may take a copy home.

    ``rules``: all current rules. ``open_loans``: all open loans of the member, anywhere.
    ``debt``: what the member owes, in rupiah. ``copy_loan``: the open loan of this copy, whoever
    has it. ``holds``: all waiting and ready holds for the title, of everybody.
    ``other_copies_free``: lendable copies of the title, besides this one, that stand on a shelf;
    as many waiting holds are served by those and do not stop this loan.
    """

    member: Member
    copy: Copy
    rules: tuple[LoanRule, ...]
    calendar: Calendar
    at: datetime
    branch: UUID | None = None
    house: HouseRules = DEFAULT_HOUSE
    open_loans: tuple[Loan, ...] = ()
    debt: int = 0
    copy_loan: Loan | None = None
    holds: tuple[Hold, ...] = ()
    other_copies_free: int = 0
    override: Override | None = None


@dataclass(frozen=True, slots=True)
class RenewRequest:
    """Asks whether a loan may go on.

    ``loan_rule``: the rule that decided the loan; it decides the renewal only when none of
    ``rules`` (the current ones) matches today. ``open_loans``: the member's, this one included or
    not. The rest is as in ``LendRequest``.
    """

    loan: Loan
    member: Member
    copy: Copy
    rules: tuple[LoanRule, ...]
    calendar: Calendar
    at: datetime
    branch: UUID | None = None
    house: HouseRules = DEFAULT_HOUSE
    loan_rule: LoanRule | None = None
    open_loans: tuple[Loan, ...] = ()
    debt: int = 0
    holds: tuple[Hold, ...] = ()
    other_copies_free: int = 0
    override: Override | None = None


@dataclass(frozen=True, slots=True)
class ReturnRequest:
    """Tells that a copy came back.

    ``loan``: its open loan (``None``: it was not on loan). ``rule``: the rule that decided the loan
    (``None``: no longer known; the return then costs nothing). ``at``: when it came back.
    ``branch``: where. ``holds``: as in ``LendRequest``.
    """

    copy: Copy
    loan: Loan | None
    rule: LoanRule | None
    calendar: Calendar
    at: datetime
    branch: UUID | None = None
    house: HouseRules = DEFAULT_HOUSE
    holds: tuple[Hold, ...] = ()


@dataclass(frozen=True, slots=True)
class ReadRequest:
    """Asks whether a copy may be read in the room; the reader may be unknown."""

    copy: Copy
    at: datetime
    member: UUID | None = None
    copy_loan: Loan | None = None
    holds: tuple[Hold, ...] = ()
    override: Override | None = None


@dataclass(frozen=True, slots=True)
class KitCopy:
    """One copy of a kit and what is known of it (as in ``LendRequest``)."""

    copy: Copy
    copy_loan: Loan | None = None
    holds: tuple[Hold, ...] = ()
    other_copies_free: int = 0


@dataclass(frozen=True, slots=True)
class KitRequest:
    """A block loan: a school or group takes many copies at once.

    A kit may be filled scan by scan: then ``already`` counts the copies in it and ``due`` is the
    date that the first decision gave. ``days`` is a period agreed for this kit; without it the
    shortest period of the rules that allow its copies counts. ``limit`` replaces the house's.
    """

    member: Member
    copies: tuple[KitCopy, ...]
    rules: tuple[LoanRule, ...]
    calendar: Calendar
    at: datetime
    branch: UUID | None = None
    house: HouseRules = DEFAULT_HOUSE
    open_loans: tuple[Loan, ...] = ()
    debt: int = 0
    already: int = 0
    due: date | None = None
    days: int | None = None
    limit: int | None = None
    override: Override | None = None


@dataclass(frozen=True, slots=True)
class HoldRequest:
    """Asks whether a member may wait for a title (or for one ``copy`` of it).

    ``kinds``: the collection kinds of the title's copies. ``holds``: all waiting and ready holds
    for the title. ``member_holds``: all waiting and ready holds of the member. ``open_loans``: the
    member's. ``own_loan``: the member's open loan of the same title. ``copies_on_shelf``: lendable
    copies that stand on the shelf at the pickup branch.
    """

    member: Member
    title: UUID
    rules: tuple[LoanRule, ...]
    at: datetime
    branch: UUID | None = None
    pickup: UUID | None = None
    copy: UUID | None = None
    kinds: tuple[UUID | None, ...] = (None,)
    house: HouseRules = DEFAULT_HOUSE
    holds: tuple[Hold, ...] = ()
    member_holds: tuple[Hold, ...] = ()
    open_loans: tuple[Loan, ...] = ()
    own_loan: Loan | None = None
    debt: int = 0
    copies_on_shelf: int = 0
    override: Override | None = None
