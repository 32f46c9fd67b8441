"""How the editable tables of rules are written down: one row type per TOML table.

Types and ranges are checked while reading, a misspelt key is an error; names are resolved later,
by who knows the library.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, time
from typing import Annotated, TypeAlias
from uuid import UUID

from msgspec import Meta, Struct
from msgspec.structs import asdict

from perpusdesk.domain.items import Access
from perpusdesk.domain.policy_types import ClosureKind, LoanRule

Count: TypeAlias = Annotated[int, Meta(ge=0, le=1_000_000_000)]
Days: TypeAlias = Annotated[int, Meta(ge=0, le=3660)]
Weekday: TypeAlias = Annotated[int, Meta(ge=0, le=6)]
Text: TypeAlias = Annotated[str, Meta(min_length=1, max_length=200)]


class ClosureRow(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A closed day (``day``) or several (``first`` to ``last``)."""

    name: Text
    kind: ClosureKind = ClosureKind.NATIONAL
    day: date | None = None
    first: date | None = None
    last: date | None = None
    branch: Text | None = None
    applies: bool = True
    estimate: bool = False


class HoursRow(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Opening hours on one weekday in a range of dates; without ``opens`` closed."""

    branch: Text | None = None
    weekday: Weekday | None = None
    first_day: date | None = None
    last_day: date | None = None
    opens: time | None = None
    closes: time | None = None
    break_from: time | None = None
    break_until: time | None = None
    priority: int = 0


class MemberCategory(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A category of members and how long a card is valid."""

    name: Text
    membership_days: Annotated[int, Meta(ge=1, le=3660)] = 365


class CollectionKind(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A kind of collection, what its copies may be used for, and the mark on its labels."""

    name: Text
    access: Access = Access.LOAN
    label_prefix: str = ""


class NamedLoanRule(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A ``domain.policy_types.LoanRule`` that speaks of category, kind and branch by name."""

    name: Text
    category: Text | None = None
    kind: Text | None = None
    branch: Text | None = None
    weekdays: frozenset[Weekday] = frozenset()
    first_day: date | None = None
    last_day: date | None = None
    priority: int = 0
    loan_days: Days = 7
    loan_limit: Count = 2
    kind_limit: Count | None = None
    renewals: Count = 1
    renewal_days: Days | None = None
    grace_days: Days = 0
    fine_per_day: Count = 0
    fine_max: Count | None = None
    skip_closed_days: bool = True
    suspend_days_per_late_day: Days = 0
    suspend_days_max: Days | None = None
    hold_limit: Count = 2
    may_lend: bool = True

    def with_ids(
        self,
        rule: UUID,
        *,
        categories: Mapping[str, UUID],
        kinds: Mapping[str, UUID],
        branches: Mapping[str, UUID],
        version: int = 1,
    ) -> LoanRule:
        """Return the rule as the domain has it; ``KeyError`` for a name that is not mapped."""
        fields = asdict(self)
        fields["category"] = None if self.category is None else categories[self.category]
        fields["kind"] = None if self.kind is None else kinds[self.kind]
        fields["branch"] = None if self.branch is None else branches[self.branch]
        return LoanRule(id=rule, version=version, **fields)


class HouseRow(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The settings that hold for the whole library (``domain.policy_types.HouseRules``)."""

    block_from_debt: Count | None = None
    block_when_overdue: bool = True
    minor_age: Annotated[int, Meta(ge=1, le=30)] | None = None
    hold_pickup_days: Days = 3
    expiry_caps_due: bool = False
    renew_from_today: bool = True
    renew_when_overdue: bool = False
    hold_wanted_days: Days | None = None
    kit_limit: Count = 100
    back_date_days: Days | None = 90


class ClosureFile(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A table of closures of one year."""

    valid_for: Annotated[int, Meta(ge=2000, le=2200)]
    source: str
    closure: list[ClosureRow]


class HoursFile(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A table of opening hours."""

    valid_from: date
    source: str
    hours: list[HoursRow]


class RuleFile(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Categories, kinds, loan rules and house rules."""

    valid_from: date
    source: str
    house: HouseRow = HouseRow()
    category: list[MemberCategory]
    kind: list[CollectionKind]
    rule: list[NamedLoanRule]
