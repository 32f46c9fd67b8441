"""What staff may do: the rights, what each role has of them, and what one person has.

Lending, taking back, renewing, counting and looking need no right. A right that a person has holds
at the person's branches; somebody without named branches has it everywhere.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final
from uuid import UUID

OVERRIDE: Final = "override"
"""Lend or register all the same where a rule says no, with a reason."""
MONEY: Final = "money"
"""Take payments, charge, waive and pay back."""
BACKDATE: Final = "backdate"
"""Enter what was written on paper on an earlier day."""
UNDO_OTHERS: Final = "undo_others"
"""Take back what a colleague did."""
MEMBERS: Final = "members"
"""Register, edit, extend and block members."""
EXPORT_MEMBERS: Final = "export_members"
"""Let personal data of members leave the library as a file, with a reason."""
PRIVACY: Final = "privacy"
"""Answer requests about personal data: copies, restriction, erasure, breaches, who looked."""
CATALOGUE: Final = "catalogue"
"""Add, edit and remove titles, copies, headings and issues."""
IMPORT: Final = "import"
"""Move records of another system or a file in, and take such a run back."""
WEEDING: Final = "weeding"
"""Decide which copies leave the collection."""
SETTLE: Final = "settle"
"""Decide where devices contradict each other."""
RULES: Final = "rules"
"""Change the rules, the calendar, the numbers and the sheets of the library."""
STAFF: Final = "staff"
"""Manage the people who work here, their rights and their PINs."""
DEVICES: Final = "devices"
"""Admit devices and shut them out."""
HISTORY: Final = "history"
"""See and search who did what, when and where."""
BACKUP: Final = "backup"
"""Set up, make, rehearse and restore backups."""
REPAIR: Final = "repair"
"""Let the library's file be repaired or salvaged."""
UPDATES: Final = "updates"
"""Install a newer program, or go back to the former one."""
SURVEYS: Final = "surveys"
"""Build, publish and end surveys."""
COMPLAINTS: Final = "complaints"
"""Answer and close complaints, decide on wishes, and keep the board of what is to be done."""
FIGURES: Final = "figures"
"""Close months, enter figures that the program cannot count, and hand reports in."""

GROUPS: Final[tuple[tuple[str, tuple[str, ...]], ...]] = (
    ("desk", (OVERRIDE, MONEY, BACKDATE, UNDO_OTHERS)),
    ("members", (MEMBERS, EXPORT_MEMBERS, PRIVACY)),
    ("collection", (CATALOGUE, IMPORT, WEEDING, SETTLE)),
    ("house", (RULES, STAFF, DEVICES, HISTORY)),
    ("service", (SURVEYS, COMPLAINTS, FIGURES)),
    ("safety", (BACKUP, REPAIR, UPDATES)),
)
"""The rights as they are shown, by what they belong to."""
ALL_RIGHTS: Final = frozenset(right for _group, rights in GROUPS for right in rights)

ROLE_RIGHTS: Final[dict[str, frozenset[str]]] = {
    "administrator": ALL_RIGHTS,
    "head": ALL_RIGHTS,
    "cataloguer": frozenset({CATALOGUE, IMPORT, SETTLE}),
    "desk": frozenset({MONEY, BACKDATE, MEMBERS, CATALOGUE, SETTLE}),
    "volunteer": frozenset[str](),
}
"""What each role may do. Desk staff may catalogue: where two people run a library, both do."""
_WITHDRAWN: Final = "-"


@dataclass(frozen=True, slots=True)
class Account:
    """One person as far as rights go.

    ``changes`` are kept as written: a right beside those of the role, or with ``-`` before it one
    of the role's that this person does not have. ``signs_in``: has a PIN or password.
    """

    id: UUID
    role: str
    changes: frozenset[str] = frozenset()
    branches: frozenset[UUID] = frozenset()
    active: bool = True
    signs_in: bool = False

    @property
    def rights(self) -> frozenset[str]:
        """What this person may do where the rights hold."""
        return rights_of(self.role, self.changes) if self.active else frozenset()

    def may(self, right: str, branch: UUID) -> bool:
        """Whether this person has a right at a branch."""
        return right in self.rights and (not self.branches or branch in self.branches)


def rights_of(role: str, changes: Iterable[str]) -> frozenset[str]:
    """Return the rights of a role with the extra ones added and the withdrawn ones taken.

    What is both given and withdrawn is withdrawn. A role that is not known has no rights.
    """
    known = frozenset(changes)
    taken = {change.removeprefix(_WITHDRAWN) for change in known if change.startswith(_WITHDRAWN)}
    given = {change for change in known if not change.startswith(_WITHDRAWN)}
    return (ROLE_RIGHTS.get(role, frozenset()) | given) - taken


def changes_for(role: str, rights: Iterable[str]) -> frozenset[str]:
    """Return the changes by which a person of a role comes to have exactly these rights."""
    wanted, usual = frozenset(rights), ROLE_RIGHTS.get(role, frozenset())
    return (wanted - usual) | {_WITHDRAWN + right for right in usual - wanted}


def in_use(accounts: Iterable[Account]) -> bool:
    """Whether people sign in here: as soon as one who works here has a PIN or password."""
    return any(one.active and one.signs_in for one in accounts)


def keeps_house(account: Account, *, pins: bool) -> bool:
    """Whether this person can manage staff everywhere (``pins``: people sign in here)."""
    can_come = account.active and (account.signs_in or not pins)
    return can_come and STAFF in account.rights and not account.branches


def has_keeper(accounts: Iterable[Account]) -> bool:
    """Whether somebody can manage staff: a library without such a person is a closed door."""
    known = list(accounts)
    pins = in_use(known)
    return any(keeps_house(one, pins=pins) for one in known)


def beyond(own: Account, other: Account) -> bool:
    """Whether ``other`` may do something, or work somewhere, that ``own`` may not.

    Nobody gives rights that he does not have, or judges over somebody who has more.
    """
    somewhere_else = bool(own.branches) and not (other.branches and other.branches <= own.branches)
    return bool(other.rights) and (not other.rights <= own.rights or somewhere_else)
