"""The days on which the library is closed: looking them over, ticking them, adding its own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from perpusdesk.domain.decisions import Reason, Refused
from perpusdesk.domain.policy_types import ClosureKind
from perpusdesk.services.desk import Desk
from perpusdesk.services.results import Done
from perpusdesk.storage.queries.values import as_id, sure_id

RIGHT = "rules"
LONGEST_NAME = 120
_CHANGED = frozenset({"closure"})


@dataclass(frozen=True, slots=True)
class ClosureLine:
    """One closure as the table shows it; ``applies`` tells whether this library keeps it."""

    id: UUID
    first_day: date
    last_day: date
    name: str
    kind: ClosureKind
    branch: UUID | None
    applies: bool


def closure_lines(desk: Desk, since: date | None = None) -> list[ClosureLine]:
    """Return the closures that end on or after ``since`` (default: today), by date."""
    rows = desk.library.rows(
        "select id, first_day, coalesce(last_day, first_day), name, kind, branch, applies"
        " from closure where deleted = 0 and coalesce(last_day, first_day) >= ?"
        " order by first_day, name",
        str(since or desk.today()),
    )
    return [
        ClosureLine(
            sure_id(id_),
            date.fromisoformat(first),
            date.fromisoformat(last),
            name or "",
            ClosureKind(kind or "local"),
            as_id(branch),
            bool(applies),
        )
        for id_, first, last, name, kind, branch, applies in rows
    ]


def keep_closure(desk: Desk, closure: UUID, applies: bool) -> Done[UUID] | Refused:
    """Let a closure count here, or not; due dates from now on follow. ``RIGHT_MISSING``."""
    if not desk.may(RIGHT):
        return Refused(Reason.RIGHT_MISSING, {"right": RIGHT})
    action = desk.action("keep_closure")
    action.set("closure", closure, {"applies": int(applies)})
    written = desk.commit(action)
    return Done(closure, written.action, "keep_closure", _CHANGED)


def add_closure(
    desk: Desk, first_day: date, last_day: date, name: str, *, here_only: bool = False
) -> Done[UUID] | Refused:
    """Add a closure of the library's own, or of this branch alone.

    ``RIGHT_MISSING``; ``NAME_MISSING``; ``DATE_TOO_OLD`` day, earliest when it
    would end before it begins.
    """
    if not desk.may(RIGHT):
        return Refused(Reason.RIGHT_MISSING, {"right": RIGHT})
    if not name.strip():
        return Refused(Reason.NAME_MISSING)
    if last_day < first_day:
        return Refused(Reason.DATE_TOO_OLD, {"day": last_day, "earliest": first_day})
    action, closure = desk.action("add_closure"), desk.library.new_id()
    fields = {
        "first_day": first_day,
        "last_day": last_day,
        "name": name.strip()[:LONGEST_NAME],
        "kind": ClosureKind.LOCAL,
        "branch": desk.branch if here_only else None,
        "applies": 1,
    }
    action.set("closure", closure, fields, fresh=True)
    written = desk.commit(action)
    return Done(closure, written.action, "add_closure", _CHANGED)
