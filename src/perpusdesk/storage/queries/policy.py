"""The library's rules and places as they stand.

A row that makes no sense (of a newer program, or typed wrong) is logged and passed over: one bad
row must not keep a desk from lending.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, fields
from datetime import date
from functools import cache
from typing import Any, Final, TypeVar, get_type_hints
from uuid import UUID

import msgspec

from perpusdesk.domain.policy_types import Closure, ClosureKind, Hours, HouseRules, LoanRule
from perpusdesk.protocol import payload as wire
from perpusdesk.storage.library import Library, Row
from perpusdesk.storage.queries.values import as_clock, as_day, as_id, sure_id

T = TypeVar("T")
_LOG: Final = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Branch:
    """A building or a van; ``zone`` in minutes east of UTC."""

    id: UUID
    name: str
    code: str
    kind: str
    zone: int
    address: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class Named:
    """A member category or a collection kind; ``days`` is how long a membership lasts."""

    id: UUID
    name: str
    code: str
    days: int = 365
    kit_limit: int = 0


def branches(library: Library) -> list[Branch]:
    """Return all branches, by name."""
    return _branches(library, "deleted = 0")


def gone_branches(library: Library) -> list[Branch]:
    """Return the branches that were removed, by name."""
    return _branches(library, "deleted <> 0")


def _branches(library: Library, condition: str) -> list[Branch]:
    rows = library.rows(
        "select id, name, code, kind, zone, address, phone from branch"
        f" where {condition} order by name"
    )
    return [
        Branch(
            sure_id(id_),
            name or "",
            code or "",
            kind or "building",
            420 if zone is None else zone,
            address or "",
            phone or "",
        )
        for id_, name, code, kind, zone, address, phone in rows
    ]


def categories(library: Library) -> list[Named]:
    """Return the member categories in the library's own order."""
    rows = library.rows(
        "select id, name, code, membership_days, kit_limit from member_category"
        " where deleted = 0 order by position, name"
    )
    return [Named(sure_id(i), n or "", c or "", d or 365, k or 0) for i, n, c, d, k in rows]


def kinds(library: Library) -> list[Named]:
    """Return the collection kinds in the library's own order."""
    rows = library.rows(
        "select id, name, code from collection_kind where deleted = 0 order by position, name"
    )
    return [Named(sure_id(i), name or "", code or "") for i, name, code in rows]


def settings(library: Library) -> dict[str, Any]:
    """Return the library's settings by name (values are JSON text in the row)."""
    rows = library.rows("select name, value from setting where deleted = 0")
    known = (row for row in rows if all(row))
    return dict(_usable(known, lambda row: (row[0], json.loads(row[1]))))


def house_rules(values: Any) -> HouseRules:
    """Return the rules of the house from a setting's value; what does not fit is the default."""
    if not isinstance(values, dict):
        return HouseRules()
    names = [field.name for field in fields(HouseRules) if field.name in values]
    fitting = _usable(names, lambda name: (name, _fitting(HouseRules, name, values[name])))
    return HouseRules(**dict(fitting))


def loan_rules(library: Library, *, retired: bool = False) -> tuple[LoanRule, ...]:
    """Return the current loan rules, with ``retired`` the former versions too."""
    rows = library.rows(
        "select id, name, version, terms from loan_rule where deleted = 0"
        + ("" if retired else " and coalesce(retired, 0) = 0")
    )
    return tuple(_usable(rows, _rule))


def _rule(row: Row) -> LoanRule:
    id_, name, version, terms = row
    values = dict(wire.decode(terms)) if terms else {}
    for key in ("category", "kind", "branch"):
        values[key] = as_id(values.get(key))
    for key in ("first_day", "last_day"):
        values[key] = as_day(values.get(key))
    values["weekdays"] = frozenset(values.get("weekdays") or ())
    named = {**values, "id": sure_id(id_), "name": name or "", "version": version or 1}
    names = [field.name for field in fields(LoanRule) if field.name in named]
    return LoanRule(**{key: _fitting(LoanRule, key, named[key]) for key in names})


def hours(library: Library) -> tuple[Hours, ...]:
    """Return all opening hours."""
    rows = library.rows(
        "select branch, weekday, first_day, last_day, opens, closes, break_from, break_until,"
        " priority from hours where deleted = 0"
    )
    return tuple(_usable(rows, _hours))


def _hours(row: Row) -> Hours:
    branch, weekday, first, last, opens, closes, break_from, break_until, priority = row
    return Hours(
        as_id(branch),
        weekday,
        as_day(first),
        as_day(last),
        as_clock(opens),
        as_clock(closes),
        as_clock(break_from),
        as_clock(break_until),
        priority or 0,
    )


def closures(library: Library) -> tuple[Closure, ...]:
    """Return all dated closures."""
    rows = library.rows(
        "select first_day, last_day, name, kind, branch, applies from closure where deleted = 0"
    )
    return tuple(_usable(rows, _closure))


def _closure(row: Row) -> Closure:
    first, last, name, kind, branch, applies = row
    return Closure(
        date.fromisoformat(first),
        date.fromisoformat(last or first),
        name or "",
        ClosureKind(kind or "local"),
        as_id(branch),
        bool(applies),
    )


def _usable(rows: Iterable[Any], make: Callable[[Any], T]) -> Iterator[T]:
    """Yield what can be made of the rows."""
    for row in rows:
        try:
            yield make(row)
        except (ValueError, TypeError, AttributeError) as error:
            _LOG.warning("passed over: %s", error)


def _fitting(kind: type, name: str, value: Any) -> Any:
    """Return a value if it is of the field's type; raises ``ValueError``."""
    return msgspec.convert(value, _types_of(kind)[name])


@cache
def _types_of(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)
