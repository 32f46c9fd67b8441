"""Back-dated entry (*susulan*): a paper slip from a day without the program becomes a record.

The request's ``at`` is the time on the slip, so the rule, the calendar and the membership of that
day decide. What is compared is the date: slips seldom say the hour.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import overload

from perpusdesk.domain.circulation_requests import LendRequest, RenewRequest, ReturnRequest
from perpusdesk.domain.circulation_types import ReturnTerms, Terms
from perpusdesk.domain.decisions import Reason, Refused
from perpusdesk.domain.lending import decide_lend
from perpusdesk.domain.policy_types import HouseRules
from perpusdesk.domain.renewals import decide_renew
from perpusdesk.domain.returns import decide_return


@overload
def decide_susulan(
    request: LendRequest | RenewRequest, now: datetime, not_before: date | None = None
) -> Terms | Refused: ...
@overload
def decide_susulan(
    request: ReturnRequest, now: datetime, not_before: date | None = None
) -> ReturnTerms | Refused: ...
def decide_susulan(
    request: LendRequest | RenewRequest | ReturnRequest,
    now: datetime,
    not_before: date | None = None,
) -> Terms | ReturnTerms | Refused:
    """Decide as on the day of the slip.

    ``now``: the desk's time. ``not_before``: the last thing known of the copy (its last return,
    or the day it joined), before which the slip cannot be right.
    """
    refusal = date_refusal(request, now, not_before)
    if refusal is not None:
        return refusal
    if isinstance(request, ReturnRequest):
        return decide_return(request)
    if isinstance(request, RenewRequest):
        return decide_renew(request)
    then = tuple(x for x in request.open_loans if x.lent_at.date() <= request.at.date())
    return decide_lend(replace(request, open_loans=then))


def date_refusal(
    request: LendRequest | RenewRequest | ReturnRequest,
    now: datetime,
    not_before: date | None = None,
) -> Refused | None:
    """What is wrong with the date on the slip, which nobody can override.

    ``DATE_IN_FUTURE`` day, today · ``DATE_BEFORE_LOAN`` day, lent · ``DATE_TOO_OLD`` day, earliest.
    """
    day = request.at.date()
    if day > now.date():
        return Refused(Reason.DATE_IN_FUTURE, {"day": day, "today": now.date()})
    loan = None if isinstance(request, LendRequest) else request.loan
    if loan is not None and day < loan.lent_at.date():
        return Refused(Reason.DATE_BEFORE_LOAN, {"day": day, "lent": loan.lent_at.date()})
    earliest = _earliest(request.house, now.date(), not_before)
    if earliest is not None and day < earliest:
        return Refused(Reason.DATE_TOO_OLD, {"day": day, "earliest": earliest})
    return None


def _earliest(house: HouseRules, today: date, not_before: date | None) -> date | None:
    if house.back_date_days is None:
        return not_before
    oldest = today - timedelta(days=house.back_date_days)
    return oldest if not_before is None else max(oldest, not_before)
