"""Copies that members lose, say they returned, replace or bring back after all."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from perpusdesk.domain.circulation_types import Loan, LoanEnd
from perpusdesk.domain.decisions import Reason, Refused
from perpusdesk.domain.items import Condition, Copy
from perpusdesk.domain.members import Block, BlockKind


class Settlement(StrEnum):
    """What the library asks for a lost or spoilt copy."""

    PRICE = "price"
    SAME_TITLE = "same_title"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class LossTerms:
    """The loan ends so, the copy is so, the member owes ``charge`` rupiah.

    ``block``: the member is blocked with this kind until the replacement is there.
    """

    condition: Condition
    loan_end: LoanEnd | None
    charge: int = 0
    block: BlockKind | None = None


@dataclass(frozen=True, slots=True)
class FoundTerms:
    """The copy is back: ``cancels`` rupiah are owed no more, ``refunds`` are given back.

    ``lifts``: the block that ends with it.
    """

    condition: Condition
    cancels: int = 0
    refunds: int = 0
    lifts: UUID | None = None


def decide_lost(
    copy: Copy, loan: Loan | None, settlement: Settlement, price: int | None = None
) -> LossTerms | Refused:
    """A member lost the copy: the loan ends, a price or the same title is owed.

    ``price``: what was agreed, else the copy's own. Lateness is apart (``fines.cost_of``).
    ``COPY_NOT_ON_LOAN`` copy · ``LOAN_CLOSED`` loan, end · ``AMOUNT_INVALID`` amount.
    """
    refusal = _loan_refusal(copy, loan)
    if refusal is not None:
        return refusal
    return _settled(copy, LoanEnd.LOST, Condition.LOST, settlement, price)


def decide_damaged(
    copy: Copy, settlement: Settlement = Settlement.NOTHING, price: int | None = None
) -> LossTerms | Refused:
    """A copy came back damaged: it is out of lending, and the member may owe something for it.

    ``COPY_LOST``, ``COPY_WITHDRAWN`` condition · ``AMOUNT_INVALID`` amount.
    """
    if copy.condition is Condition.WITHDRAWN:
        return Refused(Reason.COPY_WITHDRAWN, {"condition": copy.condition})
    if copy.condition in (Condition.LOST, Condition.MISSING):
        return Refused(Reason.COPY_LOST, {"condition": copy.condition})
    return _settled(copy, None, Condition.DAMAGED, settlement, price)


def decide_found(
    copy: Copy,
    charge: int = 0,
    paid: int = 0,
    *,
    block: Block | None = None,
    refund: bool = False,
    damaged: bool = False,
) -> FoundTerms | Refused:
    """A lost or missing copy turned up; what was charged for it and not paid is owed no more.

    ``charge`` and ``paid``: rupiah charged and paid for this copy. ``refund``: the house gives
    back what was paid. ``block``: the member's block for this copy. ``COPY_NOT_LOST`` condition.
    """
    if copy.condition not in (Condition.LOST, Condition.MISSING):
        return Refused(Reason.COPY_NOT_LOST, {"condition": copy.condition})
    return FoundTerms(
        condition=Condition.DAMAGED if damaged else Condition.GOOD,
        cancels=max(0, charge - paid),
        refunds=max(0, min(charge, paid)) if refund else 0,
        lifts=_lifted(block),
    )


def decide_replaced(copy: Copy, block: Block | None = None) -> FoundTerms | Refused:
    """The member brought the same title: the old copy leaves the stock, the block ends.

    The new copy is catalogued as any other. ``COPY_NOT_LOST`` condition.
    """
    if copy.condition not in (Condition.LOST, Condition.DAMAGED):
        return Refused(Reason.COPY_NOT_LOST, {"condition": copy.condition})
    return FoundTerms(Condition.WITHDRAWN, lifts=_lifted(block))


def decide_claim(loan: Loan | None) -> Loan | Refused:
    """The member says that the copy was returned: the loan stays open while the shelf is searched.

    From then it counts as no overdue and costs no fine. It ends as a return when the copy is
    found, else as lost. ``LOAN_UNKNOWN`` · ``LOAN_CLOSED`` loan, end.
    """
    if loan is None:
        return Refused(Reason.LOAN_UNKNOWN)
    if loan.end is not None:
        return Refused(Reason.LOAN_CLOSED, {"loan": loan.id, "end": loan.end})
    return loan


def _loan_refusal(copy: Copy, loan: Loan | None) -> Refused | None:
    if loan is None or loan.copy != copy.id:
        return Refused(Reason.COPY_NOT_ON_LOAN, {"copy": copy.id})
    if loan.end is not None:
        return Refused(Reason.LOAN_CLOSED, {"loan": loan.id, "end": loan.end})
    return None


def _settled(
    copy: Copy,
    end: LoanEnd | None,
    condition: Condition,
    settlement: Settlement,
    price: int | None,
) -> LossTerms | Refused:
    if settlement is Settlement.SAME_TITLE:
        return LossTerms(condition, end, block=BlockKind.LOST_ITEM)
    if settlement is Settlement.NOTHING:
        return LossTerms(condition, end)
    amount = copy.price if price is None else price
    if amount <= 0:
        return Refused(Reason.AMOUNT_INVALID, {"amount": amount})
    return LossTerms(condition, end, charge=amount)


def _lifted(block: Block | None) -> UUID | None:
    return block.id if block is not None and block.kind is BlockKind.LOST_ITEM else None
