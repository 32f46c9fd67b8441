"""Back-dated entry of paper slips: the day on the slip decides."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from hypothesis import given
from rule_samples import (
    BOOK,
    COPY,
    MEMBER,
    MONDAY,
    NOW,
    RULE,
    at,
    days,
    give_back,
    lend,
    lend_requests,
    loan,
    renew,
    uid,
)

from perpusdesk.domain.circulation import LendRequest, decide_lend, decide_susulan
from perpusdesk.domain.circulation_types import ReturnTerms, Terms
from perpusdesk.domain.decisions import Reason, Refused
from perpusdesk.domain.policy_types import HouseRules, LoanRule

DAY = timedelta(days=1)
LAST_WEEK = MONDAY - 7 * DAY


def reason(answer: Any) -> Reason:
    assert isinstance(answer, Refused), answer
    assert not answer.overridable
    return answer.reason


def test_the_rule_of_the_day_on_the_slip_decides() -> None:
    then = LoanRule(uid(62), first_day=LAST_WEEK, last_day=LAST_WEEK, loan_days=21)
    answer = decide_susulan(lend(at=at(LAST_WEEK), rules=(RULE, then)), NOW)
    assert isinstance(answer, Terms)
    assert (answer.rule, answer.due) == (then, LAST_WEEK + 21 * DAY)


def test_the_membership_of_that_day_counts() -> None:
    member = replace(MEMBER, expires=LAST_WEEK)
    assert isinstance(decide_susulan(lend(at=at(LAST_WEEK), member=member), NOW), Terms)
    assert reason_of_lend(at=at(LAST_WEEK + DAY), member=member) is Reason.MEMBER_EXPIRED


def reason_of_lend(**changes: Any) -> Reason:
    answer = decide_susulan(lend(**changes), NOW)
    assert isinstance(answer, Refused)
    return answer.reason


def test_loans_made_since_do_not_count_towards_the_limit() -> None:
    since = (loan(1, lent_at=at(MONDAY - DAY)), loan(2, lent_at=at(MONDAY)))
    assert isinstance(decide_susulan(lend(at=at(LAST_WEEK), open_loans=since), NOW), Terms)
    before = tuple(replace(x, lent_at=at(LAST_WEEK, 8)) for x in since)
    assert reason_of_lend(at=at(LAST_WEEK), open_loans=before) is Reason.LIMIT_REACHED


def test_no_date_in_the_future_but_any_hour_of_today() -> None:
    assert reason(decide_susulan(lend(at=at(MONDAY + DAY)), NOW)) is Reason.DATE_IN_FUTURE
    assert isinstance(decide_susulan(lend(at=at(MONDAY, 23)), NOW), Terms)


def test_not_before_what_the_house_or_the_copy_allows() -> None:
    old = lend(at=at(MONDAY - 91 * DAY))
    assert reason(decide_susulan(old, NOW)) is Reason.DATE_TOO_OLD
    open_end = replace(old, house=HouseRules(back_date_days=None))
    assert isinstance(decide_susulan(open_end, NOW), Terms)
    answer = decide_susulan(open_end, NOW, MONDAY - 90 * DAY)
    assert reason(answer) is Reason.DATE_TOO_OLD
    assert isinstance(answer, Refused)
    assert answer.facts["earliest"] == MONDAY - 90 * DAY


def test_a_return_is_not_before_its_loan_and_its_fine_is_of_that_day() -> None:
    fined = replace(RULE, fine_per_day=500)
    overdue = loan(copy=COPY, lent_at=at(LAST_WEEK), due=MONDAY - 4 * DAY)
    answer = decide_susulan(give_back(loan=overdue, rule=fined, at=at(MONDAY - 2 * DAY)), NOW)
    assert isinstance(answer, ReturnTerms)
    assert answer.fine == 1_000
    early = decide_susulan(give_back(loan=overdue, at=at(LAST_WEEK - DAY)), NOW)
    assert reason(early) is Reason.DATE_BEFORE_LOAN
    nothing = decide_susulan(give_back(loan=None, at=at(LAST_WEEK)), NOW)
    assert reason(nothing) is Reason.COPY_NOT_ON_LOAN


def test_a_renewal_of_last_week() -> None:
    mine = loan(copy=COPY, lent_at=at(LAST_WEEK), due=MONDAY - 2 * DAY)
    answer = decide_susulan(renew(loan=mine, at=at(MONDAY - 3 * DAY)), NOW)
    assert isinstance(answer, Terms)
    assert answer.due == MONDAY + 4 * DAY
    early = decide_susulan(renew(loan=mine, at=at(LAST_WEEK - DAY)), NOW)
    assert reason(early) is Reason.DATE_BEFORE_LOAN


@given(lend_requests(), days)
def test_a_slip_of_today_is_an_ordinary_loan(asked: LendRequest, today: date) -> None:
    now = replace(asked, at=at(today), open_loans=())
    assert decide_susulan(now, at(today, 17)) == decide_lend(now)


@given(lend_requests(), days)
def test_nothing_is_ever_lent_in_the_future(asked: LendRequest, today: date) -> None:
    answer = decide_susulan(asked, at(today))
    if asked.at.date() > today:
        assert isinstance(answer, Refused)
        assert answer.reason is Reason.DATE_IN_FUTURE


def test_the_copy_has_to_be_there_today_as_well() -> None:
    taken = lend(at=at(LAST_WEEK), copy_loan=loan(copy=BOOK.id, member=uid(32)))
    assert reason(decide_susulan(taken, NOW)) is Reason.COPY_ON_LOAN
