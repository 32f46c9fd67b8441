"""Lost, damaged, replaced, found again, claimed returned; and conditions without a loan."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rule_samples import BOOK, BUDI, COPY, MONDAY, loan, ready, uid

from perpusdesk.domain.circulation_types import LoanEnd
from perpusdesk.domain.conditions import ConditionTerms, decide_condition
from perpusdesk.domain.decisions import Reason, Refused
from perpusdesk.domain.items import Condition
from perpusdesk.domain.lost import (
    FoundTerms,
    LossTerms,
    Settlement,
    decide_claim,
    decide_damaged,
    decide_found,
    decide_lost,
    decide_replaced,
)
from perpusdesk.domain.members import Block, BlockKind

LOAN = loan(copy=COPY)
LOST_BOOK = replace(BOOK, condition=Condition.LOST)
BLOCK = Block(uid(91), BlockKind.LOST_ITEM, "hilang")


def reason(answer: object) -> Reason:
    assert isinstance(answer, Refused), answer
    return answer.reason


def test_a_lost_copy_is_paid_or_replaced() -> None:
    assert decide_lost(BOOK, LOAN, Settlement.PRICE) == LossTerms(
        Condition.LOST, LoanEnd.LOST, charge=60_000
    )
    agreed = decide_lost(BOOK, LOAN, Settlement.PRICE, 45_000)
    assert isinstance(agreed, LossTerms)
    assert agreed.charge == 45_000
    assert decide_lost(BOOK, LOAN, Settlement.SAME_TITLE) == LossTerms(
        Condition.LOST, LoanEnd.LOST, block=BlockKind.LOST_ITEM
    )
    assert decide_lost(BOOK, LOAN, Settlement.NOTHING) == LossTerms(Condition.LOST, LoanEnd.LOST)


def test_a_price_has_to_be_known() -> None:
    assert reason(decide_lost(replace(BOOK, price=0), LOAN, Settlement.PRICE)) is (
        Reason.AMOUNT_INVALID
    )
    assert reason(decide_lost(BOOK, LOAN, Settlement.PRICE, -1)) is Reason.AMOUNT_INVALID
    assert isinstance(decide_lost(BOOK, LOAN, Settlement.PRICE, 1), LossTerms)


def test_a_member_loses_only_what_is_on_loan() -> None:
    assert reason(decide_lost(BOOK, None, Settlement.PRICE)) is Reason.COPY_NOT_ON_LOAN
    other = loan(copy=uid(9))
    assert reason(decide_lost(BOOK, other, Settlement.PRICE)) is Reason.COPY_NOT_ON_LOAN
    ended = replace(LOAN, end=LoanEnd.RETURNED)
    assert reason(decide_lost(BOOK, ended, Settlement.PRICE)) is Reason.LOAN_CLOSED


def test_a_damaged_copy_leaves_lending_and_may_cost() -> None:
    assert decide_damaged(BOOK) == LossTerms(Condition.DAMAGED, None)
    assert decide_damaged(BOOK, Settlement.PRICE, 5_000) == LossTerms(
        Condition.DAMAGED, None, charge=5_000
    )
    assert reason(decide_damaged(LOST_BOOK)) is Reason.COPY_LOST
    withdrawn = replace(BOOK, condition=Condition.WITHDRAWN)
    assert reason(decide_damaged(withdrawn)) is Reason.COPY_WITHDRAWN


def test_a_found_copy_ends_what_is_still_owed_for_it() -> None:
    assert decide_found(LOST_BOOK, 60_000, 20_000, block=BLOCK) == FoundTerms(
        Condition.GOOD, cancels=40_000, lifts=BLOCK.id
    )
    assert decide_found(LOST_BOOK, 60_000, 20_000, refund=True, damaged=True) == FoundTerms(
        Condition.DAMAGED, cancels=40_000, refunds=20_000
    )
    manual = replace(BLOCK, kind=BlockKind.MANUAL)
    assert decide_found(LOST_BOOK, block=manual) == FoundTerms(Condition.GOOD)
    missing = replace(BOOK, condition=Condition.MISSING)
    assert isinstance(decide_found(missing), FoundTerms)
    assert reason(decide_found(BOOK)) is Reason.COPY_NOT_LOST


def test_the_same_title_ends_the_block_and_the_old_copy() -> None:
    assert decide_replaced(LOST_BOOK, BLOCK) == FoundTerms(Condition.WITHDRAWN, lifts=BLOCK.id)
    assert reason(decide_replaced(BOOK, BLOCK)) is Reason.COPY_NOT_LOST


def test_a_claim_needs_an_open_loan() -> None:
    assert decide_claim(LOAN) is LOAN
    assert reason(decide_claim(None)) is Reason.LOAN_UNKNOWN
    assert reason(decide_claim(replace(LOAN, end=LoanEnd.LOST))) is Reason.LOAN_CLOSED


@given(st.integers(0, 10**7), st.integers(0, 10**7), st.booleans())
def test_no_more_is_given_back_than_was_charged(charge: int, paid: int, refund: bool) -> None:
    answer = decide_found(LOST_BOOK, charge, paid, refund=refund)
    assert isinstance(answer, FoundTerms)
    assert 0 <= answer.cancels + answer.refunds <= charge
    assert answer.refunds <= paid


@pytest.mark.parametrize("before", Condition)
@pytest.mark.parametrize("to", Condition)
def test_each_step_between_conditions_is_allowed_or_refused_in_its_own_words(
    before: Condition, to: Condition
) -> None:
    answer = decide_condition(replace(BOOK, condition=before), to, MONDAY)
    gone = before in (Condition.WITHDRAWN, Condition.LOST) and to is Condition.MISSING
    from_stock = before is Condition.WITHDRAWN and to in (Condition.LOST, Condition.DAMAGED)
    if before is to or gone or from_stock:
        words = {
            Condition.GOOD: Reason.COPY_NOT_DAMAGED,
            Condition.DAMAGED: Reason.COPY_DAMAGED,
            Condition.LOST: Reason.COPY_LOST,
            Condition.MISSING: Reason.COPY_LOST,
            Condition.WITHDRAWN: Reason.COPY_WITHDRAWN,
        }
        assert answer == Refused(words[before], {"condition": before})
    else:
        assert answer == ConditionTerms(to)


def test_a_copy_on_loan_keeps_its_condition() -> None:
    away = loan(copy=COPY, member=BUDI)
    assert reason(decide_condition(BOOK, Condition.WITHDRAWN, MONDAY, away)) is Reason.COPY_ON_LOAN
    back = replace(away, end=LoanEnd.RETURNED)
    assert isinstance(decide_condition(BOOK, Condition.WITHDRAWN, MONDAY, back), ConditionTerms)


def test_the_hold_a_copy_was_kept_for_waits_again() -> None:
    kept = ready()
    answer = decide_condition(BOOK, Condition.DAMAGED, MONDAY, holds=(kept,))
    assert answer == ConditionTerms(Condition.DAMAGED, kept.id)
    damaged = replace(BOOK, condition=Condition.DAMAGED)
    assert decide_condition(damaged, Condition.GOOD, MONDAY, holds=(kept,)) == ConditionTerms(
        Condition.GOOD
    )
