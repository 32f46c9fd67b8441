"""What belongs to a branch, and how the branches stand: copies, members, devices, since when."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from perpusdesk.domain.ids import parts_of
from perpusdesk.services.desk import Desk
from perpusdesk.storage.queries import branch_use as query
from perpusdesk.storage.queries import policy
from perpusdesk.storage.queries.devices import devices
from perpusdesk.storage.queries.policy import Branch
from perpusdesk.storage.queries.staff import every_staff
from perpusdesk.storage.queries.values import as_moment


@dataclass(frozen=True, slots=True)
class Uses:
    """How many copies, members, devices and people belong to a branch, and whether it has a past.

    ``people`` are those whose rights hold there by name; a past is whatever else names it: loans,
    visits, rooms, closed days, rules.
    """

    copies: int = 0
    members: int = 0
    devices: int = 0
    people: int = 0
    past: bool = False

    @property
    def belongs(self) -> bool:
        """Whether something is there that another branch could take over."""
        return bool(self.copies or self.members or self.devices or self.people)


@dataclass(frozen=True, slots=True)
class BranchLine:
    """A branch in the list.

    ``devices``: names of those that work there. ``since``: the day on which it was made, where its
    id tells. ``here``: this desk works there. ``twin``, ``same_code``: another one has the same
    name, or code, as when two devices added one at once. ``removed``: it was removed while another
    device used it.
    """

    branch: Branch
    copies: int
    members: int
    devices: tuple[str, ...]
    since: date | None
    here: bool = False
    twin: bool = False
    same_code: bool = False
    removed: bool = False

    @property
    def id(self) -> UUID:
        """Which one it is."""
        return self.branch.id


def branch_lines(desk: Desk) -> list[BranchLine]:
    """Return all branches by code; after them those that were removed but are in use."""
    library = desk.library
    copies, members = query.copies_of_branches(library), query.members_of_branches(library)
    working: dict[UUID, list[str]] = {}
    for device in devices(library):
        if device.branch is not None and device.cut is None:
            working.setdefault(device.branch, []).append(device.name or "–")
    every = sorted(desk.branches.values(), key=lambda one: (one.code, one.name, one.id))
    used = copies.keys() | members.keys() | working.keys()
    gone = [one for one in policy.gone_branches(library) if one.id in used]
    names = _twice(" ".join(one.name.split()).casefold() for one in every)
    codes = _twice(one.code.casefold() for one in every)
    return [
        BranchLine(
            one,
            copies.get(one.id, 0),
            members.get(one.id, 0),
            tuple(working.get(one.id, ())),
            _since(desk, one.id),
            here=one.id == desk.branch,
            twin=" ".join(one.name.split()).casefold() in names and one in every,
            same_code=one.code.casefold() in codes and one in every,
            removed=one in gone,
        )
        for one in (*every, *gone)
    ]


def uses_of(desk: Desk, branch: UUID) -> Uses:
    """Return what belongs to a branch."""
    library = desk.library
    there = {one.id.bytes for one in devices(library) if one.branch == branch and one.cut is None}
    if branch == desk.branch:
        there.add(library.device)
    return Uses(
        query.copies_of_branches(library).get(branch, 0),
        query.members_of_branches(library).get(branch, 0),
        len(there),
        sum(branch in one.account.branches and one.account.active for one in every_staff(library)),
        past=query.has_past(library, branch) or any(rule.branch == branch for rule in desk.rules),
    )


def _twice(words: Iterable[str]) -> set[str]:
    return {word for word, times in Counter(words).items() if times > 1}


def _since(desk: Desk, branch: UUID) -> date | None:
    parts = parts_of(branch.int)
    return None if parts is None else as_moment(parts.ms, desk.zone).date()
