"""Taking back: what it costs, and where the copy goes next."""

from __future__ import annotations

from dataclasses import replace

from perpusdesk.domain.circulation_requests import ReturnRequest
from perpusdesk.domain.circulation_types import ReturnTerms
from perpusdesk.domain.decisions import Reason, Refused
from perpusdesk.domain.fines import cost_of
from perpusdesk.domain.holds import last_pickup_day, next_for_copy, set_aside_for


def decide_return(request: ReturnRequest) -> ReturnTerms | Refused:
    """What the return costs and whose turn is next.

    Refused only where there is nothing to take back: ``COPY_NOT_ON_LOAN`` copy · ``LOAN_CLOSED``
    loan, end. A return is never refused for its date (a clock may be wrong); one that is earlier
    than the loan is simply not late.
    """
    loan = request.loan
    if loan is None:
        return Refused(Reason.COPY_NOT_ON_LOAN, {"copy": request.copy.id})
    if loan.end is not None:
        return Refused(Reason.LOAN_CLOSED, {"loan": loan.id, "end": loan.end})
    cost = cost_of(loan, request.rule, request.calendar, request.at.date())
    where = decide_arrival(request)
    return replace(
        where,
        days_late=cost.days_late,
        fine=cost.fine,
        suspended_until=cost.suspended_until,
    )


def decide_arrival(request: ReturnRequest) -> ReturnTerms:
    """Where a copy in hand goes, also one that was not on loan: it costs nothing.

    A copy that is already kept for somebody stays kept for them; a copy that nobody waits for
    goes to its own branch.
    """
    copy, day = request.copy, request.at.date()
    hold = set_aside_for(copy, request.holds, day) or next_for_copy(copy, request.holds, day)
    if hold is None:
        home = copy.branch if copy.branch != request.branch else None
        return ReturnTerms(0, 0, transit_to=home)
    if hold.pickup is not None and hold.pickup != request.branch:
        return ReturnTerms(0, 0, next_hold=hold, transit_to=hold.pickup)
    until = hold.pickup_until or last_pickup_day(request.calendar, day, request.house)
    return ReturnTerms(0, 0, next_hold=hold, pickup_until=until)
