"""A copy on its way between branches: the same place on every device."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.op_samples import COPY, TITLE, op, op_lists
from perpusdesk.domain.merge.ops import VOID, Op
from perpusdesk.domain.merge.transfers import CANCELLED, RECEIVED, SENT, derive_transfer


def _sent() -> Op:
    return op(SENT, "transfer", copy=COPY, to=TITLE, paper="12/2026")


@pytest.mark.parametrize(
    ("later", "state"),
    [
        ([], "on_the_way"),
        ([op(RECEIVED, "transfer", clock=3, seq=2)], "received"),
        ([op(CANCELLED, "transfer", clock=2, seq=2)], "cancelled"),
        (
            [op(CANCELLED, "transfer", clock=2, seq=2), op(RECEIVED, "transfer", clock=3, seq=3)],
            "received",
        ),
    ],
)
def test_a_copy_that_was_seen_has_arrived(later: Sequence[Op], state: str) -> None:
    found = derive_transfer([_sent(), *later])
    assert (found.copy, found.to_branch, found.paper, found.state) == (
        COPY,
        TITLE,
        "12/2026",
        state,
    )


def test_what_is_taken_back_was_never_so() -> None:
    sent, received = _sent(), op(RECEIVED, "transfer", clock=3, seq=2)
    back = op(VOID, "transfer", clock=4, seq=3, of=[received.stamp])
    assert derive_transfer([sent, received, back]).state == "on_the_way"
    never = op(VOID, "transfer", clock=5, seq=4, of=[sent.stamp])
    assert derive_transfer([sent, received, back, never]).state == "cancelled"


@given(op_lists(("transfer",)), st.permutations(range(14)))
def test_order_and_repetition_change_nothing(ops: list[Op], order: list[int]) -> None:
    mixed = [ops[number % len(ops)] for number in order] + ops
    assert derive_transfer(mixed) == derive_transfer(ops)
