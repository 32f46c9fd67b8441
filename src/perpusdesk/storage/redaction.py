"""Taking words out of the log for good: payloads are rewritten, all else of an op stays.

What goes is decided by ``domain.merge.privacy`` alone; rows are folded as if it were gone already,
so nothing changes in them. The chain over the ops keeps its proof (``storage.chain``), and what is
still in packages is noted for ``storage.package_redaction``.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import TYPE_CHECKING, Final

from perpusdesk.domain.merge.ops import Op
from perpusdesk.domain.merge.personal import ENTITY
from perpusdesk.protocol import payload as wire
from perpusdesk.storage import op_log
from perpusdesk.storage.open_forms import forget
from perpusdesk.storage.parts import in_parts

if TYPE_CHECKING:
    from perpusdesk.storage.door import Door

WORDS: Final = "words"
"""Set in the file while its search for members may still know words of an erased one."""
_CHUNK: Final = 500


def redact(door: Door, records: Mapping[str, Collection[bytes]], *, announced: bool) -> int:
    """Take out of the ops of records what may go for good, in the transaction; return how many.

    ``announced``: others must hear of it soon, so what holds their packages is given to them anew.
    """
    final, count = door.streams.privacy.final, 0
    if final.empty:
        return 0
    for entity_type, entities in records.items():
        for part in in_parts(entities, _CHUNK):
            logged = op_log.raw_of_entities(door.database, door.streams, part)
            changed: list[Op] = []
            for ops in logged.values():
                mine = [op for op in ops if op.entity_type == entity_type]
                pairs = zip(mine, final.blank(mine), strict=True)
                changed += [after for before, after in pairs if after is not before]
            _rewrite(door, changed)
            _note(door, changed, announced=announced)
            count += len(changed)
            if changed and entity_type == ENTITY:
                door.meta.put(WORDS, 1)
    return count


def redact_concerned(door: Door, ops: Iterable[Op], fresh: Collection[bytes] = ()) -> None:
    """Do so for records of which ops came in or were written just now, as far as need be.

    ``fresh`` are those of which there are no others.
    """
    final = door.streams.privacy.final
    if final.empty:
        return
    concerned = [op for op in ops if final.concerns(op, fresh=op.entity.bytes in fresh)]
    records: dict[str, set[bytes]] = {}
    for op in concerned:
        records.setdefault(op.entity_type, set()).add(op.entity.bytes)
    if records:
        redact(door, records, announced=True)
        _note(door, _still_told(door, concerned), announced=True)


def join(door: Door, ops: Iterable[Op]) -> None:
    """Take out of the log what somebody who may do so took out of the same ops, and fold anew.

    The op that asked for it may come later, or be lost: words that are gone are gone everywhere.
    """
    changed = list(ops)
    _rewrite(door, changed)
    _note(door, changed, announced=True)
    records: dict[str, set[bytes]] = {}
    for op in changed:
        records.setdefault(op.entity_type, set()).add(op.entity.bytes)
    door.rows.fold_anew(records)
    door.versions.update(records.keys())
    if ENTITY in records:
        door.meta.put(WORDS, 1)


def _still_told(door: Door, ops: Iterable[Op]) -> list[Op]:
    """Return those of incoming ops that say more than is in the log: so do their packages."""
    entities = {op.entity.bytes for op in ops}
    logged = {
        op.stamp[1:]: op.payload
        for some in op_log.raw_of_entities(door.database, door.streams, entities).values()
        for op in some
    }
    return [op for op in ops if logged.get(op.stamp[1:], op.payload) != op.payload]


def _rewrite(door: Door, ops: Collection[Op]) -> None:
    forget(door, {op.entity.bytes for op in ops if op.entity_type == ENTITY})
    by_stream: dict[int, dict[int, Op]] = {}
    for op in ops:
        number = door.streams.number(op.stamp.device, op.stamp.incarnation)
        by_stream.setdefault(number, {})[op.stamp.seq] = op
    for number, some in by_stream.items():
        door.chain.keep(number, some)
        door.database.cursor().executemany(
            "update op set payload = ? where stream = ? and seq = ?",
            [(wire.encode(op.payload), number, seq) for seq, op in some.items()],
        )


def _note(door: Door, ops: Iterable[Op], *, announced: bool) -> None:
    rows = [
        (door.streams.number(op.stamp.device, op.stamp.incarnation), op.stamp.seq, int(announced))
        for op in ops
    ]
    door.database.cursor().executemany(
        "insert into redaction(stream, seq, announced) values (?, ?, ?) on conflict(stream, seq)"
        " do update set announced = excluded.announced"
        " where excluded.announced > redaction.announced",
        rows,
    )
