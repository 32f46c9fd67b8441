"""What lateness costs: days counted, grace, money or suspension, each with its cap.

Money is whole rupiah and zero unless a rule says otherwise.
"""

from __future__ import annotations

from datetime import date, timedelta

from perpusdesk.domain.calendar import Calendar
from perpusdesk.domain.circulation_types import Loan, ReturnTerms
from perpusdesk.domain.policy_types import LoanRule


def days_late(due: date, returned: date, calendar: Calendar, rule: LoanRule | None) -> int:
    """Days after the due date, up to and including the day of return.

    A due date that has since become a closed day counts as the next open one. With the rule's
    ``skip_closed_days`` only open days count.
    """
    last_day = calendar.next_open(due)
    if returned <= last_day:
        return 0
    if rule is None or rule.skip_closed_days:
        return calendar.open_days(last_day, returned)
    return (returned - last_day).days


def fine(late: int, rule: LoanRule) -> int:
    """Rupiah for the late days beyond the grace days, at most the rule's ``fine_max``."""
    amount = _beyond_grace(late, rule) * max(0, rule.fine_per_day)
    return amount if rule.fine_max is None else min(amount, max(0, rule.fine_max))


def suspension_days(late: int, rule: LoanRule) -> int:
    """Days without borrowing for the late days beyond grace, at most ``suspend_days_max``."""
    days = _beyond_grace(late, rule) * max(0, rule.suspend_days_per_late_day)
    return days if rule.suspend_days_max is None else min(days, max(0, rule.suspend_days_max))


def cost_of(loan: Loan, rule: LoanRule | None, calendar: Calendar, day: date) -> ReturnTerms:
    """What the loan would cost if the copy came back on ``day`` (also for the overdue list).

    A loan that the member claims to have returned costs nothing, nor does one whose rule is no
    longer known. A suspension runs from the day of return.
    """
    late = days_late(loan.due, day, calendar, rule)
    if rule is None or loan.claimed_returned:
        return ReturnTerms(late, 0)
    suspended = suspension_days(late, rule)
    until = day + timedelta(days=suspended) if suspended else None
    return ReturnTerms(late, fine(late, rule), until)


def _beyond_grace(late: int, rule: LoanRule) -> int:
    return max(0, late - max(0, rule.grace_days))
