"""Rows of the records that are merged field by field: load, fold, store."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from peewee import SqliteDatabase

from perpusdesk.domain.merge.fields import FieldState, fold_fields
from perpusdesk.domain.merge.ops import Op, Stamp
from perpusdesk.domain.merge.records import FIELD_RECORDS
from perpusdesk.protocol import payload as wire
from perpusdesk.storage.marks import Digest, mark
from perpusdesk.storage.stamps import Streams

_TAIL = ("clock", "stream", "seq", "clocks", "tombstone", "extra", "deleted", "mark")
_CHUNK = 500


def _quoted(names: Iterable[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)


def _select(entity_type: str) -> str:
    columns = _quoted(("id", *FIELD_RECORDS[entity_type], *_TAIL))
    return f'select {columns} from "{entity_type}"'


class RecordRows:
    """Reads and writes ``FieldState`` rows of one library file."""

    def __init__(self, database: SqliteDatabase, streams: Streams) -> None:
        self._database = database
        self._streams = streams

    def load(self, entity_type: str, ids: Iterable[bytes]) -> dict[bytes, tuple[FieldState, int]]:
        """Return the state and the stored mark of each record that exists, by id."""
        found = {}
        wanted = list(ids)
        for start in range(0, len(wanted), _CHUNK):
            part = wanted[start : start + _CHUNK]
            query = f"{_select(entity_type)} where id in ({','.join('?' * len(part))})"
            for row in self._database.execute_sql(query, tuple(part)).fetchall():
                found[bytes(row[0])] = (self._state(entity_type, row), row[-1])
        return found

    def _state(self, entity_type: str, row: tuple[Any, ...]) -> FieldState:
        fields = FIELD_RECORDS[entity_type]
        tail = dict(zip(_TAIL, row[1 + len(fields) :], strict=True))
        default = self._streams.unpack(tail["clock"], tail["stream"], tail["seq"])
        own = wire.decode(tail["clocks"]) if tail["clocks"] else {}
        names: dict[str, Any] = dict(zip(fields, row[1 : 1 + len(fields)], strict=True))
        extra = wire.decode(tail["extra"]) if tail["extra"] else {}
        absent = set(own.get("", ()))
        state = FieldState()
        for name, value in (*names.items(), *extra.items()):
            if name not in absent:
                state.values[name] = value
                state.clocks[name] = self._streams.unpack(*own[name]) if name in own else default
        if tail["tombstone"]:
            stone = wire.decode(tail["tombstone"])
            state.tombstone = Stamp(*stone["stamp"])
            state.tombstone_base = {k: Stamp(*v) for k, v in stone["base"].items()}
        return state

    def fold(self, entity_type: str, ops: dict[bytes, list[Op]], digest: Digest) -> None:
        """Fold new ops of several records of one type and store the rows that come of it."""
        known = self.load(entity_type, ops)
        inserts, updates = [], []
        for entity, list_ in ops.items():
            state, old = known.get(entity, (FieldState(), None))
            fold_fields(state, list_)
            row = self._row(entity_type, entity, state)
            digest.replace(entity_type, entity, old, row[-1])
            if old is None:
                inserts.append((entity, *row))
            else:
                updates.append((*row, entity))
        self._store(entity_type, inserts, updates)

    def _row(self, entity_type: str, entity: bytes, state: FieldState) -> tuple[Any, ...]:
        fields = FIELD_RECORDS[entity_type]
        stamps = list(state.clocks.values())
        default = max(set(stamps), key=stamps.count) if stamps else state.tombstone
        assert default is not None
        own: dict[str, Any] = {
            name: self._streams.pack(stamp)
            for name, stamp in state.clocks.items()
            if stamp != default
        }
        absent = [name for name in fields if name not in state.clocks]
        if absent:
            own[""] = absent
        extra = {name: value for name, value in state.values.items() if name not in fields}
        stone = None
        if state.tombstone:
            stone = wire.encode({"stamp": state.tombstone, "base": state.tombstone_base})
        return (
            *(state.values.get(name) for name in fields),
            *self._streams.pack(default),
            wire.encode(own) if own else None,
            stone,
            wire.encode(extra) if extra else None,
            int(state.deleted),
            mark(_meaning(entity, state)),
        )

    def _store(self, entity_type: str, inserts: list[Any], updates: list[Any]) -> None:
        columns = (*FIELD_RECORDS[entity_type], *_TAIL)
        cursor = self._database.cursor()
        if inserts:
            marks = ",".join("?" * (len(columns) + 1))
            cursor.executemany(
                f'insert into "{entity_type}"(id, {_quoted(columns)}) values ({marks})',
                inserts,
            )
        if updates:
            assignments = ", ".join(f'"{name}" = ?' for name in columns)
            cursor.executemany(
                f'update "{entity_type}" set {assignments} where id = ?',
                updates,
            )


def _meaning(entity: bytes, state: FieldState) -> list[Any]:
    return [
        entity,
        sorted((name, state.values[name], stamp) for name, stamp in state.clocks.items()),
        state.tombstone,
        state.deleted,
    ]
