"""What became of a copy: its loans, its ways from branch to branch, and who changed what."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Final
from uuid import UUID

from perpusdesk.domain.merge.ops import DELETE, SET, Op
from perpusdesk.services.desk import Desk
from perpusdesk.services.results import LoanLine
from perpusdesk.storage.queries import loans, transfers
from perpusdesk.storage.queries.copies import DATES
from perpusdesk.storage.queries.names import staff_name, title_brief
from perpusdesk.storage.queries.transfers import TransferLine
from perpusdesk.storage.queries.values import as_day, as_id, as_moment


class Event(StrEnum):
    """What a line of the story tells."""

    LOAN = "loan"
    WAY = "way"
    ENTERED = "entered"
    CHANGED = "changed"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Change:
    """One field that somebody set: text, a date, an amount, or empty text."""

    field: str
    before: object
    after: object


@dataclass(frozen=True, slots=True)
class StoryLine:
    """One event; by its kind ``loan``, ``way`` or ``changes`` tell more."""

    event: Event
    at: datetime
    staff_name: str = ""
    branch_name: str = ""
    verb: str = ""
    loan: LoanLine | None = None
    way: TransferLine | None = None
    changes: tuple[Change, ...] = ()


_SILENT: Final = frozenset({"issue", "title"})


def copy_story(desk: Desk, copy: UUID) -> list[StoryLine]:
    """Return everything that is known of a copy, the latest first."""
    ways = reversed(transfers.of_copy(desk.library, copy))
    past = reversed(loans.history_of_copy(desk.library, copy, desk.today()))
    found = [
        *_changes(desk, desk.library.ops_of(copy)),
        *(StoryLine(Event.WAY, line.sent_at, way=line) for line in ways),
        *(StoryLine(Event.LOAN, line.lent_at, loan=line) for line in past),
    ]
    found.reverse()
    return sorted(found, key=lambda line: line.at, reverse=True)


def _changes(desk: Desk, ops: list[Op]) -> list[StoryLine]:
    values: dict[str, Any] = {}
    found: list[StoryLine] = []
    for op in ops:
        if op.kind == SET:
            event = Event.CHANGED if values else Event.ENTERED
            changed = []
            for name, after in op.payload["fields"].items():
                before, values[name] = values.get(name), after
                if name not in _SILENT and (before or "") != (after or ""):
                    changed.append(
                        Change(name, _shown(desk, name, before), _shown(desk, name, after))
                    )
            if changed:
                found.append(_line(desk, op, event, tuple(changed)))
        elif op.kind == DELETE:
            found.append(_line(desk, op, Event.REMOVED, ()))
    return found


def _line(desk: Desk, op: Op, event: Event, changes: tuple[Change, ...]) -> StoryLine:
    branch = desk.branches.get(op.branch) if op.branch else None
    return StoryLine(
        event,
        as_moment(op.at, op.zone),
        staff_name(desk.library, op.staff),
        branch.name if branch else "",
        op.verb,
        changes=changes,
    )


def _shown(desk: Desk, name: str, value: Any) -> object:
    if value in (None, ""):
        return ""
    if name in DATES:
        return as_day(value) or value
    if name in ("branch", "kind"):
        id_ = as_id(value)
        named: Any = desk.branches if name == "branch" else desk.kinds
        found = named.get(id_) if id_ else None
        return found.name if found else ""
    if name == "title":
        id_ = as_id(value)
        return title_brief(desk.library, id_).title if id_ else ""
    return value if isinstance(value, str | int) else str(value)
