"""Copies that a member lost or brought back damaged: how the loan ends and what is owed."""

from __future__ import annotations

from dataclasses import replace
from typing import Final
from uuid import UUID

from perpusdesk.domain.circulation_types import Loan
from perpusdesk.domain.conditions import decide_condition
from perpusdesk.domain.decisions import Reason, Refused
from perpusdesk.domain.fines import cost_of
from perpusdesk.domain.items import Condition, Copy
from perpusdesk.domain.lost import LossTerms, Settlement, decide_damaged, decide_lost
from perpusdesk.domain.merge import holds as hold_events
from perpusdesk.domain.merge import loans as loan_events
from perpusdesk.services.circulation.found import Settled
from perpusdesk.services.circulation.money import MoneyKind, add_entry
from perpusdesk.services.desk import Desk
from perpusdesk.services.results import Done
from perpusdesk.storage.drafts import Action
from perpusdesk.storage.queries import circulation as find
from perpusdesk.storage.queries.names import member_name, title_brief

__all__ = ["Settled", "Settlement", "report_damaged", "report_lost"]
_LOST: Final = "report_lost"
_DAMAGED: Final = "report_damaged"


def report_lost(
    desk: Desk, copy: UUID, settlement: Settlement, price: int | None = None
) -> Done[Settled] | Refused:
    """The member who has the copy lost it: the loan ends, and what the library asks is owed.

    ``SAME_TITLE`` blocks the member until it is brought (``found.report_replaced``); ``price`` is
    what was agreed, else the copy's own. A fine for lateness until today is owed besides.
    ``COPY_NOT_ON_LOAN``, ``AMOUNT_INVALID`` amount, ``COPY_UNKNOWN``.
    """
    found = find.copy_by_id(desk.library, copy)
    if found is None:
        return Refused(Reason.COPY_UNKNOWN, {"copy": copy})
    loan = find.open_loan_of_copy(desk.library, copy)
    terms = decide_lost(found, loan, settlement, price)
    if isinstance(terms, Refused) or loan is None:
        return terms if isinstance(terms, Refused) else Refused(Reason.COPY_NOT_ON_LOAN)
    late = cost_of(loan, desk.rule(loan.rule), desk.calendar(), desk.today())
    action = desk.action(_LOST)
    action.event(loan_events.LOST, "loan", loan.id, days_late=late.days_late or None)
    if late.fine:
        add_entry(desk, action, loan.member, late.fine, MoneyKind.FINE, loan=loan.id)
    settled = _settle(desk, action, found, loan, terms)
    return _done(desk, action, replace(settled, fine=late.fine))


def report_damaged(
    desk: Desk,
    copy: UUID,
    settlement: Settlement = Settlement.NOTHING,
    price: int | None = None,
) -> Done[Settled] | Refused:
    """A copy that was taken back is damaged; the member who had it last may owe something for it.

    A hold it was kept for waits again. ``COPY_ON_LOAN`` (take it back first), ``COPY_DAMAGED``,
    ``COPY_LOST``, ``COPY_WITHDRAWN`` condition, ``AMOUNT_INVALID`` amount, ``LOAN_UNKNOWN`` when
    nobody ever had it, so that nobody can owe.
    """
    found = find.copy_by_id(desk.library, copy)
    if found is None:
        return Refused(Reason.COPY_UNKNOWN, {"copy": copy})
    change = decide_condition(
        found,
        Condition.DAMAGED,
        desk.today(),
        find.open_loan_of_copy(desk.library, copy),
        find.live_holds_of_title(desk.library, found.title),
    )
    terms = change if isinstance(change, Refused) else decide_damaged(found, settlement, price)
    if isinstance(change, Refused) or isinstance(terms, Refused):
        return terms if isinstance(terms, Refused) else Refused(Reason.COPY_DAMAGED)
    loan = find.last_loan_of_copy(desk.library, copy)
    if loan is None and (terms.charge or terms.block):
        return Refused(Reason.LOAN_UNKNOWN)
    action = desk.action(_DAMAGED)
    if change.releases:
        action.event(hold_events.RELEASED, "hold", change.releases)
    return _done(desk, action, _settle(desk, action, found, loan, terms))


def _settle(desk: Desk, action: Action, copy: Copy, loan: Loan | None, terms: LossTerms) -> Settled:
    action.set("copy", copy.id, {"condition": terms.condition})
    settled = Settled(
        copy.id, copy.barcode, title_brief(desk.library, copy.title).title, terms.condition
    )
    if loan is None or not (terms.charge or terms.block or terms.loan_end):
        return settled
    block = None
    if terms.charge:
        kind = MoneyKind.REPLACEMENT
        add_entry(desk, action, loan.member, terms.charge, kind, loan=loan.id)
    if terms.block:
        block = desk.library.new_id()
        fields = {
            "member": loan.member,
            "kind": terms.block,
            "reason": "",
            "since": desk.today(),
            "until": None,
            "lifted": 0,
            "loan": loan.id,
        }
        action.set("block", block, fields, fresh=True)
    name = member_name(desk.library, loan.member)
    return replace(settled, member=loan.member, member_name=name, charge=terms.charge, block=block)


def _done(desk: Desk, action: Action, settled: Settled) -> Done[Settled]:
    written = desk.commit(action)
    changes = frozenset(draft.entity_type for draft in action.drafts)
    return Done(settled, written.action, action.verb, changes)
