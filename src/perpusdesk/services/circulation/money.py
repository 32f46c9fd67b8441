"""A member's money: fines come from returns; here it is paid, waived, charged and refunded."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final
from uuid import UUID

from perpusdesk.domain.decisions import Reason, Refused
from perpusdesk.domain.merge.facts import ENTRY
from perpusdesk.services.desk import Desk
from perpusdesk.services.results import Done
from perpusdesk.storage.drafts import Action
from perpusdesk.storage.queries import circulation as find
from perpusdesk.storage.queries import money as query
from perpusdesk.storage.queries.money import MoneyLine

RIGHT: Final = "money"
MOST: Final = 1_000_000_000


class MoneyKind(StrEnum):
    """What an entry is: the first three add to what is owed, the next three take away from it."""

    FINE = "fine"
    REPLACEMENT = "replacement"
    CHARGE = "charge"
    PAYMENT = "payment"
    WAIVER = "waiver"
    CANCELLED = "cancelled"
    REFUND = "refund"


@dataclass(frozen=True, slots=True)
class Booked:
    """An entry that was written, and what the member owes after it (below 0: has too much)."""

    member: UUID
    entry: MoneyLine
    balance: int


def balance(desk: Desk, member: UUID) -> int:
    """Return what a member owes in whole rupiah (below 0: the library owes)."""
    return find.debt_of(desk.library, member)


def take_payment(desk: Desk, member: UUID, amount: int, note: str = "") -> Done[Booked] | Refused:
    """Write down money that a member paid now.

    ``AMOUNT_INVALID`` amount, owed: not above 0, or more than is owed. ``RIGHT_MISSING``.
    """
    return _lessen(desk, member, amount, MoneyKind.PAYMENT, note)


def waive(desk: Desk, member: UUID, amount: int, reason: str) -> Done[Booked] | Refused:
    """Let a member off what is owed, for a reason that is kept.

    Refused as ``take_payment`` is; ``REASON_MISSING``.
    """
    if not reason.strip():
        return Refused(Reason.REASON_MISSING)
    return _lessen(desk, member, amount, MoneyKind.WAIVER, reason)


def charge(
    desk: Desk,
    member: UUID,
    amount: int,
    note: str,
    *,
    kind: MoneyKind = MoneyKind.CHARGE,
    loan: UUID | None = None,
) -> Done[Booked] | Refused:
    """Make a member owe something (a lost card, a torn page); ``note`` says what for.

    ``AMOUNT_INVALID`` amount, ``REASON_MISSING``, ``RIGHT_MISSING``.
    """
    if not note.strip():
        return Refused(Reason.REASON_MISSING)
    refusal = _refusal(desk, member, amount, MOST)
    return refusal or _book(desk, member, amount, kind, note, loan=loan)


def refund(desk: Desk, member: UUID, amount: int, reason: str) -> Done[Booked] | Refused:
    """Give back what a member paid too much, at most that much. As ``waive``."""
    if not reason.strip():
        return Refused(Reason.REASON_MISSING)
    owed = balance(desk, member)
    refusal = _refusal(desk, member, amount, -owed, owed)
    return refusal or _book(desk, member, amount, MoneyKind.REFUND, reason)


def add_entry(
    desk: Desk,
    action: Action,
    member: UUID,
    amount: int,
    kind: MoneyKind,
    *,
    loan: UUID | None = None,
    note: str = "",
) -> UUID:
    """Put an entry into an action; ``amount`` above 0 is owed, below 0 owed no more."""
    id_ = desk.library.new_id()
    action.event(
        ENTRY,
        "money",
        id_,
        fresh=True,
        member=member,
        amount=amount,
        kind=kind,
        loan=loan,
        note=note.strip() or None,
    )
    return id_


def _lessen(
    desk: Desk, member: UUID, amount: int, kind: MoneyKind, note: str
) -> Done[Booked] | Refused:
    owed = balance(desk, member)
    refusal = _refusal(desk, member, amount, owed, owed)
    return refusal or _book(desk, member, -amount, kind, note)


def _refusal(
    desk: Desk, member: UUID, amount: int, most: int, owed: int | None = None
) -> Refused | None:
    if not desk.may(RIGHT):
        return Refused(Reason.RIGHT_MISSING, {"right": RIGHT})
    if find.member_by_id(desk.library, member) is None:
        return Refused(Reason.MEMBER_UNKNOWN, {"member": member})
    if 0 < amount <= most:
        return None
    facts = {"amount": amount} if owed is None else {"amount": amount, "owed": owed}
    return Refused(Reason.AMOUNT_INVALID, facts)


def _book(
    desk: Desk,
    member: UUID,
    amount: int,
    kind: MoneyKind,
    note: str,
    *,
    loan: UUID | None = None,
) -> Done[Booked]:
    action = desk.action(kind.value)
    id_ = add_entry(desk, action, member, amount, kind, loan=loan, note=note)
    written = desk.commit(action)
    line = query.entry(desk.library, id_)
    assert line is not None
    booked = Booked(member, line, balance(desk, member))
    return Done(booked, written.action, kind.value, frozenset({"money"}))


@dataclass(frozen=True, slots=True)
class Receipt:
    """What was paid since a moment, and what is still owed, in whole rupiah."""

    paid: int
    owed: int
    lines: tuple[MoneyLine, ...]


def receipt(desk: Desk, member: UUID, since: datetime) -> Receipt:
    """Return the money part of a slip: the payments since a moment, and the balance now."""
    lines = tuple(
        line
        for line in query.ledger(desk.library, member)
        if line.at >= since and not line.voided and line.kind == MoneyKind.PAYMENT
    )
    owed = max(0, balance(desk, member))
    return Receipt(-sum(line.amount for line in lines), owed, lines)
