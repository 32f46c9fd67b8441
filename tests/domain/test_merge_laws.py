"""The fold is commutative, associative and idempotent: only which ops there are counts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.op_samples import entity, op_lists, retellings
from perpusdesk.domain.merge.facts import derive_fact
from perpusdesk.domain.merge.fields import FieldState, contradictions, fold_fields
from perpusdesk.domain.merge.holds import STATES, derive_hold
from perpusdesk.domain.merge.loans import derive_loan
from perpusdesk.domain.merge.ops import SET, Op


def _of_one(ops: list[Op]) -> list[Op]:
    return [op for op in ops if op.entity == entity(0)]


DERIVED = [("loan", derive_loan), ("hold", derive_hold), ("money", derive_fact)]


@pytest.mark.parametrize(("entity_type", "derive"), DERIVED)
@given(data=st.data())
def test_events_come_to_the_same_in_any_order_however_often(
    entity_type: str, derive: Callable[[list[Op]], Any], data: st.DataObject
) -> None:
    ops = data.draw(op_lists((entity_type,)).map(_of_one).filter(bool))
    batches = data.draw(retellings(ops))
    assert derive([op for batch in batches for op in batch]) == derive(ops)


@given(st.data())
def test_field_sets_come_to_the_same_in_any_order_and_split(data: st.DataObject) -> None:
    ops = data.draw(op_lists(("member",)).map(_of_one))
    state = FieldState()
    for batch in data.draw(retellings(ops)):
        fold_fields(state, batch)
    wanted = fold_fields(FieldState(), ops)
    assert state == wanted
    assert state.deleted == wanted.deleted


@given(st.data())
def test_two_states_of_parts_agree_once_each_has_the_other_part(data: st.DataObject) -> None:
    ops = data.draw(op_lists(("member",)).map(_of_one))
    cut = data.draw(st.integers(0, len(ops)))
    one = fold_fields(fold_fields(FieldState(), ops[:cut]), ops[cut:])
    other = fold_fields(fold_fields(FieldState(), ops[cut:]), ops[:cut])
    assert one == other


@given(st.data())
def test_everybody_sees_the_same_contradictions(data: st.DataObject) -> None:
    ops = data.draw(op_lists(("member",)).map(_of_one))
    batches = data.draw(retellings(ops))
    assert contradictions(op for batch in batches for op in batch) == contradictions(ops)


@given(op_lists(("member",)).map(_of_one))
def test_a_value_that_is_gone_was_seen_by_who_replaced_it_or_is_told(ops: list[Op]) -> None:
    state = fold_fields(FieldState(), ops)
    told = {(found.field, found.lost.stamp) for found in contradictions(ops)}
    seen = {
        (name, tuple(stamp))
        for op in ops
        for name, stamp in op.payload.get("base", {}).items()
        if op.kind == SET
    }
    for op in ops:
        for name, value in op.payload["fields"].items() if op.kind == SET else ():
            if value != state.values[name]:
                assert (name, op.stamp) in told or (name, tuple(op.stamp)) in seen


@given(op_lists(("hold",)).map(_of_one).filter(bool))
def test_a_hold_is_always_in_a_known_state(ops: list[Op]) -> None:
    assert derive_hold(ops).state in STATES
