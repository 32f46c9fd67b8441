"""The board of what is to be done: findings of any source become actions with owner and day.

Anybody at the desk may propose one; to plan it, move it on or end it needs ``complaints``.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

from perpusdesk.domain.decisions import Reason, Refused
from perpusdesk.domain.improvements import (
    OPEN,
    ORDER,
    Source,
    Stage,
    is_overdue,
    next_stage,
    stage_of,
)
from perpusdesk.domain.rights import COMPLAINTS
from perpusdesk.services.changed_fields import write_changed
from perpusdesk.services.desk import Desk
from perpusdesk.services.needed_right import needs
from perpusdesk.services.results import Done
from perpusdesk.storage.queries import improvements as query
from perpusdesk.storage.queries.improvements import ImprovementRow

PROPOSE: Final = "propose_improvement"
PLAN: Final = "plan_improvement"
MOVE: Final = "move_improvement"
REMOVE: Final = "remove_improvement"
_CHANGED: Final = frozenset({"improvement"})


@dataclass(frozen=True, slots=True)
class ImprovementForm:
    """What is planned: who does what by when; ``priority`` above 0 is urgent."""

    finding: str
    action: str = ""
    owner: UUID | None = None
    due: date | None = None
    branch: UUID | None = None
    service: str = ""
    priority: int = 0


@dataclass(frozen=True, slots=True)
class ImprovementLine:
    """One action as lists show it."""

    row: ImprovementRow
    stage: Stage
    overdue: bool
    branch_name: str

    @property
    def id(self) -> UUID:
        """The record."""
        return self.row.id


def propose_improvement(
    desk: Desk,
    source: Source | str,
    source_id: UUID | None,
    finding: str,
    detail: str = "",
    *,
    branch: UUID | None = None,
    service: str = "",
) -> Done[UUID] | Refused:
    """Put a finding on the board; no right is needed. ``TEXT_MISSING`` when nothing is written.

    ``source`` is one of ``domain.improvements.Source`` (``survey``, ``complaint``, ``figure``,
    ``wish``, ``hand``), ``source_id`` its record, ``detail`` what in it is meant (the id of an
    unsur). What stands there already of the same source, record and detail and is not over is
    returned, and nothing is written (``action`` is ``None``).
    """
    said = finding.strip()
    if not said:
        return Refused(Reason.TEXT_MISSING)
    kind = Source(source).value
    if source_id is not None:
        there = query.proposed_already(desk.library, kind, source_id, detail)
        if there is not None:
            return Done(there, None, PROPOSE)
    action, record = desk.action(PROPOSE), desk.library.new_id()
    fields = {
        "finding": said,
        "source": kind,
        "source_id": source_id,
        "detail": detail,
        "branch": branch or desk.branch,
        "service": service,
        "state": Stage.PLANNED.value,
        "priority": 0,
    }
    action.set("improvement", record, fields, fresh=True)
    return Done(record, desk.commit(action).action, PROPOSE, _CHANGED)


@needs(COMPLAINTS)
def plan_improvement(desk: Desk, improvement: UUID, form: ImprovementForm) -> Done[UUID] | Refused:
    """Write down who does what by when. ``IMPROVEMENT_UNKNOWN``, ``TEXT_MISSING``."""
    there = query.improvement_row(desk.library, improvement)
    if there is None:
        return Refused(Reason.IMPROVEMENT_UNKNOWN)
    if not form.finding.strip():
        return Refused(Reason.TEXT_MISSING)
    wanted: dict[str, Any] = {
        "finding": form.finding.strip(),
        "action": form.action.strip(),
        "owner": form.owner,
        "due": form.due,
        "branch": form.branch,
        "service": form.service.strip(),
        "priority": form.priority,
    }
    return write_changed(desk, desk.action(PLAN), "improvement", there, wanted)


@needs(COMPLAINTS)
def move_improvement(
    desk: Desk, improvement: UUID, stage: Stage | None = None, result: str | None = None
) -> Done[UUID] | Refused:
    """Move one to a stage (default: the next), with what came of it so far.

    ``IMPROVEMENT_UNKNOWN``, ``IMPROVEMENT_OVER`` (there is no next stage), ``RESULT_MISSING``: what
    is done needs its result, what is given up its reason.
    """
    there = query.improvement_row(desk.library, improvement)
    if there is None:
        return Refused(Reason.IMPROVEMENT_UNKNOWN)
    wanted = stage or next_stage(stage_of(there.state))
    if wanted is None:
        return Refused(Reason.IMPROVEMENT_OVER)
    told = there.result if result is None else result.strip()
    if wanted not in OPEN and not told:
        return Refused(Reason.RESULT_MISSING)
    today = desk.today()
    fields = {
        "state": wanted.value,
        "result": told,
        "started": (there.started or today) if wanted is not Stage.PLANNED else None,
        "done": None if wanted in OPEN else today,
    }
    return write_changed(desk, desk.action(MOVE), "improvement", there, fields)


@needs(COMPLAINTS)
def remove_improvement(desk: Desk, improvement: UUID) -> Done[UUID] | Refused:
    """Take one off the board that was put there by mistake. ``IMPROVEMENT_UNKNOWN``."""
    if query.improvement_row(desk.library, improvement) is None:
        return Refused(Reason.IMPROVEMENT_UNKNOWN)
    action = desk.action(REMOVE)
    action.delete("improvement", improvement)
    return Done(improvement, desk.commit(action).action, REMOVE, _CHANGED)


def improvement_line(desk: Desk, improvement: UUID) -> ImprovementLine | None:
    """Return one, or ``None``."""
    row = query.improvement_row(desk.library, improvement)
    return _line(desk, row) if row else None


def improvement_lines(desk: Desk, *, open_only: bool = False) -> list[ImprovementLine]:
    """Return the board: by stage, in each the late ones first, then urgent, then by day."""
    lines = [_line(desk, row) for row in query.improvement_rows(desk.library)]
    shown = [line for line in lines if line.stage in OPEN or not open_only]
    return sorted(shown, key=_place)


def late_improvements(desk: Desk) -> int:
    """Return how many are late today."""
    return query.count_late(desk.library, desk.today())


def _line(desk: Desk, row: ImprovementRow) -> ImprovementLine:
    stage = stage_of(row.state)
    branch = desk.branches.get(row.branch) if row.branch else None
    overdue = is_overdue(stage, row.due, desk.today())
    return ImprovementLine(row, stage, overdue, branch.name if branch else "")


def _place(line: ImprovementLine) -> tuple[object, ...]:
    ended = line.row.done.toordinal() if line.row.done else 0
    due = line.row.due or date.max
    return (ORDER.index(line.stage), -ended, not line.overdue, -line.row.priority, due)
