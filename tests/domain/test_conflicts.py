"""Which ops contradict each other, what is proposed, and who may decide: pure rules."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.op_samples import ACTION, DEVICES, field_set, op
from perpusdesk.domain.conflicts import kinds
from perpusdesk.domain.conflicts.conflict import Side, believed, in_order
from perpusdesk.domain.conflicts.kinds import Kind, answers_of, rights_for
from perpusdesk.domain.conflicts.loans import LoanFact, lent_blocked, lent_twice, over_limit
from perpusdesk.domain.conflicts.records import edited, edited_and_deleted
from perpusdesk.domain.merge.fields import contradictions, standing_set
from perpusdesk.domain.merge.ops import DELETE, VOID, Op, Stamp, voided_stamps

HOUR = 3_600_000
BOOK, READER = UUID(int=7), UUID(int=8)


def loan(
    number: int, hour: int, *, ended: int | None = None, device: int = 0, **values: Any
) -> Any:
    """A loan of the book at an hour, ended at another one or still open."""
    stamp = Stamp(hour * HOUR << 16, DEVICES[device], 10 + device, number)
    facts = {
        "loan": UUID(int=number),
        "copy": BOOK,
        "member": READER,
        "rule": None,
        "at": hour * HOUR,
        "day": date(2026, 11, 2),
        "due": "2026-11-09",
        "ended_at": None if ended is None else ended * HOUR,
        "end": 0 if ended is None else 1,
        "stamp": stamp,
    }
    return LoanFact(**facts | values)


def numbers(conflict: Any) -> list[int]:
    return [side.entity.int for side in conflict.sides]


def test_the_last_of_several_open_loans_is_proposed() -> None:
    found = lent_twice(BOOK, [loan(2, 5, device=1), loan(1, 2), loan(3, 9)])
    assert found is not None
    assert (numbers(found), found.proposal) == ([1, 2, 3], "side_3")


@pytest.mark.parametrize(
    ("loans", "sides"),
    [
        ([loan(1, 2, ended=5), loan(2, 5)], None),  # one after the other
        ([loan(1, 2, ended=9), loan(2, 5)], [1, 2]),  # ended after the next began
        ([loan(1, 2), loan(2, 5, ended=9)], [1, 2]),  # lent and taken back while another was open
        ([loan(1, 2, ended=9), loan(2, 5, ended=8)], None),  # nothing is open any more
        ([loan(1, 2, ended=3), loan(2, 5, ended=9), loan(3, 6)], [2, 3]),
        ([loan(1, 2)], None),
    ],
)
def test_only_loans_that_overlap_an_open_one_take_part(loans: Any, sides: Any) -> None:
    found = lent_twice(BOOK, loans)
    assert (numbers(found) if found else None) == sides


def test_a_clock_that_ran_ahead_does_not_win() -> None:
    ahead = loan(1, 90, stamp=Stamp(2 * HOUR << 16, DEVICES[0], 10, 1))
    found = lent_twice(BOOK, [ahead, loan(2, 5, device=1)])
    assert found is not None
    assert (numbers(found), found.proposal) == ([1, 2], "side_2")


def test_a_slip_entered_later_counts_at_its_own_time() -> None:
    slip = loan(2, 1, stamp=Stamp(9 * HOUR << 16, DEVICES[1], 11, 2))
    assert believed(slip.at, slip.stamp) == HOUR
    assert numbers(lent_twice(BOOK, [loan(1, 5), slip])) == [2, 1]


def test_only_loans_beyond_the_limit_that_nobody_could_see_are_asked_about() -> None:
    here, there = [loan(n, n) for n in (1, 2)], [loan(n, n, device=1) for n in (3, 4)]
    found = list(over_limit(READER, [*there, *here], lambda _: 3, lambda _: False))
    assert [(numbers(one), one.facts["count"]) for one in found] == [([2, 4], 4)]
    assert list(over_limit(READER, [*here, *there], lambda _: 3, lambda _: True)) == []
    assert (
        list(over_limit(READER, [loan(n, n) for n in range(1, 6)], lambda _: 3, lambda _: False))
        == []
    )
    assert list(over_limit(READER, [*here, *there], lambda _: None, lambda _: False)) == []


@pytest.mark.parametrize(
    ("since", "until", "asked"),
    [
        ("2026-11-01", None, True),
        ("2026-11-01", "2026-11-02", True),
        ("2026-11-01", "2026-11-01", False),
        ("2026-11-03", None, False),
    ],
)
def test_a_block_counts_on_its_days(since: str, until: str | None, asked: bool) -> None:
    stamp = Stamp(1, DEVICES[1], 11, 1)
    block = Side(stamp, "block", UUID(int=5), 0, {"since": since, "until": until})
    assert (lent_blocked(loan(1, 2), block) is not None) is asked


def two_edits() -> list[Op]:
    first = field_set({"name": "Ani"}, clock=1)
    base = {"name": first.stamp}
    return [
        first,
        field_set({"name": "Anni"}, base, clock=2, device=1),
        field_set({"name": "Any"}, base, clock=3, device=2),
    ]


def _changed(of: Op, **values: Any) -> Op:
    return Op(**{name: getattr(of, name) for name in Op.__slots__} | values)


def test_two_edits_of_one_field_are_one_question_about_both() -> None:
    ops = two_edits()
    (found,) = edited("member", ops[0].entity, ops, ())
    assert found.kind is Kind.EDITED_TWICE
    assert [side.facts["values"] for side in found.sides] == [{"name": "Anni"}, {"name": "Any"}]
    assert (found.proposal, found.answers) == ("side_2", ("side_1", "side_2"))


def test_what_was_undone_contradicts_nothing_and_undoing_hides_nothing() -> None:
    first, lost, kept = two_edits()
    away = UUID(int=99)
    undone = _changed(lost, action=away)
    assert contradictions([first, undone, kept], {away}) == []
    # somebody's undo put the old name over an edit that they had not seen
    edit = _changed(field_set({"name": "Lia"}, {"name": first.stamp}, clock=4), action=away)
    back = _changed(field_set({"name": "Ani"}, {"name": edit.stamp}, clock=5), verb="undo")
    (loss,) = contradictions([first, edit, back, lost], {away})
    assert (loss.kept, loss.lost) == (back, lost)


def test_what_was_decided_is_settled_for_whoever_edits_later() -> None:
    first, lost, kept = two_edits()
    decided = field_set({"name": "Anni"}, {"name": kept.stamp}, clock=4)
    marks = [list(lost.stamp[1:]), list(kept.stamp[1:])]
    decided = _changed(decided, payload={**decided.payload, "settles": marks})
    later = field_set({"name": "Ann"}, {"name": decided.stamp}, clock=5, device=1, seq=2)
    for ops in ([first, lost, kept, decided], [first, lost, kept, decided, later]):
        assert contradictions(ops) == []


def test_an_edit_that_the_remover_had_not_seen_is_asked_about_unless_put_back_knowingly() -> None:
    first = field_set({"name": "Ani"}, clock=1)
    removed = op(DELETE, "member", clock=2, base={"name": first.stamp})
    edit = field_set({"note": "x"}, clock=3, device=1)
    found = edited_and_deleted("member", first.entity, [first, removed, edit], ())
    assert found is not None
    assert (found.proposal, [side.stamp for side in found.sides]) == (
        "side_2",
        [removed.stamp, edit.stamp],
    )
    assert edited_and_deleted("member", first.entity, [first, removed], ()) is None
    assert edited_and_deleted("member", first.entity, [first, removed, edit], {ACTION}) is None
    own = field_set({"note": "x"}, clock=3, seq=3)
    assert edited_and_deleted("member", first.entity, [first, removed, own], ()) is None
    back = _changed(field_set({"note": "y"}, clock=4, device=1, seq=2), verb="put_back_title")
    assert edited_and_deleted("member", first.entity, [first, removed, edit, back], ()) is None


def test_a_value_is_of_the_op_that_stands() -> None:
    first, lost, kept = two_edits()
    back = _changed(field_set({"name": "Any"}, clock=9), verb="undo")
    assert standing_set([first, lost, kept, back], "name", ()) == kept
    assert standing_set([back], "name", ()) == back
    assert standing_set([], "name", ()) is None


@given(st.integers(0, 5))
def test_taking_back_a_taking_back_gives_again(times: int) -> None:
    told = [op("loan.opened")]
    for number in range(times):
        told.append(op(VOID, clock=2 + number, seq=2 + number, of=[told[-1].stamp]))
    assert (told[0].stamp in voided_stamps(told)) is (times % 2 == 1)


@pytest.mark.parametrize("kind", list(Kind))
def test_every_kind_has_answers_and_rights(kind: Kind) -> None:
    answers = answers_of(kind, 2)
    assert answers
    assert len(set(answers)) == len(answers)
    assert [kinds.side_of(one) for one in answers if one.startswith("side_")] in ([], [1, 2])
    assert rights_for(kind, "member")[0] == kinds.SETTLE
    assert rights_for(Kind.EDITED_TWICE, "loan_rule") == (kinds.SETTLE, "rules")


def test_sides_stand_in_one_order_whoever_tells_them() -> None:
    sides = [loan(n, 3, device=n % 3).side for n in range(1, 6)]
    assert in_order(sides) == in_order(reversed(sides))
