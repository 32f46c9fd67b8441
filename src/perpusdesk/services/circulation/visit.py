"""Whose visit is open at this desk; it survives a power cut because it lives in the library file.

A visit is only a context for the next scan: loans are saved one by one, nothing waits in it.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from perpusdesk.services.desk import Desk
from perpusdesk.services.looks import How
from perpusdesk.storage.open_forms import VISIT
from perpusdesk.storage.queries.names import member_name


@dataclass(frozen=True, slots=True)
class Visit:
    """An open visit; what was done in it is found by member and time."""

    member: UUID
    name: str
    since: datetime


def open_visit(desk: Desk, member: UUID) -> Visit:
    """Begin (or go on with) a member's visit."""
    current = current_visit(desk)
    if current and current.member == member:
        return current
    visit = Visit(member, member_name(desk.library, member), desk.now())
    _save(desk, visit)
    desk.saw(member, How.VISIT)
    return visit


def close_visit(desk: Desk) -> Visit | None:
    """End the visit; return it as it was."""
    visit = current_visit(desk)
    if visit:
        desk.library.put_local(VISIT, None)
    return visit


def current_visit(desk: Desk) -> Visit | None:
    """Return the open visit; after a power cut it is the interrupted one."""
    text = desk.library.local(VISIT)
    if not text:
        return None
    try:
        kept = json.loads(text)
        member = UUID(str(kept["member"]))
        return Visit(
            member,
            member_name(desk.library, member),
            datetime.fromisoformat(kept["since"]),
        )
    except (ValueError, KeyError, TypeError):
        return None


def _save(desk: Desk, visit: Visit) -> None:
    kept = {"member": str(visit.member), "since": visit.since.isoformat()}
    desk.library.put_local(VISIT, json.dumps(kept))
