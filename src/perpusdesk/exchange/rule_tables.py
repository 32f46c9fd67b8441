"""Read the dated tables a library edits: closures, opening hours, loan rules.

Every reader raises ``KnownError`` for what a person can mend: UNREADABLE_FILE (``file``,
``cause``) or UNUSABLE_INPUT with ``file``, ``flaw`` (a ``Flaw``), ``where`` (``closure[3].day``,
rows counted from 0) and ``cause`` (what was found).
"""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, time, timedelta
from enum import StrEnum
from itertools import pairwise
from pathlib import Path
from types import MappingProxyType
from typing import Final, TypeVar
from uuid import UUID

import msgspec
from msgspec.structs import asdict

from perpusdesk.common.errors import Fault, KnownError
from perpusdesk.common.paths import resources
from perpusdesk.domain.policy_types import Closure, Hours, HouseRules
from perpusdesk.exchange.rule_files import (
    ClosureFile,
    ClosureRow,
    CollectionKind,
    HoursFile,
    HoursRow,
    MemberCategory,
    NamedLoanRule,
    RuleFile,
)

__all__ = [
    "ClosureTable",
    "CollectionKind",
    "Flaw",
    "HoursTable",
    "MemberCategory",
    "NamedLoanRule",
    "RuleTable",
    "read_closures",
    "read_hours",
    "read_loan_rules",
    "shipped_closures",
    "shipped_hours",
    "shipped_loan_rules",
]

_File = TypeVar("_File", ClosureFile, HoursFile, RuleFile)
_NO_BRANCHES: Final[Mapping[str, UUID]] = MappingProxyType({})


class Flaw(StrEnum):
    """What is wrong with a table."""

    SYNTAX = "syntax"
    VALUE = "value"
    DATES = "dates"
    TIMES = "times"
    UNKNOWN_NAME = "unknown_name"
    DOUBLE_NAME = "double_name"


@dataclass(frozen=True, slots=True)
class ClosureTable:
    """The closures of one year; ``estimated`` are the first days that may still be moved."""

    year: int
    source: str
    closures: tuple[Closure, ...]
    estimated: frozenset[date]


@dataclass(frozen=True, slots=True)
class HoursTable:
    """Opening hours and since when they are in force."""

    valid_from: date
    source: str
    hours: tuple[Hours, ...]


@dataclass(frozen=True, slots=True)
class RuleTable:
    """Loan rules by name, with the categories and kinds they speak of."""

    valid_from: date
    source: str
    house: HouseRules
    categories: tuple[MemberCategory, ...]
    kinds: tuple[CollectionKind, ...]
    rules: tuple[NamedLoanRule, ...]


def shipped_closures() -> tuple[ClosureTable, ...]:
    """Return the tables of closures that come with the program, by year."""
    return tuple(read_closures(path) for path in sorted(resources("rules").glob("closures-*.toml")))


def shipped_hours() -> HoursTable:
    """Return the default opening hours."""
    return read_hours(resources("rules", "opening-hours.toml"))


def shipped_loan_rules() -> RuleTable:
    """Return the default loan rules."""
    return read_loan_rules(resources("rules", "loan-rules.toml"))


def read_closures(path: Path, branches: Mapping[str, UUID] = _NO_BRANCHES) -> ClosureTable:
    """Read a table of closures; rows that name a branch need it in ``branches``."""
    table = _decode(path, ClosureFile)
    closures = tuple(
        _closure(path, f"closure[{place}]", row, table.valid_for, branches)
        for place, row in enumerate(table.closure)
    )
    estimated = frozenset(
        closure.first_day
        for closure, row in zip(closures, table.closure, strict=True)
        if row.estimate
    )
    return ClosureTable(table.valid_for, table.source.strip(), closures, estimated)


def read_hours(path: Path, branches: Mapping[str, UUID] = _NO_BRANCHES) -> HoursTable:
    """Read a table of opening hours; rows that name a branch need it in ``branches``."""
    table = _decode(path, HoursFile)
    hours = tuple(
        _hours(path, f"hours[{place}]", row, branches) for place, row in enumerate(table.hours)
    )
    return HoursTable(table.valid_from, table.source.strip(), hours)


