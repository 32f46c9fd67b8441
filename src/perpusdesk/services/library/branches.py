"""The branches and vans of a library: one more, another name, one that was never used away."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Final
from uuid import UUID

from perpusdesk.domain.decisions import Reason, Refused
from perpusdesk.domain.rights import RULES
from perpusdesk.services.changed_fields import write_changed
from perpusdesk.services.desk import Desk
from perpusdesk.services.library.branch_use import uses_of
from perpusdesk.services.needed_right import needs
from perpusdesk.services.results import Done
from perpusdesk.services.set_up import next_branch_code
from perpusdesk.storage.queries import policy
from perpusdesk.storage.queries.policy import Branch

ADD: Final = "add_branch"
EDIT: Final = "edit_branch"
REMOVE: Final = "remove_branch"
PUT_BACK: Final = "put_back_branch"
LONGEST: Final = 120
LONGEST_CODE: Final = 12
_CHANGED: Final = frozenset({"branch"})


class BranchKind(StrEnum):
    """A house, or a van that stops at places."""

    BUILDING = "building"
    VAN = "van"


@dataclass(frozen=True, slots=True)
class BranchForm:
    """What is entered; ``zone`` in minutes east of UTC, no ``code``: the next number."""

    name: str
    kind: BranchKind = BranchKind.BUILDING
    zone: int = 420
    code: str = ""
    address: str = ""
    phone: str = ""


def branches(desk: Desk) -> list[Branch]:
    """Return all branches, by the number that each got."""
    return sorted(desk.branches.values(), key=lambda branch: (branch.code, branch.id))


@needs(RULES)
def open_branch(desk: Desk, form: BranchForm) -> Done[UUID] | Refused:
    """Add a branch or a van; rules, hours and closures of all branches hold there at once.

    ``RIGHT_MISSING`` right, ``NAME_MISSING``, ``BRANCH_NAME_TAKEN`` name, ``BRANCH_CODE_TAKEN``
    code, branch. Raises ``KnownError`` when the disk refuses.
    """
    refused = _refuse_form(desk, form, None)
    if refused is not None:
        return refused
    action, branch = desk.action(ADD), desk.library.new_id()
    fields = {name: value for name, value in _fields(desk, form).items() if value != ""}
    action.set("branch", branch, fields, fresh=True)
    return Done(branch, desk.commit(action).action, ADD, _CHANGED)


@needs(RULES)
def edit_branch(desk: Desk, branch: UUID, form: BranchForm) -> Done[UUID] | Refused:
    """Change a branch; only what differs is written. As ``open_branch``, ``BRANCH_UNKNOWN``."""
    there = desk.branches.get(branch)
    if there is None:
        return Refused(Reason.BRANCH_UNKNOWN, {"branch": branch})
    refused = _refuse_form(desk, form, there)
    return refused or write_changed(
        desk, desk.action(EDIT), "branch", there, _fields(desk, form, there.code)
    )


@needs(RULES)
def remove_branch(desk: Desk, branch: UUID) -> Done[UUID] | Refused:
    """Remove a branch that nothing belongs to and that has no past.

    ``RIGHT_MISSING``, ``BRANCH_UNKNOWN``, ``BRANCH_LAST``; ``BRANCH_IN_USE`` branch, copies,
    members, devices, people: how many belong to it; ``BRANCH_HAS_PAST`` branch.
    """
    there = desk.branches.get(branch)
    if there is None:
        return Refused(Reason.BRANCH_UNKNOWN, {"branch": branch})
    if len(desk.branches) == 1:
        return Refused(Reason.BRANCH_LAST, {"branch": there.name})
    uses = uses_of(desk, branch)
    if uses.belongs:
        counted = {name: value for name, value in asdict(uses).items() if name != "past"}
        return Refused(Reason.BRANCH_IN_USE, {"branch": there.name, **counted})
    if uses.past:
        return Refused(Reason.BRANCH_HAS_PAST, {"branch": there.name})
    action = desk.action(REMOVE)
    action.delete("branch", branch)
    return Done(branch, desk.commit(action).action, REMOVE, _CHANGED)


@needs(RULES)
def put_back_branch(desk: Desk, branch: UUID) -> Done[UUID] | Refused:
    """Put a removed branch back, as one is that another device used meanwhile.

    ``RIGHT_MISSING``, ``BRANCH_UNKNOWN``: it is not removed.
    """
    gone = next((one for one in policy.gone_branches(desk.library) if one.id == branch), None)
    if gone is None:
        return Refused(Reason.BRANCH_UNKNOWN, {"branch": branch})
    action = desk.action(PUT_BACK)
    kept = ("name", "code", "kind", "zone", "address", "phone")
    action.set("branch", branch, {name: getattr(gone, name) for name in kept})
    return Done(branch, desk.commit(action).action, PUT_BACK, _CHANGED)


def form_of(branch: Branch) -> BranchForm:
    """Return the form that makes a branch what it is; what a newer program calls it is a house."""
    kind = BranchKind(branch.kind) if branch.kind in set(BranchKind) else BranchKind.BUILDING
    return BranchForm(branch.name, kind, branch.zone, branch.code, branch.address, branch.phone)


def same_name(one: str, other: str) -> bool:
    """Whether people would take two names for one."""
    return " ".join(one.split()).casefold() == " ".join(other.split()).casefold()


def _refuse_form(desk: Desk, form: BranchForm, there: Branch | None) -> Refused | None:
    """Refuse a form; a name or code that this branch has stays its own, even if others have it."""
    if not form.name.strip():
        return Refused(Reason.NAME_MISSING)
    others = [one for one in desk.branches.values() if there is None or one.id != there.id]
    if there is None or not same_name(form.name, there.name):
        for one in others:
            if same_name(one.name, form.name):
                return Refused(Reason.BRANCH_NAME_TAKEN, {"name": one.name})
    code = form.code.strip().casefold()
    if code and (there is None or code != there.code.casefold()):
        for one in others:
            if one.code.casefold() == code:
                return Refused(Reason.BRANCH_CODE_TAKEN, {"code": one.code, "branch": one.name})
    return None


def _fields(desk: Desk, form: BranchForm, code: str = "") -> dict[str, object]:
    return {
        "name": " ".join(form.name.split())[:LONGEST],
        "code": form.code.strip()[:LONGEST_CODE] or code or next_branch_code(desk),
        "kind": form.kind.value,
        "zone": form.zone,
        "address": form.address.strip()[:LONGEST],
        "phone": form.phone.strip()[:LONGEST],
    }
