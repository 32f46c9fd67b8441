"""Lost and missing copies that turn up, and lost ones that the member replaced."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from perpusdesk.domain.circulation_types import Loan, LoanEnd
from perpusdesk.domain.decisions import Reason, Refused
from perpusdesk.domain.items import Condition, Copy
from perpusdesk.domain.lost import FoundTerms, decide_found, decide_replaced
from perpusdesk.domain.members import Block
from perpusdesk.services.circulation.money import RIGHT, MoneyKind, add_entry, balance
from perpusdesk.services.desk import Desk
from perpusdesk.services.results import Done
from perpusdesk.storage.drafts import Action
from perpusdesk.storage.queries import circulation as find
from perpusdesk.storage.queries.member_records import block_of_loan
from perpusdesk.storage.queries.money import charged_for
from perpusdesk.storage.queries.names import member_name, title_brief


@dataclass(frozen=True, slots=True)
class Settled:
    """What became of a copy, and what it means to the member who had it (if anybody).

    ``charge`` and ``fine``: rupiah owed from now; ``cancelled``: owed no more; ``refunded``: given
    back. ``block``: the block that began or ended with it.
    """

    copy: UUID
    barcode: str
    title: str
    condition: Condition
    member: UUID | None = None
    member_name: str = ""
    charge: int = 0
    fine: int = 0
    cancelled: int = 0
    refunded: int = 0
    block: UUID | None = None


def report_found(
    desk: Desk, copy: UUID, *, refund: bool = False, damaged: bool = False
) -> Done[Settled] | Refused:
    """A lost or missing copy turned up: what was charged for it and not paid is owed no more.

    ``refund``: what was paid for it is given back (needs the right "money"). ``damaged``: it is
    not fit to be lent. ``COPY_NOT_LOST`` condition, ``COPY_UNKNOWN``, ``RIGHT_MISSING``.
    """
    if refund and not desk.may(RIGHT):
        return Refused(Reason.RIGHT_MISSING, {"right": RIGHT})
    found = find.copy_by_id(desk.library, copy)
    if found is None:
        return Refused(Reason.COPY_UNKNOWN, {"copy": copy})
    action = desk.action("report_found")
    terms = add_found(desk, action, found, refund=refund, damaged=damaged)
    return _done(desk, action, found, terms)


def report_replaced(desk: Desk, copy: UUID) -> Done[Settled] | Refused:
    """The member brought the same title for a lost or damaged copy: it leaves the stock.

    The block for it ends; the new copy is catalogued as any other. ``COPY_NOT_LOST``.
    """
    found = find.copy_by_id(desk.library, copy)
    if found is None:
        return Refused(Reason.COPY_UNKNOWN, {"copy": copy})
    loan = find.last_loan_of_copy(desk.library, copy)
    terms = decide_replaced(found, _block(desk, loan))
    action = desk.action("report_replaced")
    if not isinstance(terms, Refused):
        _write(desk, action, found, loan, terms)
    return _done(desk, action, found, terms)


def add_found(
    desk: Desk,
    action: Action,
    copy: Copy,
    *,
    refund: bool = False,
    damaged: bool = False,
    lost_by: UUID | None = None,
) -> FoundTerms | Refused:
    """Put into an action what follows when a lost or missing copy is there again.

    ``lost_by`` is the loan it was lost in, should that have another end by now.
    """
    loan = find.loan_by_id(desk.library, lost_by or UUID(int=0))
    if loan is None:
        loan = find.last_loan_of_copy(desk.library, copy.id)
        if loan is not None and loan.end is not LoanEnd.LOST:
            loan = None
    charge = _still_charged(desk, loan)
    owed = max(0, balance(desk, loan.member)) if loan else 0
    terms = decide_found(
        copy,
        charge,
        charge - min(charge, owed),
        block=_block(desk, loan),
        refund=refund,
        damaged=damaged,
    )
    if not isinstance(terms, Refused):
        _write(desk, action, copy, loan, terms)
    return terms


def _still_charged(desk: Desk, loan: Loan | None) -> int:
    if loan is None:
        return 0
    kinds = (MoneyKind.REPLACEMENT, MoneyKind.CANCELLED)
    return max(0, sum(charged_for(desk.library, loan.id, kind) for kind in kinds))


def _block(desk: Desk, loan: Loan | None) -> Block | None:
    id_ = block_of_loan(desk.library, loan.id) if loan else None
    if loan is None or id_ is None:
        return None
    blocks = find.blocks_of(desk.library, loan.member)
    return next((block for block in blocks if block.id == id_), None)


def _write(desk: Desk, action: Action, copy: Copy, loan: Loan | None, terms: FoundTerms) -> None:
    action.set("copy", copy.id, {"condition": terms.condition})
    if terms.lifts:
        action.set("block", terms.lifts, {"lifted": 1})
    if loan is None:
        return
    less, kind = terms.cancels + terms.refunds, MoneyKind.CANCELLED
    if less:
        add_entry(desk, action, loan.member, -less, kind, loan=loan.id)
    if terms.refunds:
        add_entry(desk, action, loan.member, terms.refunds, MoneyKind.REFUND, loan=loan.id)


def _done(
    desk: Desk, action: Action, copy: Copy, terms: FoundTerms | Refused
) -> Done[Settled] | Refused:
    if isinstance(terms, Refused):
        return terms
    loan = find.last_loan_of_copy(desk.library, copy.id)
    written = desk.commit(action)
    settled = Settled(
        copy.id,
        copy.barcode,
        title_brief(desk.library, copy.title).title,
        terms.condition,
        loan.member if loan else None,
        member_name(desk.library, loan.member) if loan else "",
        cancelled=terms.cancels,
        refunded=terms.refunds,
        block=terms.lifts,
    )
    changes = frozenset(draft.entity_type for draft in action.drafts)
    return Done(settled, written.action, action.verb, changes)
