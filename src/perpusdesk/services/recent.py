"""The last actions of this device in words that a person recognises."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from perpusdesk.domain.merge.ops import Op
from perpusdesk.services.desk import Desk
from perpusdesk.storage.queries import actions
from perpusdesk.storage.queries.loans import line_of
from perpusdesk.storage.queries.names import member_name


@dataclass(frozen=True, slots=True)
class RecentLine:
    """One action: ``thing`` is mostly a title, ``person`` mostly the member."""

    action: UUID
    verb: str
    at: datetime
    thing: str
    person: str
    undone: bool
    undoable: bool


def recent_actions(desk: Desk, limit: int = 12) -> list[RecentLine]:
    """Return the last actions, newest first (setting up and importing are left out)."""
    lines = []
    for action in actions.recent(desk.library, limit):
        if not action.undoable and not action.undone:
            continue
        thing, person = about(desk, action.ops)
        lines.append(
            RecentLine(
                action.action,
                action.verb,
                action.at,
                thing,
                person,
                action.undone,
                action.undoable and not action.undone,
            )
        )
    return lines


def about(desk: Desk, ops: tuple[Op, ...]) -> tuple[str, str]:
    """Return what and whom an action was about, by name; either may be empty."""
    for op in ops:
        if op.entity_type == "loan":
            line = line_of(desk.library, op.entity, desk.today())
            if line:
                return line.title or line.barcode, line.member_name
        if op.entity_type == "member":
            return "", member_name(desk.library, op.entity)
        if isinstance(op.payload.get("member"), bytes):
            return "", member_name(desk.library, UUID(bytes=op.payload["member"]))
    return "", ""
