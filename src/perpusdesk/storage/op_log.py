"""The op log: appended to, read by entity, by action and by stream."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

from perpusdesk.domain.ids import id_of
from perpusdesk.domain.merge.ops import Op, Stamp
from perpusdesk.protocol import payload as wire
from perpusdesk.storage.parts import in_parts
from perpusdesk.storage.sql import Sql
from perpusdesk.storage.stamps import Streams

COLUMNS = (
    *("clock", "stream", "seq", "action", "verb", "staff", "branch", "at", "zone"),
    *("kind", "type", "entity", "payload"),
)
_COLUMNS = ", ".join(COLUMNS)
_CHUNK = 500


def append(
    database: Sql, streams: Streams, ops: Iterable[Op], *, own: bool
) -> list[tuple[Any, ...]]:
    """Add ops to the log; foreign ones that are there already stay as they are.

    Returns their rows, in the order of ``COLUMNS``.
    """
    rows = [
        (
            *streams.pack(op.stamp),
            op.action.bytes,
            op.verb,
            op.staff.bytes if op.staff else None,
            op.branch.bytes if op.branch else None,
            op.at,
            op.zone,
            op.kind,
            op.entity_type,
            op.entity.bytes,
            wire.encode(op.payload),
        )
        for op in ops
    ]
    insert = "insert into" if own else "insert or ignore into"
    database.cursor().executemany(
        f"{insert} op({_COLUMNS}) values (?,?,?,?,?,?,?,?,?,?,?,?,?)", rows
    )
    return rows


def highest(database: Sql, numbers: Iterable[int]) -> dict[int, int]:
    """Return the highest seq (0: none) of each stream, by its local number."""
    found: dict[int, int] = {}
    for part in in_parts(numbers, _CHUNK):
        query = (
            "select number, (select coalesce(max(seq), 0) from op where stream = number)"
            f" from stream where number in ({','.join('?' * len(part))})"
        )
        found.update(database.execute_sql(query, part).fetchall())
    return found


def dense_from(database: Sql, stream: int, known: int) -> int:
    """Return the seq up to which a stream has no gap, given that it has none up to ``known``."""
    query = "select seq from op where stream = ? and seq > ? order by seq limit ?"
    while True:
        part = database.execute_sql(query, (stream, known, _CHUNK)).fetchall()
        for (seq,) in part:
            if seq != known + 1:
                return known
            known = seq
        if len(part) < _CHUNK:
            return known


def of_entities(
    database: Sql, streams: Streams, entities: Iterable[bytes]
) -> dict[bytes, list[Op]]:
    """Return all known ops of each entity that count, as they count, by entity id."""
    return {
        entity: counting
        for entity, ops in raw_of_entities(database, streams, entities).items()
        if (counting := list(streams.counting(ops)))
    }


def raw_of_entities(
    database: Sql, streams: Streams, entities: Iterable[bytes]
) -> dict[bytes, list[Op]]:
    """Return all known ops of each entity as they were written, by entity id."""
    found: dict[bytes, list[Op]] = {}
    for part in in_parts(entities, _CHUNK):
        marks = ",".join("?" * len(part))
        for op in _read(database, streams, f"where entity in ({marks})", part):
            found.setdefault(op.entity.bytes, []).append(op)
    return found


def judging(database: Sql, streams: Streams) -> Iterator[Op]:
    """Yield the ops that say how others count (``domain.merge.judgement``)."""
    return _read(database, streams, "where type in ('clock_cap', 'device')", ())


def private(database: Sql, streams: Streams) -> Iterator[Op]:
    """Yield the ops that say what others may still tell of persons (``domain.merge.privacy``)."""
    return _read(database, streams, "where type in ('erasure', 'history_cut')", ())


def entities_of(database: Sql, beyond: Mapping[int, int]) -> dict[str, set[bytes]]:
    """Return by type what the ops of streams are about that come after a seq of each."""
    found: dict[str, set[bytes]] = {}
    query = "select distinct type, entity from op where stream = ? and seq > ?"
    for number, seq in beyond.items():
        rows = database.execute_sql(query, (number, seq)).fetchall()
        for entity_type, entity in rows:
            found.setdefault(entity_type, set()).add(bytes(entity))
    return found


def deleted(database: Sql) -> dict[str, set[bytes]]:
    """Return by type the records that somebody deleted, whether it counts or not."""
    found: dict[str, set[bytes]] = {}
    query = "select distinct type, entity from op where kind = 'delete'"
    for entity_type, entity in database.execute_sql(query).fetchall():
        found.setdefault(entity_type, set()).add(bytes(entity))
    return found


def raw_stamp(database: Sql, streams: Streams, stamp: Stamp) -> Stamp:
    """Return a stamp with the clock that its op was written with (itself: the op is not here)."""
    number = streams.known(stamp.device, stamp.incarnation)
    query = "select clock from op where stream = ? and seq = ?"
    rows = database.execute_sql(query, (number, stamp.seq)).fetchall()
    return stamp._replace(clock=rows[0][0]) if rows else stamp


def run_of(database: Sql, streams: Streams, number: int, after: int, limit: int) -> list[Op]:
    """Return the raw ops of one stream that follow a seq, as far as there is no gap."""
    where = "where stream = ? and seq > ? order by seq limit ?"
    ops = list(_read(database, streams, where, (number, after, limit)))
    for place, op in enumerate(ops):
        if op.stamp.seq != after + 1 + place:
            return ops[:place]
    return ops


def of_action(database: Sql, streams: Streams, action: UUID) -> list[Op]:
    """Return the ops of one action in the order they were written, withheld ones too."""
    ops = sorted(
        _read(database, streams, "where action = ?", [action.bytes]), key=lambda op: op.stamp
    )
    concerned = {op.entity.bytes for op in ops if streams.privacy.concerns(op)}
    if not concerned:
        return ops
    told = {
        op.stamp: op
        for some in raw_of_entities(database, streams, concerned).values()
        for entity_type in {one.entity_type for one in some}
        for op in streams.privacy.blank([one for one in some if one.entity_type == entity_type])
    }
    return [told.get(op.stamp, op) for op in ops]


def of_kind(database: Sql, streams: Streams, entity_type: str, kind: str) -> Iterator[Op]:
    """Yield every op of one kind that counts (reads the whole log: for upgrades)."""
    ops = _read(database, streams, "where type = ? and kind = ?", [entity_type, kind])
    yield from streams.judgement.judged(ops)


def everything(database: Sql, streams: Streams) -> Iterator[Op]:
    """Yield every op, stream by stream in order, with bounded memory."""
    number, seq = 0, -1
    while True:
        part = list(
            _read(
                database,
                streams,
                "where (stream, seq) > (?, ?) order by stream, seq limit 2000",
                [number, seq],
            )
        )
        if not part:
            return
        yield from part
        last = part[-1].stamp
        number, seq = streams.number(last.device, last.incarnation), last.seq


def _read(database: Sql, streams: Streams, where: str, values: Sequence[Any]) -> Iterator[Op]:
    query = f"select {_COLUMNS} from op {where}"
    for row in database.execute_sql(query, tuple(values)).fetchall():
        clock, stream, seq, action, verb, staff, branch, at, zone, kind, type_, entity, data = row
        yield Op(
            streams.unpack(clock, stream, seq),
            id_of(action),
            verb,
            id_of(staff) if staff else None,
            id_of(branch) if branch else None,
            at,
            zone,
            kind,
            type_,
            id_of(entity),
            wire.decode(data),
        )