def read_loan_rules(path: Path) -> RuleTable:
    """Read loan rules; each category and kind that a rule names is in the same file."""
    table = _decode(path, RuleFile)
    categories = _distinct(path, "category", [row.name for row in table.category])
    kinds = _distinct(path, "kind", [row.name for row in table.kind])
    _distinct(path, "rule", [row.name for row in table.rule])
    for place, rule in enumerate(table.rule):
        where = f"rule[{place}]"
        _known(path, f"{where}.category", rule.category, categories)
        _known(path, f"{where}.kind", rule.kind, kinds)
        _ordered_days(path, where, rule.first_day, rule.last_day)
    return RuleTable(
        table.valid_from,
        table.source.strip(),
        HouseRules(**asdict(table.house)),
        tuple(table.category),
        tuple(table.kind),
        tuple(table.rule),
    )


def _decode(path: Path, shape: type[_File]) -> _File:
    try:
        return msgspec.convert(tomllib.loads(path.read_text("utf-8")), shape)
    except OSError as error:
        raise KnownError(Fault.UNREADABLE_FILE, file=str(path), cause=str(error)) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise _unusable(path, Flaw.SYNTAX, "", str(error)) from error
    except msgspec.ValidationError as error:
        cause, _, where = str(error).partition(" - at `")
        raise _unusable(path, Flaw.VALUE, where.rstrip("`").removeprefix("$."), cause) from error


def _unusable(path: Path, flaw: Flaw, where: str, cause: str) -> KnownError:
    return KnownError(Fault.UNUSABLE_INPUT, file=str(path), flaw=flaw, where=where, cause=cause)


def _closure(
    path: Path, where: str, row: ClosureRow, year: int, branches: Mapping[str, UUID]
) -> Closure:
    if (row.day is None) == (row.first is None):
        raise _unusable(path, Flaw.DATES, where, "either day or first")
    if row.day is not None and row.last is not None:
        raise _unusable(path, Flaw.DATES, where, "last goes with first")
    first = row.day or row.first
    assert first is not None
    last = row.last or first
    _ordered_days(path, where, first, last)
    if year not in (first.year, last.year) or last - first > timedelta(days=366):
        raise _unusable(path, Flaw.DATES, where, f"outside {year}")
    branch = _branch(path, where, row.branch, branches)
    return Closure(first, last, row.name, row.kind, branch, row.applies)


def _hours(path: Path, where: str, row: HoursRow, branches: Mapping[str, UUID]) -> Hours:
    _ordered_days(path, where, row.first_day, row.last_day)
    times = [time for time in (row.opens, row.break_from, row.break_until, row.closes) if time]
    _ordered_times(path, where, times)
    if (row.opens is None) != (row.closes is None):
        raise _unusable(path, Flaw.TIMES, where, "opens and closes go together")
    if (row.break_from is None) != (row.break_until is None):
        raise _unusable(path, Flaw.TIMES, where, "break_from and break_until go together")
    if row.opens is None and row.break_from is not None:
        raise _unusable(path, Flaw.TIMES, where, "a break on a closed day")
    return Hours(**{**asdict(row), "branch": _branch(path, where, row.branch, branches)})


def _branch(path: Path, where: str, name: str | None, branches: Mapping[str, UUID]) -> UUID | None:
    _known(path, f"{where}.branch", name, branches)
    return None if name is None else branches[name]


def _known(path: Path, where: str, name: str | None, names: Iterable[str]) -> None:
    if name is not None and name not in names:
        raise _unusable(path, Flaw.UNKNOWN_NAME, where, name)


def _distinct(path: Path, where: str, names: list[str]) -> frozenset[str]:
    double = [name for name, count in Counter(names).items() if count > 1]
    if double:
        raise _unusable(path, Flaw.DOUBLE_NAME, where, double[0])
    return frozenset(names)


def _ordered_days(path: Path, where: str, first: date | None, last: date | None) -> None:
    if first is not None and last is not None and last < first:
        raise _unusable(path, Flaw.DATES, where, f"{last} is before {first}")


def _ordered_times(path: Path, where: str, times: list[time]) -> None:
    for earlier, later in pairwise(times):
        if later <= earlier:
            raise _unusable(path, Flaw.TIMES, where, f"{later} is not after {earlier}")
