"""Rows that say more than the ops that are left: what they say is written down anew.

A row counts only if its mark is right: then it is as the program stored it. Each op gets the clock
that the lost one had, so that whatever anybody said later still comes after it; when the lost op
turns up after all, it says the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from perpusdesk.domain.clock import COUNTER_BITS
from perpusdesk.domain.merge.fields import FieldState
from perpusdesk.domain.merge.ops import DELETE, SET, Stamp
from perpusdesk.domain.merge.records import FIELD_RECORDS
from perpusdesk.storage.door import Door
from perpusdesk.storage.event_rows import KINDS, row_mark
from perpusdesk.storage.parts import in_parts
from perpusdesk.storage.salvage.layouts import RECORDS, Layout
from perpusdesk.storage.salvage.leftover_events import lost_events
from perpusdesk.storage.salvage.reading import RECORD, Found

_CHUNK: Final = 500
_STAMP: Final = ("clock", "stream", "seq", "mark")
_TAIL: Final = ("clock", "stream", "seq", "clocks", "tombstone", "extra", "deleted", "mark")


@dataclass(frozen=True, slots=True)
class Left:
    """What one lost op said, as a row tells it; ``at`` and ``zone`` as of an op."""

    clock: int
    kind: str
    entity_type: str
    entity: bytes
    payload: Mapping[str, Any]
    at: int
    zone: int
    branch: bytes | None = None
    staff: bytes | None = None


def leftovers(door: Door, found: Iterable[Found], layouts: Mapping[str, Layout]) -> Iterator[Left]:
    """Yield what rows of the damaged file say that the new file does not.

    The new file is folded already, and its streams have the same numbers.
    """
    rows = (row for one in found for row in _candidates(one, layouts))
    for part in in_parts(rows, _CHUNK):
        by_type: dict[str, dict[bytes, tuple[Any, ...]]] = {}
        for entity_type, row in part:
            by_type.setdefault(entity_type, {})[row[0]] = row
        for entity_type, some in by_type.items():
            yield from _of_type(door, entity_type, some)


def _candidates(
    found: Found, layouts: Mapping[str, Layout]
) -> Iterator[tuple[str, tuple[Any, ...]]]:
    """Yield the row as folding stores it: of its table, or of each that it may be of."""
    table, values = found
    if table in RECORDS:
        yield table, _ordered(table, layouts[table], values)
    elif table == RECORD:
        for name in sorted(RECORDS):
            whole = layouts[name].row(values[0], [None, *values[1:]])
            if whole is not None and (name in FIELD_RECORDS or _is_alone(name, values, layouts)):
                yield name, _ordered(name, layouts[name], whole)


def _is_alone(name: str, values: tuple[Any, ...], layouts: Mapping[str, Layout]) -> bool:
    """Whether only one kind of events has rows so long: their marks do not name the kind."""
    alike = [kind for kind in KINDS if len(layouts[kind].columns) == len(values)]
    return alike == [name]


def _ordered(table: str, layout: Layout, values: tuple[Any, ...]) -> tuple[Any, ...]:
    by_name = dict(zip(layout.columns, values, strict=True))
    return tuple(by_name[name] for name in columns_of(table))


def columns_of(table: str) -> tuple[str, ...]:
    """Return the columns of a record's row in the order in which folding makes it."""
    if table in FIELD_RECORDS:
        return ("id", *FIELD_RECORDS[table], *_TAIL)
    names = (name.strip().strip('"') for name in KINDS[table].columns.split(","))
    return ("id", *names, *_STAMP)


def _of_type(door: Door, entity_type: str, rows: Mapping[bytes, tuple[Any, ...]]) -> Iterator[Left]:
    there = dict(_marks(door, entity_type, list(rows)))
    for entity, row in rows.items():
        if there.get(entity) == row[-1]:
            continue
        try:
            if entity_type in FIELD_RECORDS:
                yield from _fields(door, entity_type, row)
            else:
                yield from _events(door, entity_type, row)
        except (ValueError, TypeError, KeyError, AttributeError):
            continue  # not what the program stored: it would have been readable


def _marks(door: Door, entity_type: str, ids: list[bytes]) -> Iterator[tuple[bytes, int]]:
    slots = ",".join("?" * len(ids))
    query = f'select id, mark from "{entity_type}" where id in ({slots})'
    yield from door.database.execute_sql(query, ids).fetchall()


def _fields(door: Door, entity_type: str, row: tuple[Any, ...]) -> Iterator[Left]:
    """Yield the sets and the deletion whose ops are lost, those of one clock together."""
    state = door.rows.records.state(entity_type, row)
    if door.rows.records.row(entity_type, row[0], state)[-1] != row[-1]:
        return
    lost: dict[int, dict[str, Any]] = {}
    for name, stamp in _not_logged(door, state).items():
        lost.setdefault(stamp.clock, {})[name] = state.values[name]
    for clock, fields in sorted(lost.items()):
        yield Left(clock, SET, entity_type, row[0], {"fields": fields}, clock >> COUNTER_BITS, 0)
    stone = state.tombstone
    if stone is not None and not _is_logged(door, stone):
        base = dict(sorted(state.tombstone_base.items()))
        yield Left(
            stone.clock, DELETE, entity_type, row[0], {"base": base}, stone.clock >> COUNTER_BITS, 0
        )


def _not_logged(door: Door, state: FieldState) -> dict[str, Stamp]:
    known: dict[Stamp, bool] = {}
    for stamp in state.clocks.values():
        if stamp not in known:
            known[stamp] = _is_logged(door, stamp)
    return {name: stamp for name, stamp in state.clocks.items() if not known[stamp]}


def _is_logged(door: Door, stamp: Stamp) -> bool:
    number = door.streams.known(stamp.device, stamp.incarnation)
    query = "select 1 from op where stream = ? and seq = ?"
    return bool(door.database.execute_sql(query, (number, stamp.seq)).fetchall())


def _events(door: Door, entity_type: str, row: tuple[Any, ...]) -> Iterator[Left]:
    stamp = door.streams.unpack(*row[-4:-1])
    if row_mark(entity_type, row[0], row[1:-4], stamp) != row[-1]:
        return
    columns = columns_of(entity_type)
    query = f'select {", ".join(_quoted(columns))} from "{entity_type}" where id = ?'
    now = door.database.execute_sql(query, (row[0],)).fetchall()
    told = dict(zip(columns, row, strict=True))
    known = dict(zip(columns, now[0], strict=True)) if now else None
    opened = known is not None and _is_logged(door, stamp)
    for event in lost_events(entity_type, told, known if opened else None):
        clock = stamp.clock if event.first else max(stamp.clock + 1, event.at << COUNTER_BITS)
        place = told.get("branch") or told.get("from_branch")
        left = Left(clock, event.kind, entity_type, row[0], event.payload, event.at, event.zone)
        yield replace(left, branch=place, staff=told.get("staff"))


def _quoted(names: Iterable[str]) -> list[str]:
    return [f'"{name}"' for name in names]
