"""The desk that works: one library, one branch, one person, and the rules in force."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import Any, TypeVar
from uuid import UUID

from perpusdesk.common.errors import Fault, KnownError
from perpusdesk.domain.calendar import Calendar
from perpusdesk.domain.policy_types import HouseRules, LoanRule
from perpusdesk.domain.rights import in_use
from perpusdesk.services.looks import How, Looks
from perpusdesk.storage.drafts import Action, Written
from perpusdesk.storage.library import Library
from perpusdesk.storage.queries import policy
from perpusdesk.storage.queries.devices import device_branch, devices, enrolled_branch
from perpusdesk.storage.queries.staff import Staff, every_staff, people
from perpusdesk.storage.queries.values import as_moment, as_ms

T = TypeVar("T")
HOUSE_SETTING = "house_rules"


class Desk:
    """Who works where, with what; services take it as their first argument.

    What rarely changes (rules, calendars, names) is read once and again after any write to it.
    """

    def __init__(
        self, library: Library, branch: UUID, staff: UUID | None, *, moves: bool = False
    ) -> None:
        """``moves``: ``settle`` takes it to the branch where the library says that it works."""
        self.library = library
        self.branch = branch
        self.staff = staff
        self._moves = moves
        self.looks = Looks()
        self._kept: dict[str, tuple[Any, Any]] = {}

    @contextlib.contextmanager
    def beside(self) -> Iterator[Desk]:
        """Give a desk of the same place that only reads, for long work on another thread."""
        with self.library.beside() as library:
            yield Desk(library, self.branch, self.staff)

    def settle(self) -> bool:
        """Go to the branch where this device works, if it moves; tell whether it is another now.

        That is where its record says; before that has come, where it was enrolled for; else the
        first branch there is.
        """
        if not self._moves:
            return False
        asked = (device_branch(self.library), enrolled_branch(self.library))
        named = [one for one in asked if one is not None]
        first = next(iter(self.branches), UUID(int=0))
        found = next((one for one in named if one in self.branches), None)
        before, self.branch = self.branch, found or (named[-1] if named else first)
        return self.branch != before

    # -- time ---------------------------------------------------------------------------------

    @property
    def zone(self) -> int:
        """The branch's offset in minutes east of UTC."""
        found = self.branches.get(self.branch)
        return found.zone if found else 420

    def now(self) -> datetime:
        """The local time that this desk goes by."""
        return as_moment(self.library.now_ms(), self.zone)

    def today(self) -> date:
        """The local date that this desk goes by."""
        return self.now().date()

    def local(self, moment: datetime | None) -> datetime | None:
        """Return an aware time as this branch's clocks show it: its date is the local one."""
        return None if moment is None else as_moment(as_ms(moment), self.zone)

    # -- writing ------------------------------------------------------------------------------

    def action(self, verb: str, at: datetime | None = None) -> Action:
        """Begin an action of this person at this desk (``at``: a back-dated one).

        Raises ``KnownError``: this person may not work here any more, or nobody has signed in where
        people do.
        """
        self.check_person()
        return Action(verb, self.staff, self.branch, self.zone, None if at is None else as_ms(at))

    def commit(self, action: Action) -> Written:
        """Write it; returns only when it is safe on disk. Raises ``KnownError`` as ``action``."""
        self.check_person()
        return self.library.write(action)

    @property
    def is_server(self) -> bool:
        """Whether this is the server, whose administrators are no staff of the library."""
        own, server = UUID(bytes=self.library.device), "server"
        return self._keep(
            "is_server",
            ("device",),
            lambda: any(
                one.id == own and one.enrolled and one.role == server
                for one in devices(self.library)
            ),
        )

    @property
    def attended(self) -> bool:
        """Whether something may be written: nobody is needed where nobody signs in."""
        if self.staff is None:
            return not self.pins_in_use or self.is_server
        return self.staff in self.people or not (
            self.staff in self.former_people or self.pins_in_use
        )

    def check_person(self) -> None:
        """See that somebody is here who may work: the one door for whatever people do.

        Raises ``KnownError``: ``NOT_SIGNED_IN``, ``STAFF_REVOKED`` name.
        """
        if self.attended:
            return
        if self.staff is None:
            raise KnownError(Fault.NOT_SIGNED_IN)
        former = self.former_people.get(self.staff)
        raise KnownError(Fault.STAFF_REVOKED, name=former.name if former else "")

    def saw(self, member: UUID, how: How) -> None:
        """Take note that the person at the desk sees a member's data; written down later."""
        self.looks.note(self.library.now_ms(), self.staff, member, how)

    # -- what is in force ---------------------------------------------------------------------

    def _keep(self, name: str, tables: tuple[str, ...], read: Callable[[], T]) -> T:
        version = tuple(self.library.versions[table] for table in tables)
        kept = self._kept.get(name)
        if kept is None or kept[0] != version:
            kept = (version, read())
            self._kept[name] = kept
        value: T = kept[1]
        return value

    @property
    def branches(self) -> dict[UUID, policy.Branch]:
        """All branches by id."""
        return self._keep(
            "branches", ("branch",), lambda: {b.id: b for b in policy.branches(self.library)}
        )

    @property
    def categories(self) -> dict[UUID, policy.Named]:
        """Member categories by id, in order."""
        return self._keep(
            "categories",
            ("member_category",),
            lambda: {c.id: c for c in policy.categories(self.library)},
        )

    @property
    def kinds(self) -> dict[UUID, policy.Named]:
        """Collection kinds by id, in order."""
        return self._keep(
            "kinds", ("collection_kind",), lambda: {k.id: k for k in policy.kinds(self.library)}
        )

    @property
    def people(self) -> dict[UUID, Staff]:
        """Who may work, by id."""
        return self._keep("people", ("staff",), lambda: {s.id: s for s in people(self.library)})

    @property
    def former_people(self) -> dict[UUID, Staff]:
        """Who worked here and may not any more, by id."""
        return self._keep(
            "former",
            ("staff",),
            lambda: {s.id: s for s in every_staff(self.library) if s.id not in self.people},
        )

    @property
    def pins_in_use(self) -> bool:
        """Whether people sign in here with a PIN or password."""
        return in_use(person.account for person in self.people.values())

    @property
    def rules(self) -> tuple[LoanRule, ...]:
        """The loan rules in force."""
        return self._keep("rules", ("loan_rule",), lambda: policy.loan_rules(self.library))

    def rule(self, id_: UUID | None) -> LoanRule | None:
        """Return any version of a rule, retired ones too."""
        every = self._keep(
            "every_rule",
            ("loan_rule",),
            lambda: {r.id: r for r in policy.loan_rules(self.library, retired=True)},
        )
        return every.get(id_) if id_ else None

    @property
    def settings(self) -> dict[str, Any]:
        """The library's settings."""
        return self._keep("settings", ("setting",), lambda: policy.settings(self.library))

    @property
    def house(self) -> HouseRules:
        """The rules that hold for the whole house."""
        return self._keep(
            "house", ("setting",), lambda: policy.house_rules(self.settings.get(HOUSE_SETTING, {}))
        )

    def calendar(self, branch: UUID | None = None) -> Calendar:
        """Return the calendar of a branch (default: this one)."""
        wanted = branch or self.branch
        return self._keep(
            f"calendar/{wanted}",
            ("hours", "closure"),
            lambda: Calendar(wanted, policy.hours(self.library), policy.closures(self.library)),
        )

    def may(self, right: str) -> bool:
        """Whether the person at the desk has a right (nobody signed in has none but lending)."""
        person = self.people.get(self.staff) if self.staff else None
        return person is not None and person.account.may(right, self.branch)
