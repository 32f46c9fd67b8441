"""Rows of the records that are merged field by field: load, fold, store."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any, Final
from uuid import UUID

from perpusdesk.domain.merge.fields import FieldState, fold_fields, is_surprise
from perpusdesk.domain.merge.kinds import understood
from perpusdesk.domain.merge.ops import Op, Stamp
from perpusdesk.domain.merge.records import FIELD_RECORDS
from perpusdesk.domain.merge.sets import whole_values
from perpusdesk.protocol import payload as wire
from perpusdesk.storage import op_log
from perpusdesk.storage.contradictions import is_watched, look_again
from perpusdesk.storage.marks import Digest, mark
from perpusdesk.storage.parts import in_parts
from perpusdesk.storage.sql import Sql
from perpusdesk.storage.stamps import Streams
from perpusdesk.storage.title_index import TITLE, TitleIndex

_TAIL: Final = ("clock", "stream", "seq", "clocks", "tombstone", "extra", "deleted", "mark")
_CHUNK: Final = 500
_NULLS: Final = ""
_TEXT: Final[frozenset[type]] = frozenset({str, type(None)})
_HOLDS: Final[dict[str, frozenset[type]]] = {
    "integer": frozenset({int, type(None)}),
    "blob": frozenset({str, bytes, int, type(None)}),
    "bigint": frozenset({int, type(None)}),
    "bytea": frozenset({bytes, type(None)}),
}


class RecordRows:
    """Reads and writes ``FieldState`` rows of one library file.

    A row has one stamp, the commonest of its fields; ``clocks`` holds those of the other fields
    and, under the empty name, the fields that were set to nothing (a column that is null besides
    was never set). ``extra`` holds what has no column here, or does not fit into it. The column of
    a field that was written in parts (``domain.merge.sets``) shows what they come to; what was
    written whole is then in ``extra``.
    """

    def __init__(self, database: Sql, streams: Streams) -> None:
        self._database = database
        self._streams = streams
        self._holds: dict[str, dict[str, frozenset[type]]] = {}
        self._index = TitleIndex(database)

    def clocks(self, entity_type: str, entity: UUID) -> dict[str, Stamp]:
        """Return the stamp of each field of a record."""
        found = self.load(entity_type, [entity.bytes])
        return found[entity.bytes][0].clocks if found else {}

    def load(self, entity_type: str, ids: Iterable[bytes]) -> dict[bytes, tuple[FieldState, int]]:
        """Return the state and the stored mark of each record that exists, by id."""
        found = {}
        for part in in_parts(ids, _CHUNK):
            query = f"{_select(entity_type)} where id in ({','.join('?' * len(part))})"
            for row in self._database.execute_sql(query, part).fetchall():
                found[row[0]] = (self.state(entity_type, row), row[-1])
        return found

    def stored(self, entity_type: str) -> Iterator[tuple[Any, ...]]:
        """Yield all rows as they are stored, by id."""
        last = b""
        while True:
            query = f"{_select(entity_type)} where id > ? order by id limit {_CHUNK}"
            part = self._database.execute_sql(query, (last,)).fetchall()
            if not part:
                return
            yield from part
            last = part[-1][0]

    def fold(
        self,
        entity_type: str,
        ops: dict[bytes, list[Op]],
        digest: Digest,
        fresh: Collection[bytes] = (),
    ) -> None:
        """Fold new ops of several records of one type and store the rows that come of it.

        There is no row yet of those in ``fresh``.
        """
        known = self.load(entity_type, (entity for entity in ops if entity not in fresh))
        inserts, updates, doubtful = [], [], []
        watched = is_watched(entity_type)
        for entity, list_ in ops.items():
            state, old = known.get(entity, (FieldState(), None))
            if watched and (old is not None or len(list_) > 1) and _surprises(state, list_):
                doubtful.append(entity)
            row = self.row(entity_type, entity, fold_fields(state, list_))
            digest.replace(entity_type, entity, old, row[-1])
            if old is None:
                inserts.append(row)
            elif old != row[-1]:
                updates.append((*row[1:], entity))
        self._write(entity_type, inserts, updates)
        look_again(self._database, self._streams, entity_type, doubtful)

    def fold_anew(self, entity_type: str, entities: Collection[bytes], digest: Digest) -> None:
        """Make the rows of records anew from what counts of them in the log, or drop them."""
        there = {entity: old for entity, (_, old) in self.load(entity_type, entities).items()}
        logged = op_log.of_entities(self._database, self._streams, entities)
        inserts, updates, gone = [], [], []
        for entity in entities:
            known = [op for op in logged.get(entity, ()) if op.entity_type == entity_type]
            state = fold_fields(FieldState(), filter(understood, known))
            old = there.get(entity)
            if not state.clocks and state.tombstone is None:
                if old is not None:
                    gone.append(entity)
                    digest.drop(entity_type, entity, old)
                continue
            row = self.row(entity_type, entity, state)
            digest.replace(entity_type, entity, old, row[-1])
            if old is None:
                inserts.append(row)
            else:
                updates.append((*row[1:], entity))
        self._write(entity_type, inserts, updates, gone)
        if is_watched(entity_type):
            look_again(self._database, self._streams, entity_type, entities)

    def settle_columns(self) -> None:
        """Move what newer programs set into the columns that this program has by now."""
        for entity_type in FIELD_RECORDS:
            query = f'select id from "{entity_type}" where extra is not null'
            ids = [row[0] for row in self._database.execute_sql(query).fetchall()]
            for part in in_parts(ids, _CHUNK):
                found = self.load(entity_type, part)
                rows = [self.row(entity_type, id_, state) for id_, (state, _) in found.items()]
                self._write(entity_type, [], [(*row[1:], row[0]) for row in rows])

    # -- a state in a row -----------------------------------------------------------------------

    def state(self, entity_type: str, row: tuple[Any, ...]) -> FieldState:
        """Return the state that a stored row was made from."""
        fields = FIELD_RECORDS[entity_type]
        tail = dict(zip(_TAIL, row[1 + len(fields) :], strict=True))
        default = self._streams.unpack(tail["clock"], tail["stream"], tail["seq"])
        own = wire.decode(tail["clocks"]) if tail["clocks"] else {}
        extra = wire.decode(tail["extra"]) if tail["extra"] else {}
        nulls = own.get(_NULLS, ())
        state = FieldState()
        for name, value in zip(fields, row[1:], strict=False):
            if value is not None or name in own or name in nulls:
                state.values[name] = value
        state.values.update(extra)
        for name in {part.partition("/")[0] for part in extra if "/" in part}:
            if name not in extra:
                state.values.pop(name, None)
        for name in state.values:
            state.clocks[name] = self._streams.unpack(*own[name]) if name in own else default
        if tail["tombstone"]:
            stone = wire.decode(tail["tombstone"])
            state.tombstone = Stamp(*stone["stamp"])
            state.tombstone_base = {name: Stamp(*stamp) for name, stamp in stone["base"].items()}
        return state

    def row(self, entity_type: str, entity: bytes, state: FieldState) -> tuple[Any, ...]:
        """Return the one row that a state comes to: id, fields and tail."""
        fields = FIELD_RECORDS[entity_type]
        default = _commonest(state)
        shown = whole_values(entity_type, state)
        misfits = {*self._misfits(entity_type, state.values), *(shown.keys() & state.values.keys())}
        extra = {name: state.values[name] for name in sorted(misfits)}
        columns = [
            shown.get(name) if name in extra or name in shown else state.values.get(name)
            for name in fields
        ]
        return (
            entity,
            *columns,
            *self._streams.pack(default),
            self._own_clocks(state, default, extra),
            _stone(state),
            wire.encode(extra) if extra else None,
            int(state.deleted or self._streams.privacy.hides(entity_type, entity, state.values)),
            mark(_meaning(entity, state)),
        )

    def _own_clocks(self, state: FieldState, default: Stamp, extra: dict[str, Any]) -> bytes | None:
        others = [name for name, stamp in state.clocks.items() if stamp != default]
        own: dict[str, Any] = {
            name: self._streams.pack(state.clocks[name]) for name in sorted(others)
        }
        nulls = [
            name
            for name, value in state.values.items()
            if value is None and name not in own and name not in extra
        ]
        if nulls:
            own[_NULLS] = sorted(nulls)
        return wire.encode(own) if own else None

    def _misfits(self, entity_type: str, values: dict[str, Any]) -> list[str]:
        """Return the names of values that have no column, or one that gives back another value."""
        holds = self._holds_of(entity_type)
        return [
            name
            for name, value in values.items()
            if type(value) not in holds.get(name, ())
            or (type(value) is int and not -(2**63) <= value < 2**63)
        ]

    def _holds_of(self, entity_type: str) -> dict[str, frozenset[type]]:
        """Return which types of values the column of each field gives back as they are."""
        if entity_type not in self._holds:
            types = self._database.column_types(entity_type)
            fields = [name for name in FIELD_RECORDS[entity_type] if name in types]
            self._holds[entity_type] = {name: _HOLDS.get(types[name], _TEXT) for name in fields}
        return self._holds[entity_type]

    def _write(
        self,
        entity_type: str,
        inserts: list[Any],
        updates: list[Any],
        gone: Sequence[bytes] = (),
    ) -> None:
        if entity_type != TITLE or not self._database.has_search:
            self._store(entity_type, inserts, updates, gone)
            return
        there = [*(row[-1] for row in updates), *gone]
        with self._index.follows(there, [row[0] for row in inserts]):
            self._store(entity_type, inserts, updates, gone)

    def _store(
        self, entity_type: str, inserts: list[Any], updates: list[Any], gone: Sequence[bytes]
    ) -> None:
        columns = (*FIELD_RECORDS[entity_type], *_TAIL)
        cursor = self._database.cursor()
        if gone:
            cursor.executemany(
                f'delete from "{entity_type}" where id = ?', [(id_,) for id_ in gone]
            )
        if inserts:
            marks = ",".join("?" * (len(columns) + 1))
            cursor.executemany(
                f'insert into "{entity_type}"(id, {_quoted(columns)}) values ({marks})', inserts
            )
        if updates:
            assignments = ", ".join(f'"{name}" = ?' for name in columns)
            cursor.executemany(f'update "{entity_type}" set {assignments} where id = ?', updates)


def _surprises(state: FieldState, ops: Iterable[Op]) -> bool:
    """Whether one of several ops surprises; all up to it are folded into ``state`` by then."""
    for op in ops:
        if is_surprise(state, op):
            return True
        fold_fields(state, (op,))
    return False


def _quoted(names: Iterable[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)


def _select(entity_type: str) -> str:
    columns = _quoted(("id", *FIELD_RECORDS[entity_type], *_TAIL))
    return f'select {columns} from "{entity_type}"'


def _commonest(state: FieldState) -> Stamp:
    """Return the stamp that most fields have (the latest of several), so that few are written."""
    stamps = list(state.clocks.values())
    if stamps and stamps.count(stamps[0]) == len(stamps):
        return stamps[0]
    counts = Counter(stamps)
    if not counts:
        assert state.tombstone is not None, "a record comes of a field set or of a deletion"
        return state.tombstone
    return max(counts, key=lambda stamp: (counts[stamp], stamp))


def _stone(state: FieldState) -> bytes | None:
    if state.tombstone is None:
        return None
    return wire.encode(
        {"stamp": state.tombstone, "base": dict(sorted(state.tombstone_base.items()))}
    )


def _meaning(entity: bytes, state: FieldState) -> list[Any]:
    return [
        entity,
        [(name, state.values[name], state.clocks[name]) for name in sorted(state.clocks)],
        state.tombstone,
        sorted(state.tombstone_base.items()),
    ]
