"""The branches and vans of a library: who they are, and one more."""

from __future__ import annotations

from enum import StrEnum
from uuid import UUID

from perpusdesk.domain import rights
from perpusdesk.domain.decisions import Reason, Refused
from perpusdesk.services.desk import Desk
from perpusdesk.services.results import Done
from perpusdesk.services.set_up import branch_fields
from perpusdesk.storage.queries.policy import Branch

VERB = "add_branch"


class BranchKind(StrEnum):
    """A house, or a van that stops at places."""

    BUILDING = "building"
    VAN = "van"


def branches(desk: Desk) -> list[Branch]:
    """Return all branches, by the number that each got."""
    return sorted(desk.branches.values(), key=lambda branch: (branch.code, branch.id))


def open_branch(desk: Desk, name: str, kind: BranchKind) -> Done[UUID] | Refused:
    """Add a branch or a van; rules, hours and closures of all branches hold there at once.

    ``RIGHT_MISSING`` right, ``NAME_MISSING``. Raises ``KnownError`` when the disk refuses.
    """
    if not desk.may(rights.RULES):
        return Refused(Reason.RIGHT_MISSING, {"right": rights.RULES})
    if not name.strip():
        return Refused(Reason.NAME_MISSING)
    action, branch = desk.action(VERB), desk.library.new_id()
    fields = branch_fields(name, kind.value, desk.zone, len(desk.branches) + 1)
    action.set("branch", branch, fields, fresh=True)
    written = desk.commit(action)
    return Done(branch, written.action, VERB)
