"""Renewing: how long, how often, and never to the member's harm."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from rule_samples import (
    ADULT,
    COPY,
    MEMBER,
    MONDAY,
    RULE,
    SITI,
    WEEKDAYS,
    hold,
    loan,
    renew,
    renew_requests,
    uid,
)

from perpusdesk.domain.circulation import RenewRequest, all_refusals, decide_renew, override_for
from perpusdesk.domain.circulation_types import LoanEnd, Terms
from perpusdesk.domain.decisions import Override, Reason, Refused
from perpusdesk.domain.policy_types import HouseRules, LoanRule

DAY = timedelta(days=1)


def terms(**changes: Any) -> Terms:
    answer = decide_renew(renew(**changes))
    assert isinstance(answer, Terms), answer
    return answer


def test_a_renewal_counts_from_today_or_from_the_due_date_as_the_house_says() -> None:
    assert terms().due == MONDAY + 7 * DAY
    from_due = HouseRules(renew_from_today=False)
    assert terms(house=from_due).due == MONDAY + 11 * DAY
    assert terms(rules=(replace(RULE, renewal_days=3),), house=from_due).due == MONDAY + 7 * DAY
    assert terms(rules=(replace(RULE, loan_days=12),), calendar=WEEKDAYS).due == MONDAY + 14 * DAY


def test_the_rule_in_force_today_decides_else_that_of_the_loan() -> None:
    longer = LoanRule(uid(62), priority=1, loan_days=21)
    assert terms(rules=(RULE, longer)).rule is longer
    gone = renew(rules=(replace(RULE, category=ADULT),), loan_rule=longer)
    answer = decide_renew(gone)
    assert isinstance(answer, Terms)
    assert answer.due == MONDAY + 21 * DAY
    none = decide_renew(replace(gone, loan_rule=None))
    assert isinstance(none, Refused)
    assert none.reason is Reason.NO_RULE


def test_the_membership_caps_a_renewal_only_where_the_house_says_so() -> None:
    member = replace(MEMBER, expires=MONDAY + 5 * DAY)
    assert terms(member=member).due == MONDAY + 7 * DAY
    assert terms(member=member, house=HouseRules(expiry_caps_due=True)).due == MONDAY + 5 * DAY


def test_what_is_left_does_not_change_by_renewing() -> None:
    mine = loan(copy=COPY)
    assert terms(open_loans=(mine, loan(72))).left == 0
    assert terms(open_loans=()).left == 1
    assert terms(loan=replace(mine, kit=uid(9))).left == 2


@pytest.mark.parametrize(
    ("changes", "reason", "facts"),
    [
        (
            {"loan": loan(copy=COPY, renewals=1)},
            Reason.RENEWALS_USED_UP,
            {"limit": 1, "used": 1},
        ),
        (
            {"loan": loan(copy=COPY, due=MONDAY - DAY)},
            Reason.RENEWAL_TOO_LATE,
            {"due": MONDAY - DAY, "days": 1},
        ),
        ({"holds": (hold(),)}, Reason.RENEWAL_WAITED_FOR, {"waiting": 1, "hold": uid(81)}),
        (
            {"member": replace(MEMBER, expires=MONDAY - DAY)},
            Reason.MEMBER_EXPIRED,
            {"days": 1},
        ),
        (
            {"open_loans": (loan(72, due=MONDAY - DAY),)},
            Reason.MEMBER_HAS_OVERDUE,
            {"count": 1},
        ),
        ({"rules": (replace(RULE, may_lend=False),)}, Reason.COPY_NOT_FOR_LOAN, {"rule": RULE.id}),
    ],
)
def test_refusals_that_can_be_overridden(
    changes: dict[str, Any], reason: Reason, facts: dict[str, object]
) -> None:
    answer = decide_renew(renew(**changes))
    assert isinstance(answer, Refused)
    assert (answer.reason, answer.overridable) == (reason, True)
    assert facts.items() <= dict(answer.facts).items()
    assert terms(**changes, override=Override("izin", frozenset({reason}))).overridden == {reason}


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"loan": loan(copy=COPY, end=LoanEnd.RETURNED)}, Reason.LOAN_CLOSED),
        ({"loan": loan(copy=COPY, due=MONDAY + 7 * DAY)}, Reason.RENEWAL_TOO_EARLY),
    ],
)
def test_refusals_that_stand(changes: dict[str, Any], reason: Reason) -> None:
    everything = Override("izin", frozenset(Reason))
    answer = decide_renew(renew(**changes, override=everything))
    assert isinstance(answer, Refused)
    assert (answer.reason, answer.overridable) == (reason, False)


def test_what_does_not_stand_in_the_way_of_a_renewal() -> None:
    overdue = loan(copy=COPY, due=MONDAY - DAY)
    fine: list[dict[str, Any]] = [
        {"holds": (hold(member=SITI),)},
        {"holds": (hold(),), "other_copies_free": 1},
        {"holds": (hold(expires=MONDAY - DAY),)},
        {"loan": overdue, "open_loans": (overdue,), "house": HouseRules(renew_when_overdue=True)},
        {"loan": loan(copy=COPY, due=MONDAY)},
    ]
    for changes in fine:
        assert isinstance(decide_renew(renew(**changes)), Terms), changes


def test_an_overdue_loan_is_renewed_from_today() -> None:
    late = HouseRules(renew_from_today=False, renew_when_overdue=True)
    overdue = loan(copy=COPY, due=MONDAY - 20 * DAY)
    assert terms(loan=overdue, house=late).due == MONDAY + 7 * DAY


@given(renew_requests())
def test_a_renewal_never_shortens(asked: RenewRequest) -> None:
    answer = decide_renew(replace(asked, override=override_for(asked, "izin")))
    if isinstance(answer, Terms):
        assert answer.due > asked.loan.due
        assert answer.due >= asked.at.date()


@given(renew_requests())
def test_the_answer_is_the_first_refusal_and_the_same_every_time(asked: RenewRequest) -> None:
    answer, refusals = decide_renew(asked), all_refusals(asked)
    assert decide_renew(asked) == answer
    assert answer == refusals[0] if refusals else isinstance(answer, Terms)
    hard = [refusal.overridable for refusal in refusals]
    assert hard == sorted(hard)


@given(renew_requests())
def test_no_more_renewals_than_the_rule_gives(asked: RenewRequest) -> None:
    answer = decide_renew(asked)
    if isinstance(answer, Terms):
        assert asked.loan.renewals < answer.rule.renewals


def test_the_made_up_worlds_hold_both_answers() -> None:
    seen: Counter[type[Terms | Refused]] = Counter()

    @settings(max_examples=150, derandomize=True, database=None)
    @given(renew_requests())
    def look(asked: RenewRequest) -> None:
        seen[type(decide_renew(asked))] += 1

    look()
    assert min(seen[Terms], seen[Refused]) > 15
