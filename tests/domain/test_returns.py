"""Returns: days late, fines, suspension, whose turn it is and where the copy goes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from rule_samples import (
    BOOK,
    BUDI,
    COPY,
    EVERY_DAY,
    MAIN,
    MONDAY,
    OTHER_COPY,
    RINA,
    RULE,
    VAN,
    WEEKDAYS,
    at,
    calendars,
    days,
    give_back,
    hold,
    holds,
    loan,
    loan_rules,
    ready,
)

from perpusdesk.domain.calendar import Calendar
from perpusdesk.domain.circulation import cost_of, decide_arrival, decide_return
from perpusdesk.domain.circulation_types import Hold, LoanEnd, ReturnTerms
from perpusdesk.domain.decisions import Reason, Refused
from perpusdesk.domain.fines import days_late, fine, suspension_days
from perpusdesk.domain.holds import is_live
from perpusdesk.domain.items import Access, Condition
from perpusdesk.domain.policy_types import Closure, HouseRules, LoanRule

DAY = timedelta(days=1)
FRIDAY = MONDAY - 3 * DAY
FINED = replace(RULE, fine_per_day=500)


def terms(**changes: Any) -> ReturnTerms:
    answer = decide_return(give_back(**changes))
    assert isinstance(answer, ReturnTerms), answer
    return answer


def late_by(count: int) -> Any:
    return loan(copy=COPY, due=MONDAY - count * DAY)


def test_in_time_costs_nothing_and_late_costs_nothing_by_default() -> None:
    assert terms() == ReturnTerms(0, 0)
    assert terms(loan=late_by(0)) == ReturnTerms(0, 0)
    assert terms(loan=late_by(5)) == ReturnTerms(5, 0)


def test_a_fine_per_day_with_grace_and_cap() -> None:
    assert terms(loan=late_by(5), rule=FINED).fine == 2_500
    assert terms(loan=late_by(5), rule=replace(FINED, grace_days=2)).fine == 1_500
    assert terms(loan=late_by(2), rule=replace(FINED, grace_days=2)) == ReturnTerms(2, 0)
    assert terms(loan=late_by(5), rule=replace(FINED, fine_max=2_000)).fine == 2_000


def test_closed_days_are_skipped_unless_the_rule_counts_them() -> None:
    overdue = loan(copy=COPY, due=FRIDAY)
    assert terms(loan=overdue, rule=FINED, calendar=WEEKDAYS).days_late == 1
    every = replace(FINED, skip_closed_days=False)
    assert terms(loan=overdue, rule=every, calendar=WEEKDAYS).fine == 1_500


def test_a_due_date_that_was_closed_afterwards_costs_nobody_a_day() -> None:
    overdue = loan(copy=COPY, due=FRIDAY)
    closed = Calendar(MAIN, (), (Closure(FRIDAY, FRIDAY, "Banjir"),), frozenset(range(5)))
    for skip in (True, False):
        rule = replace(FINED, skip_closed_days=skip)
        assert terms(loan=overdue, rule=rule, calendar=closed).days_late == 0


def test_suspension_instead_of_money() -> None:
    rule = replace(RULE, suspend_days_per_late_day=2, grace_days=1)
    assert terms(loan=late_by(4), rule=rule) == ReturnTerms(4, 0, MONDAY + 6 * DAY)
    capped = replace(rule, suspend_days_max=3)
    assert terms(loan=late_by(4), rule=capped).suspended_until == MONDAY + 3 * DAY
    assert terms(loan=late_by(1), rule=rule).suspended_until is None


def test_a_loan_claimed_returned_costs_nothing() -> None:
    claimed = replace(late_by(9), claimed_returned=True)
    rule = replace(FINED, suspend_days_per_late_day=1)
    assert terms(loan=claimed, rule=rule) == ReturnTerms(9, 0)


def test_a_loan_whose_rule_is_gone_costs_nothing() -> None:
    assert terms(loan=late_by(9), rule=None) == ReturnTerms(9, 0)


def test_a_return_before_the_loan_is_taken_all_the_same() -> None:
    assert terms(at=at(date(2010, 1, 1)), rule=FINED) == ReturnTerms(0, 0)


def test_nothing_to_take_back() -> None:
    answer = decide_return(give_back(loan=None))
    assert answer == Refused(Reason.COPY_NOT_ON_LOAN, {"copy": COPY})
    closed = decide_return(give_back(loan=loan(copy=COPY, end=LoanEnd.LOST)))
    assert isinstance(closed, Refused)
    assert closed.reason is Reason.LOAN_CLOSED


def test_the_first_in_the_queue_is_next_and_the_copy_is_kept_open_days() -> None:
    first, second = hold(1, member=RINA), hold(2)
    answer = terms(holds=(second, first), calendar=WEEKDAYS, house=HouseRules(hold_pickup_days=5))
    assert answer.next_hold == first
    assert answer.pickup_until == MONDAY + 7 * DAY
    assert answer.transit_to is None


def test_the_copy_travels_when_the_first_waits_elsewhere() -> None:
    far = hold(1, pickup=VAN)
    answer = terms(holds=(hold(2), far))
    assert (answer.next_hold, answer.transit_to, answer.pickup_until) == (far, VAN, None)
    there = decide_arrival(give_back(loan=None, holds=(far,), branch=VAN))
    assert (there.transit_to, there.next_hold) == (None, far)
    assert there.pickup_until == MONDAY + 3 * DAY


def test_a_copy_that_was_not_on_loan_costs_nothing_wherever_it_goes() -> None:
    for changes in ({}, {"branch": VAN}, {"holds": (hold(),)}, {"holds": (hold(pickup=VAN),)}):
        cost = decide_arrival(give_back(loan=None, rule=FINED, **changes))
        assert (cost.days_late, cost.fine, cost.suspended_until) == (0, 0, None)


def test_a_copy_nobody_waits_for_goes_home() -> None:
    assert terms(branch=VAN).transit_to == MAIN
    assert terms(branch=MAIN).transit_to is None
    assert terms(copy=replace(BOOK, branch=None), branch=VAN).transit_to is None


def test_a_copy_that_is_kept_stays_kept() -> None:
    kept = ready(5, pickup_until=MONDAY + DAY)
    answer = decide_arrival(give_back(loan=None, holds=(hold(1), kept)))
    assert (answer.next_hold, answer.pickup_until) == (kept, MONDAY + DAY)


def test_a_copy_that_may_not_be_lent_fills_no_hold() -> None:
    for copy in (
        replace(BOOK, access=Access.READING_ROOM),
        replace(BOOK, condition=Condition.DAMAGED),
    ):
        assert terms(copy=copy, holds=(hold(),)).next_hold is None


def test_a_hold_for_another_copy_or_title_is_not_next() -> None:
    assert terms(holds=(hold(copy=OTHER_COPY),)).next_hold is None
    assert terms(holds=(hold(title=BUDI),)).next_hold is None


@given(loan_rules(), calendars(), days, st.integers(0, 60), st.integers(0, 60))
def test_a_later_return_never_costs_less(
    rule: LoanRule, calendar: Calendar, due: date, one: int, more: int
) -> None:
    early = days_late(due, due + one * DAY, calendar, rule)
    late = days_late(due, due + (one + more) * DAY, calendar, rule)
    assert 0 <= early <= late
    assert fine(early, rule) <= fine(late, rule)
    assert suspension_days(early, rule) <= suspension_days(late, rule)


@given(loan_rules(), calendars(), days, st.integers(-5, 90))
def test_a_fine_is_never_above_the_cap_and_nothing_within_grace(
    rule: LoanRule, calendar: Calendar, due: date, after: int
) -> None:
    cost = cost_of(loan(due=due), rule, calendar, due + after * DAY)
    assert cost.fine >= 0
    assert rule.fine_max is None or cost.fine <= rule.fine_max
    if cost.days_late <= rule.grace_days:
        assert (cost.fine, cost.suspended_until) == (0, None)
    assert cost.days_late <= max(0, after)


@given(calendars(), days, st.integers(0, 90), st.integers(0, 5))
def test_the_default_rule_takes_no_money(
    calendar: Calendar, due: date, after: int, grace: int
) -> None:
    cost = cost_of(loan(due=due), LoanRule(RULE.id, grace_days=grace), calendar, due + after * DAY)
    assert (cost.fine, cost.suspended_until) == (0, None)


@given(st.integers(-1_000, 1_000), st.integers(-9, 9), st.integers(-9, 9), st.integers(-9, 9))
def test_nonsense_in_a_rule_never_pays_the_member(
    per_day: int, grace: int, cap: int, late: int
) -> None:
    rule = LoanRule(RULE.id, fine_per_day=per_day, grace_days=grace, fine_max=cap)
    assert fine(late, rule) >= 0


@given(st.lists(holds(), max_size=5, unique_by=lambda x: x.id), days, st.randoms())
def test_whose_turn_it_is_does_not_depend_on_the_order(
    queue: list[Hold], day: date, random: Any
) -> None:
    asked = give_back(holds=tuple(queue), at=at(day))
    random.shuffle(queue)
    answer = decide_return(asked)
    assert decide_return(replace(asked, holds=tuple(queue))) == answer
    assert isinstance(answer, ReturnTerms)
    assert answer.next_hold is None or is_live(answer.next_hold, day)
    assert answer.transit_to is None or answer.pickup_until is None


def test_the_overdue_list_asks_the_same_rule() -> None:
    overdue = late_by(5)
    assert cost_of(overdue, FINED, EVERY_DAY, MONDAY).fine == terms(loan=overdue, rule=FINED).fine
