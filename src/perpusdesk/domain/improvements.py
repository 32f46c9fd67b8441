"""What follows from a finding: an action with an owner, a day and a result (plan-do-check-act)."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Final


class Source(StrEnum):
    """Where a finding comes from; ``HAND``: somebody saw it."""

    SURVEY = "survey"
    COMPLAINT = "complaint"
    FIGURE = "figure"
    WISH = "wish"
    HAND = "hand"


class Stage(StrEnum):
    """How far an action is: planned, being done, its effect being looked at, kept, or given up."""

    PLANNED = "planned"
    DOING = "doing"
    CHECKING = "checking"
    DONE = "done"
    DROPPED = "dropped"


ORDER: Final = tuple(Stage)
OPEN: Final = frozenset({Stage.PLANNED, Stage.DOING, Stage.CHECKING})
"""Stages in which something is still to be done."""
_NEXT: Final = {
    Stage.PLANNED: Stage.DOING,
    Stage.DOING: Stage.CHECKING,
    Stage.CHECKING: Stage.DONE,
}


def stage_of(text: str) -> Stage:
    """Return the stage that is stored; what this program does not know is still planned."""
    return Stage(text) if text in set(Stage) else Stage.PLANNED


def next_stage(stage: Stage) -> Stage | None:
    """Return what comes after a stage; ``None``: it is over."""
    return _NEXT.get(stage)


def is_overdue(stage: Stage, due: date | None, today: date) -> bool:
    """Whether an action is not over though its day has passed; on the day itself it is in time."""
    return stage in OPEN and due is not None and due < today
