"""Closures and rules of the house: changed by who may, felt by the next decision, undoable."""

from __future__ import annotations

from datetime import date

import pytest

from helpers.library import SmallLibrary, action_of, refusal_of, value_of
from perpusdesk.domain.decisions import Reason
from perpusdesk.domain.policy_types import ClosureKind
from perpusdesk.services.circulation.lend import lend
from perpusdesk.services.desk import Desk
from perpusdesk.services.library.closures import add_closure, closure_lines, keep_closure
from perpusdesk.services.library.rules_view import explain_here, rules_view, set_house_rule
from perpusdesk.services.undo import undo

DUE = date(2026, 11, 9)


def due(desk: Desk, small: SmallLibrary) -> date:
    return value_of(lend(desk, small.members["A0001"], small.copies["B0001"])).line.due


def test_a_local_closure_moves_the_next_due_date(head: Desk, small: SmallLibrary) -> None:
    value_of(add_closure(head, DUE, DUE, " Rapat kerja "))
    line = closure_lines(head)[0]
    assert (line.name, line.kind, line.applies) == ("Rapat kerja", ClosureKind.LOCAL, True)
    assert due(head, small) == date(2026, 11, 10)


def test_a_closure_that_does_not_count_here_moves_nothing(head: Desk, small: SmallLibrary) -> None:
    added = value_of(add_closure(head, DUE, DUE, "Rapat kerja"))
    value_of(keep_closure(head, added, False))
    assert not closure_lines(head)[0].applies
    assert due(head, small) == DUE


def test_a_closure_of_one_branch_leaves_the_other_open(head: Desk, small: SmallLibrary) -> None:
    value_of(add_closure(head, DUE, DUE, "Cat ulang", here_only=True))
    assert not head.calendar().is_open(DUE)
    assert small.desk("head", "van").calendar().is_open(DUE)


def test_past_closures_are_out_of_the_way(head: Desk, small: SmallLibrary) -> None:
    assert [line.name for line in closure_lines(head)] == ["Hari Natal"]
    small.time.passes(days=60)
    assert closure_lines(head) == []


def test_ticking_and_adding_can_be_undone(head: Desk) -> None:
    before = closure_lines(head)
    added = add_closure(head, DUE, DUE, "Rapat kerja")
    ticked = keep_closure(head, before[0].id, False)
    value_of(undo(head, action_of(ticked)))
    value_of(undo(head, action_of(added)))
    assert closure_lines(head) == before


def test_who_may_not_is_refused(desk: Desk) -> None:
    line = closure_lines(desk)[0]
    refusal_of(add_closure(desk, DUE, DUE, "Rapat"), Reason.RIGHT_MISSING)
    refusal_of(keep_closure(desk, line.id, False), Reason.RIGHT_MISSING)
    refusal_of(set_house_rule(desk, hold_pickup_days=9), Reason.RIGHT_MISSING)
    assert closure_lines(desk) == [line]
    assert desk.house.hold_pickup_days == 3
    assert not rules_view(desk).may_change


def test_nonsense_is_refused(head: Desk) -> None:
    refusal_of(add_closure(head, DUE, DUE, "  "), Reason.NAME_MISSING)
    refusal_of(add_closure(head, DUE, date(2026, 11, 8), "Rapat"), Reason.DATE_TOO_OLD)
    with pytest.raises(ValueError, match="no such house rule"):
        set_house_rule(head, colour="green")


def test_a_house_rule_changes_alone_and_comes_back(head: Desk) -> None:
    changed = set_house_rule(head, block_when_overdue=False)
    assert not head.house.block_when_overdue
    assert head.house.block_from_debt == 20_000
    value_of(undo(head, action_of(changed)))
    assert head.house.block_when_overdue


def test_the_rule_that_decides_is_named_with_the_others_reasons(
    head: Desk, small: SmallLibrary
) -> None:
    told = explain_here(head, small.categories["child"], small.kinds["book"])
    (chosen,) = [line.rule.name for line, one in told if one.chosen]
    assert chosen == "Anak"
    beaten = {line.rule.name: one.beaten_by for line, one in told if one.beaten_by}
    assert list(beaten) == ["Umum"]
    other = {line.rule.name for line, one in told if one.mismatches}
    assert other == {"Sekolah"}
    view = rules_view(head)
    assert [line.rule.name for line in view.rules][-1] == "Umum"
    assert {line.category for line in view.rules} == {"Anak", "Sekolah", ""}
