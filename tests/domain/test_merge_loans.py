"""A loan as its events tell it, in whatever order they came."""

from __future__ import annotations

import itertools
from typing import Any

import pytest

from helpers.op_samples import COPY, MEMBER, op
from perpusdesk.domain.merge import loans
from perpusdesk.domain.merge.loans import LoanState, derive_loan
from perpusdesk.domain.merge.ops import VOID, Op


def _opened(**where: Any) -> Op:
    return op(loans.OPENED, copy=COPY, member=MEMBER, due="2026-11-09", **where)


def _any_order(*ops: Op) -> LoanState:
    states = {derive_loan(list(order)) for order in itertools.permutations(ops)}
    assert len(states) == 1
    return states.pop()


def test_the_earliest_return_counts_wherever_and_whenever_it_was_heard_of() -> None:
    late = op(loans.RETURNED, clock=3, device=1, at=9_000, days_late=4)
    early = op(loans.RETURNED, clock=5, device=2, at=5_000)
    later = op(loans.RETURNED, clock=7, device=2, seq=2, at=7_000, days_late=1)
    state = _any_order(_opened(), late, early, later)
    assert (state.end, state.ended_at, state.days_late) == (loans.ENDED_RETURNED, 5_000, 0)


def test_the_latest_renewal_sets_the_due_date_and_all_count() -> None:
    one = op(loans.RENEWED, clock=2, device=1, due="2026-11-16")
    two = op(loans.RENEWED, clock=3, device=2, due="2026-11-14")
    state = _any_order(_opened(), one, two)
    assert (state.due, state.renewals) == ("2026-11-14", 2)


def test_a_found_book_is_returned_even_after_it_was_given_up() -> None:
    lost = op(loans.LOST, clock=2, seq=2)
    back = op(loans.RETURNED, clock=3, seq=3)
    assert _any_order(_opened(), lost).end == loans.ENDED_LOST
    assert _any_order(_opened(), lost, back).end == loans.ENDED_RETURNED


def test_a_return_without_its_loan_is_kept_and_finds_it_later() -> None:
    back = op(loans.RETURNED, clock=2, device=1)
    assert derive_loan([back]).copy is None
    assert _any_order(back, _opened()).copy == COPY


@pytest.mark.parametrize("kind", [loans.RETURNED, loans.RENEWED, loans.LOST, loans.CLAIMED])
def test_a_taken_back_event_leaves_the_loan_as_it_was(kind: str) -> None:
    event = op(kind, clock=2, seq=2, due="2026-12-01")
    void = op(VOID, clock=3, device=1, of=[event.stamp])
    assert _any_order(_opened(), event, void) == derive_loan([_opened()])


def test_a_loan_that_was_taken_back_is_not_open_nor_returned() -> None:
    void = op(VOID, clock=2, seq=2, of=[_opened().stamp])
    back = op(loans.RETURNED, clock=3, device=1)
    assert _any_order(_opened(), void).end == loans.ENDED_VOIDED
    assert _any_order(_opened(), void, back).end == loans.ENDED_VOIDED


def test_a_claim_stands_until_it_is_ended() -> None:
    claim = op(loans.CLAIMED, clock=2, seq=2)
    ended = op(loans.CLAIM_ENDED, clock=3, device=1)
    assert _any_order(_opened(), claim).claimed
    assert not _any_order(_opened(), claim, ended).claimed


def test_a_renewal_without_a_date_leaves_the_date() -> None:
    assert _any_order(_opened(), op(loans.RENEWED, clock=2, seq=2)).due == "2026-11-09"
