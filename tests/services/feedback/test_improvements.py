"""The board of what is to be done: proposed by anybody, moved by who may, seen when it is late."""

from __future__ import annotations

from datetime import timedelta

from helpers.library import SmallLibrary, refusal_of, value_of
from perpusdesk.domain.decisions import Reason
from perpusdesk.domain.improvements import Source, Stage
from perpusdesk.services.desk import Desk
from perpusdesk.services.feedback.improvements import (
    ImprovementForm,
    improvement_line,
    improvement_lines,
    late_improvements,
    move_improvement,
    plan_improvement,
    propose_improvement,
    remove_improvement,
)
from perpusdesk.services.results import Done
from perpusdesk.services.undo import undo


def test_anybody_proposes_and_the_same_finding_stands_there_once(
    small: SmallLibrary, head: Desk
) -> None:
    volunteer, survey = small.desk("volunteer"), small.library.new_id()
    first = propose_improvement(volunteer, "survey", survey, " Waktu lama ", "waktu")
    assert isinstance(first, Done)
    again = propose_improvement(head, Source.SURVEY, survey, "Waktu", "waktu")
    assert isinstance(again, Done)
    assert (again.value, again.action) == (first.value, None)
    other = propose_improvement(head, Source.SURVEY, survey, "Sarana", "sarana")
    assert value_of(other) != first.value
    value_of(move_improvement(head, first.value, Stage.DONE, "Loket kedua dibuka"))
    assert value_of(propose_improvement(head, "survey", survey, "Lagi", "waktu")) != first.value
    line = improvement_line(head, first.value)
    assert line is not None
    assert (line.row.finding, line.row.branch) == ("Waktu lama", small.branches["pusat"])
    refusal_of(propose_improvement(head, "hand", None, "  "), Reason.TEXT_MISSING)


def test_by_hand_two_alike_findings_are_two(head: Desk) -> None:
    made = {value_of(propose_improvement(head, "hand", None, "Lampu mati")) for _ in range(2)}
    assert len(made) == 2


def test_only_who_may_plans_moves_and_removes(small: SmallLibrary, head: Desk) -> None:
    one = value_of(propose_improvement(head, "hand", None, "Antrean panjang"))
    desk = small.desk("volunteer")
    jobs = (
        plan_improvement(desk, one, ImprovementForm("x")),
        move_improvement(desk, one),
        remove_improvement(desk, one),
    )
    for job in jobs:
        refusal_of(job, Reason.RIGHT_MISSING)


def test_it_goes_through_its_stages_and_back_by_undo(small: SmallLibrary, head: Desk) -> None:
    one = value_of(propose_improvement(head, "hand", None, "Antrean panjang"))
    day = head.today()
    value_of(move_improvement(head, one))
    small.time.passes(days=3)
    value_of(move_improvement(head, one))
    refusal_of(move_improvement(head, one), Reason.RESULT_MISSING)
    ended = move_improvement(head, one, result="Rata-rata 4 menit")
    assert isinstance(ended, Done)
    line = improvement_line(head, one)
    assert line is not None
    told = (line.stage, line.row.started, line.row.done, line.row.result)
    assert told == (Stage.DONE, day, day + timedelta(days=3), "Rata-rata 4 menit")
    refusal_of(move_improvement(head, one), Reason.IMPROVEMENT_OVER)
    assert ended.action is not None
    value_of(undo(head, ended.action))
    line = improvement_line(head, one)
    assert line is not None
    assert (line.stage, line.row.done, line.row.result) == (Stage.CHECKING, None, "")


def test_late_ones_are_counted_and_stand_first(small: SmallLibrary, head: Desk) -> None:
    today = head.today()
    plans = {"late": today - timedelta(days=1), "today": today, "open": None, "over": today}
    made = {}
    for name, due in plans.items():
        made[name] = value_of(propose_improvement(head, "hand", None, name))
        form = ImprovementForm(name, "kerjakan", small.staff["head"], due, priority=0)
        value_of(plan_improvement(head, made[name], form))
    value_of(move_improvement(head, made["over"], Stage.DROPPED, "tidak perlu"))
    assert late_improvements(head) == 1
    names = [line.row.finding for line in improvement_lines(head)]
    assert names == ["late", "today", "open", "over"]
    assert [line.overdue for line in improvement_lines(head)] == [True, False, False, False]
    small.time.passes(days=1)
    assert late_improvements(head) == 2
    assert [one.row.finding for one in improvement_lines(head, open_only=True)] == names[:3]


def test_nothing_changed_writes_nothing_and_removed_ones_are_gone(
    small: SmallLibrary, head: Desk
) -> None:
    one = value_of(propose_improvement(head, "hand", None, "x", branch=small.branches["van"]))
    form = ImprovementForm("x", branch=small.branches["van"])
    same = plan_improvement(head, one, form)
    assert isinstance(same, Done)
    assert same.action is None
    value_of(remove_improvement(head, one))
    assert improvement_lines(head) == []
    refusal_of(move_improvement(head, one), Reason.IMPROVEMENT_UNKNOWN)
