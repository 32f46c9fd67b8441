"""Whether a migrated copy is whole: as many rows as before, and rows as their ops say."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from random import Random
from typing import Final, NamedTuple

from perpusdesk.domain.merge.fields import FieldState, fold_fields
from perpusdesk.domain.merge.kinds import understood
from perpusdesk.domain.merge.ops import Op
from perpusdesk.domain.merge.records import FIELD_RECORDS
from perpusdesk.storage import op_log
from perpusdesk.storage.event_rows import KINDS
from perpusdesk.storage.fold import Rows
from perpusdesk.storage.judging import learn
from perpusdesk.storage.meta import HELD, Meta
from perpusdesk.storage.sql import Sql
from perpusdesk.storage.stamps import Streams

_SAMPLE: Final = 40
_MADE_ANEW: Final = ("title_", "sqlite_")
_KEPT_APART: Final = frozenset({"meta", "schema_migration"})

Counts = Mapping[str, int]


def counts_of(database: Sql) -> Counts:
    """Return how many rows each table has, but for those that are made anew from others."""
    names = [name for name in tables_of(database) if name not in _KEPT_APART]
    return {
        name: int(database.execute_sql(f'select count(*) from "{name}"').fetchall()[0][0])
        for name in names
    }


def tables_of(database: Sql) -> list[str]:
    """Return the tables of a file, but for those that are made anew from others."""
    rows = database.execute_sql("pragma table_list").fetchall()
    names = sorted(str(name) for _, name, kind, *_ in rows if kind == "table")
    own = {*FIELD_RECORDS, *KINDS}
    return [name for name in names if name in own or not name.startswith(_MADE_ANEW)]


def missing(before: Counts, after: Counts) -> list[str]:
    """Return the tables that have not the rows they had."""
    return [name for name, count in before.items() if after.get(name) != count]


def unlike_ops(database: Sql, chance: Random) -> list[str]:
    """Return the types of which some rows, taken by chance, are not what their ops come to.

    Records for which ops wait that the former program did not know are passed over: those are
    folded later.
    """
    held = {tuple(pair) for pair in Meta(database).get(HELD, ())}
    streams = Streams(database)
    learn(database, streams)
    rows = Rows(database, streams)

    def record(entity_type: str, entity: bytes, ops: list[Op]) -> int:
        return int(rows.records.row(entity_type, entity, fold_fields(FieldState(), ops))[-1])

    def event(entity_type: str, entity: bytes, ops: list[Op]) -> int:
        return int(rows.events.row(entity_type, entity, ops)[-1])

    found = [
        name
        for name in FIELD_RECORDS
        if _differs(database, streams, held, _Type(name, record), chance)
    ]
    return found + [
        name for name in KINDS if _differs(database, streams, held, _Type(name, event), chance)
    ]


class _Type(NamedTuple):
    name: str
    mark: Callable[[str, bytes, list[Op]], int]


def _differs(
    database: Sql, streams: Streams, held: set[tuple[str, ...]], one: _Type, chance: Random
) -> bool:
    stored = _some(database, one.name, chance)
    ops = op_log.of_entities(database, streams, list(stored))
    for entity, kept in stored.items():
        told = [op for op in ops.get(entity, ()) if op.entity_type == one.name]
        if any((op.entity_type, op.kind) in held for op in told):
            continue
        known = [op for op in told if understood(op)]
        if not known or one.mark(one.name, entity, known) != kept:
            return True
    return False


def _some(database: Sql, entity_type: str, chance: Random) -> dict[bytes, int]:
    """Return id and mark of some rows of a type."""
    last = database.execute_sql(f'select max(rid) from "{entity_type}"').fetchall()[0][0] or 0
    wanted = sorted({chance.randint(1, last) for _ in range(_SAMPLE)}) if last else []
    query = f'select id, mark from "{entity_type}" where rid in ({",".join("?" * len(wanted))})'
    return {bytes(id_): mark for id_, mark in database.execute_sql(query, wanted).fetchall()}
