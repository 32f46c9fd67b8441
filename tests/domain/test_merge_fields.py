"""Field by field: the later wins, the loser is told, deletions yield to what they had not seen."""

from __future__ import annotations

from typing import Any

from helpers.op_samples import field_set, op
from perpusdesk.domain.merge.fields import FieldState, contradictions, fold_fields
from perpusdesk.domain.merge.ops import DELETE, Op, Stamp


def _fold(*ops: Op) -> FieldState:
    return fold_fields(FieldState(), ops)


def _deleted(base: dict[str, Stamp], **where: Any) -> Op:
    return op(DELETE, "member", base=base, **where)


FIRST = field_set({"name": "Ani", "phone": "1"}, clock=1)


def test_the_later_of_two_wins_field_by_field() -> None:
    name = field_set({"name": "Ani Umpama"}, clock=3, device=1)
    both = field_set({"name": "Anni", "phone": "2"}, clock=2, device=2)
    assert _fold(name, both, FIRST).values == {"name": "Ani Umpama", "phone": "2"}


def test_the_same_clock_is_settled_by_the_device() -> None:
    one = field_set({"name": "A"}, clock=2, device=1)
    two = field_set({"name": "B"}, clock=2, device=2)
    assert _fold(one, two).values == _fold(two, one).values == {"name": "B"}


def test_yes_and_no_are_kept_as_the_numbers_that_a_row_gives_back() -> None:
    assert _fold(field_set({"active": True})).values["active"] is not True
    assert _fold(field_set({"active": True})).values == {"active": 1}


def test_a_deletion_of_what_was_seen_deletes() -> None:
    gone = _deleted({"name": FIRST.stamp, "phone": FIRST.stamp}, clock=2, device=1)
    assert _fold(FIRST, gone).deleted
    assert _fold(gone, FIRST).deleted


def test_a_deletion_that_comes_before_its_record_waits_deleted() -> None:
    assert _fold(_deleted({}, clock=2)).deleted


def test_an_edit_that_the_deleter_had_not_seen_revives() -> None:
    gone = _deleted({"name": FIRST.stamp, "phone": FIRST.stamp}, clock=9, device=1)
    edit = field_set({"phone": "2"}, {"phone": FIRST.stamp}, clock=2, device=2)
    for order in ((FIRST, gone, edit), (edit, gone, FIRST), (gone, edit, FIRST)):
        state = _fold(*order)
        assert not state.deleted
        assert state.values == {"name": "Ani", "phone": "2"}


def test_two_deletions_together_know_what_either_knew() -> None:
    edit = field_set({"phone": "2"}, clock=2, device=1)
    knowing = _deleted({"name": FIRST.stamp, "phone": edit.stamp}, clock=3, device=1, seq=2)
    unknowing = _deleted({"name": FIRST.stamp, "phone": FIRST.stamp}, clock=4, device=2)
    assert not _fold(FIRST, edit, unknowing).deleted
    assert _fold(FIRST, edit, unknowing, knowing).deleted


def test_whoever_had_seen_the_value_contradicts_nobody() -> None:
    edit = field_set({"name": "Anni"}, {"name": FIRST.stamp}, clock=2, device=1)
    assert contradictions([FIRST, edit]) == []


def test_two_who_did_not_know_of_each_other_are_told_with_the_loser() -> None:
    one = field_set({"name": "A"}, {"name": FIRST.stamp}, clock=2, device=1)
    two = field_set({"name": "B"}, {"name": FIRST.stamp}, clock=3, device=2)
    (found,) = contradictions([FIRST, one, two])
    assert (found.field, found.kept, found.lost) == ("name", two, one)


def test_saying_the_same_is_no_contradiction() -> None:
    one = field_set({"name": "A"}, {"name": FIRST.stamp}, clock=2, device=1)
    two = field_set({"name": "A"}, {"name": FIRST.stamp}, clock=3, device=2)
    assert contradictions([FIRST, one, two]) == []


def test_editing_twice_offline_does_not_hide_what_came_between() -> None:
    """The second edit knows the first, but neither knew of the other device's."""
    first = field_set({"name": "A1"}, {"name": FIRST.stamp}, clock=3, device=1)
    second = field_set({"name": "A2"}, {"name": first.stamp}, clock=4, device=1, seq=2)
    between = field_set({"name": "B"}, {"name": FIRST.stamp}, clock=2, device=2)
    assert [found.lost for found in contradictions([second, between, first, FIRST])] == [between]
