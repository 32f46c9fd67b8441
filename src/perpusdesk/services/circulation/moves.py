"""A copy's way from branch to branch as part of other jobs: whoever has it in hand ends it."""

from __future__ import annotations

from uuid import UUID

from perpusdesk.domain.items import Copy
from perpusdesk.domain.merge import transfers as events
from perpusdesk.domain.moves import Way, arrives, belongs_to
from perpusdesk.services.desk import Desk
from perpusdesk.services.results import Notice, NoticeKind
from perpusdesk.storage.drafts import Action
from perpusdesk.storage.queries import transfers as query


def way_of(desk: Desk, copy: UUID) -> Way | None:
    """Return the way that a copy is on, if it is on one."""
    line = query.open_of_copy(desk.library, copy)
    return Way(line.transfer, line.from_branch, line.to_branch, line.why) if line else None


def end_way(desk: Desk, action: Action, copy: Copy, way: Way) -> Notice:
    """Put into an action that a copy on its way is in hand here, and return what to say of it.

    At the branch it was sent to it has arrived; anywhere else the sending is cancelled.
    """
    if not arrives(way, desk.branch):
        action.event(events.CANCELLED, "transfer", way.id)
        return Notice(NoticeKind.WAS_IN_TRANSIT, {"branch": _name(desk, way.to_branch)})
    action.event(events.RECEIVED, "transfer", way.id)
    home = belongs_to(copy, way)
    if home != copy.branch:
        action.set("copy", copy.id, {"branch": home})
    return Notice(NoticeKind.ARRIVED, {"branch": _name(desk, way.from_branch)})


def _name(desk: Desk, branch: UUID | None) -> str:
    found = desk.branches.get(branch) if branch else None
    return found.name if found else ""
