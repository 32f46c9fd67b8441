"""Many rows in one statement, their columns as arrays.

``executemany`` of an insert, an update by key or a delete by key says the same thing for each row.
PostgreSQL does such a thing several times faster for all rows at once. What has another form, or
names a row twice, is done row by row.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final, NamedTuple

from perpusdesk.storage.postgres.arrays import Packed, packed

_NAME: Final = r'"?(\w+)"?'
_INSERT: Final = re.compile(
    rf"^\s*insert(?P<ignore>\s+or\s+ignore)?\s+into\s+{_NAME}\s*(?:\((?P<columns>[^)]*)\))?"
    r"\s*values\s*\((?P<values>[\s?,]+)\)\s*(?P<conflict>on\s+conflict\b[^?]*)?$",
    re.I | re.S,
)
_UPDATE: Final = re.compile(
    rf"^\s*update\s+{_NAME}\s+set\s+(?P<set>\"?\w+\"?\s*=\s*\?(?:\s*,\s*\"?\w+\"?\s*=\s*\?)*)"
    r"\s+where\s+(?P<key>\"?\w+\"?)\s*=\s*\?\s*$",
    re.I | re.S,
)
_DELETE: Final = re.compile(
    rf"^\s*delete\s+from\s+{_NAME}\s+where\s+(?P<key>\"?\w+\"?)\s*=\s*\?\s*$", re.I
)
_TARGET: Final = re.compile(r"on\s+conflict\s*\(([^)]*)\)\s*do\s+update", re.I)
_KNOWN: Final = frozenset({"bigint", "bytea", "text"})

Row = Sequence[Any]
TypesOf = Callable[[str], Mapping[str, str]]


class Plan(NamedTuple):
    """The statement for all rows, the types of their values, and which of these must differ."""

    sql: bytes
    types: tuple[str, ...]
    unique: tuple[int, ...]

    def fits(self, rows: Sequence[Row]) -> bool:
        """Whether these rows may be written together."""
        if not self.unique:
            return True
        return len({tuple(row[place] for place in self.unique) for row in rows}) == len(rows)

    def values(self, rows: Sequence[Row]) -> list[Packed]:
        """Return the rows' columns as arrays."""
        return [
            packed(type_, column)
            for type_, column in zip(self.types, zip(*rows, strict=True), strict=True)
        ]


def plan(text: str, types_of: TypesOf) -> Plan | None:
    """Return how to run a statement for many rows, or ``None``: row by row.

    ``types_of`` gives the columns of a table with their types.
    """
    for pattern, make in ((_INSERT, _insert), (_UPDATE, _update), (_DELETE, _delete)):
        if found := pattern.match(text):
            made = make(found, types_of)
            return made if made is not None and _KNOWN.issuperset(made.types) else None
    return None


def _insert(found: re.Match[str], types_of: TypesOf) -> Plan | None:
    table, types = found[2], types_of(found[2])
    columns = _names(found["columns"] or "") or tuple(types)
    if len(columns) != found["values"].count("?"):
        return None
    conflict = found["conflict"] or ("on conflict do nothing" if found["ignore"] else "")
    target = _TARGET.search(conflict)
    unique = tuple(columns.index(key) for key in _names(target[1])) if target else ()
    chosen = tuple(types[name] for name in columns)
    text = f'insert into "{table}"({_quoted(columns)}) select * from {_arrays(chosen)} {conflict}'
    return Plan(text.encode(), chosen, unique)


def _update(found: re.Match[str], types_of: TypesOf) -> Plan:
    table, types = found[1], types_of(found[1])
    (key,) = _names(found["key"])
    columns = tuple(_names(part.partition("=")[0])[0] for part in found["set"].split(","))
    changes = ", ".join(f'"{name}" = given."{name}"' for name in columns)
    chosen = tuple(types[name] for name in (*columns, key))
    places = ", ".join(f'"{name}"' for name in columns)
    text = (
        f'update "{table}" set {changes} from {_arrays(chosen)} as given({places}, "its key")'
        f' where "{table}"."{key}" = given."its key"'
    )
    return Plan(text.encode(), chosen, (len(columns),))


def _delete(found: re.Match[str], types_of: TypesOf) -> Plan:
    table, type_ = found[1], types_of(found[1])[_names(found["key"])[0]]
    text = f'delete from "{table}" where {found["key"]} = any(%s)'
    return Plan(text.encode(), (type_,), ())


def _arrays(types: Sequence[str]) -> str:
    return f"unnest({', '.join(f'%s::{type_}[]' for type_ in types)})"


def _names(text: str) -> tuple[str, ...]:
    return tuple(name.strip().strip('"') for name in text.split(",") if name.strip())


def _quoted(names: Iterable[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)
