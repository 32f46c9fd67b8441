"""Refusals in words: members, loans, renewals, holds and money."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from perpusdesk.common.i18n import N_
from perpusdesk.domain.decisions import Reason

TEXTS: Final[Mapping[Reason, tuple[str, str]]] = {
    Reason.MEMBER_UNKNOWN: (
        N_("This member is not known here."),
        N_("Check the number, or register the member."),
    ),
    Reason.MEMBER_EXPIRED: (
        N_("The membership ended on {expires} ({days} days ago)."),
        N_("Extend the membership."),
    ),
    Reason.MEMBER_BLOCKED: (
        N_("This member is blocked{until}: {note}"),
        N_("See the block in the member's record."),
    ),
    Reason.MEMBER_SUSPENDED: (
        N_("Borrowing is suspended{until} because of a late return."),
        N_("The member may read here, and borrow again after that day."),
    ),
    Reason.MEMBER_HAS_OVERDUE: (
        N_("{count} borrowed copies are overdue, the oldest since {oldest_due}."),
        N_("Take the overdue copies back first, or renew them."),
    ),
    Reason.MEMBER_OWES: (
        N_("The member owes {debt}; lending stops at {limit}."),
        N_("Record a payment first."),
    ),
    Reason.MEMBER_CARD_TAKEN: (
        N_("Card number {card} already belongs to {member}."),
        N_("Use another number; the next free one is proposed."),
    ),
    Reason.MEMBER_HAS_OBLIGATIONS: (
        N_("The member still has obligations: {obligations}."),
        N_("Settle these first, then try again."),
    ),
    Reason.GUARDIAN_CONSENT_MISSING: (
        N_("The member is {age} years old and a guardian's consent is not recorded."),
        N_("Record the guardian and the date of the signed form."),
    ),
    Reason.GUARDIAN_MISSING: (
        N_("For a child a parent or guardian agrees."),
        N_("Enter the guardian's name and relation."),
    ),
    Reason.REQUEST_UNKNOWN: (N_("There is no such request."), ""),
    Reason.REQUEST_CLOSED: (N_("This request was answered already."), ""),
    Reason.BREACH_UNKNOWN: (N_("There is no such breach."), ""),
    Reason.COPY_ON_LOAN: (
        N_("This copy is on loan to {member}, due {due}."),
        N_("Take it back first; then it can be lent."),
    ),
    Reason.COPY_ALREADY_YOURS: (
        N_("This member already has this copy, due {due}."),
        N_("Renew the loan, or take the copy back."),
    ),
    Reason.COPY_NOT_ON_LOAN: (
        N_("This copy is not on loan; it belongs on the shelf."),
        N_("Put it back on the shelf. To lend it, scan a member's card first."),
    ),
    Reason.COPY_NOT_FOR_LOAN: (
        N_("This copy is for reading here, not for loan."),
        N_("Record it as read on site."),
    ),
    Reason.COPY_ON_HOLD: (
        N_("{member} is waiting for this title and comes first."),
        N_("Keep this copy for the hold, or lend another copy."),
    ),
    Reason.NO_RULE: (
        N_("No loan rule covers this member and this kind of copy."),
        N_("An administrator adds the rule under Settings."),
    ),
    Reason.LIMIT_REACHED: (
        N_("The limit of {limit} copies is reached ({count} borrowed)."),
        N_("Take a copy back first."),
    ),
    Reason.RENEWALS_USED_UP: (
        N_("This loan was renewed {used} times; the rule allows {limit}."),
        N_("Take the copy back; it can be lent again if nobody waits."),
    ),
    Reason.RENEWAL_TOO_LATE: (
        N_("The loan is {days} days overdue and cannot be renewed."),
        N_("Take the copy back."),
    ),
    Reason.RENEWAL_TOO_EARLY: (
        N_("A renewal today would not move the due date {due}."),
        N_("Renew closer to the due date."),
    ),
    Reason.RENEWAL_WAITED_FOR: (
        N_("Somebody is waiting for this title ({waiting} in the queue)."),
        N_("Ask for the copy to be returned by its due date."),
    ),
    Reason.HOLD_LIMIT_REACHED: (
        N_("The member already has {count} holds; the rule allows {limit}."),
        N_("Cancel another hold first."),
    ),
    Reason.HOLD_EXISTS: (N_("The member is already waiting for this title."), ""),
    Reason.HOLD_NOT_OPEN: (N_("This hold is no longer open."), ""),
    Reason.HOLD_COPY_ON_SHELF: (
        N_("A copy stands on the shelf ({copies} free)."),
        N_("Lend it right away."),
    ),
    Reason.HOLD_OTHER_TITLE: (
        N_("This copy is not of the title that is waited for."),
        N_("Look for another copy."),
    ),
    Reason.LOAN_UNKNOWN: (N_("There is no such loan."), ""),
    Reason.LOAN_CLOSED: (N_("This loan has already ended."), ""),
    Reason.DATE_IN_FUTURE: (
        N_("The date lies in the future."),
        N_("Enter the date on the paper slip."),
    ),
    Reason.DATE_BEFORE_LOAN: (
        N_("The date is before the loan itself."),
        N_("Check the date on the paper slip."),
    ),
    Reason.DATE_TOO_OLD: (
        N_("The date is too far back; the earliest is {earliest}."),
        N_("Check the date on the paper slip."),
    ),
    Reason.AMOUNT_INVALID: (
        N_("This amount cannot be entered."),
        N_("Enter whole rupiah above 0."),
    ),
}
