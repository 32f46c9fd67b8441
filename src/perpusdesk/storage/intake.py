"""Taking in ops of other devices: the same fold, in any order, any number of times."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from perpusdesk.domain.merge.kinds import EVENTS, understood
from perpusdesk.domain.merge.ops import Op
from perpusdesk.domain.merge.records import FIELD_RECORDS
from perpusdesk.storage import op_log
from perpusdesk.storage.door import Door
from perpusdesk.storage.judging import learn_anew
from perpusdesk.storage.meta import GAPS, HELD, UNDERSTANDING
from perpusdesk.storage.redaction import redact, redact_concerned

_LARGEST: Final = 2**63 - 1


@dataclass(frozen=True, slots=True)
class Ingested:
    """What came of foreign ops: new in the log, known before, and held for a newer program."""

    new: int
    known: int
    held: int


def ingest(door: Door, ops: Iterable[Op]) -> Ingested:
    """Take in ops of other devices (or own ones from before a restore), all or nothing.

    All are kept in the log; those that this program does not understand are held and folded after
    an upgrade. Raises ``KnownError`` when the disk refuses; then none of them is there.
    """
    wanted = list(ops)
    for op in wanted:
        if not (0 < op.stamp.clock <= _LARGEST and 0 < op.stamp.seq <= _LARGEST):
            raise ValueError(f"no such stamp: {op.stamp}")
    if not wanted:
        return Ingested(0, 0, 0)
    with door.transaction():
        done = take_in(door, wanted)
    door.versions.update({op.entity_type for op in wanted})
    return done


def take_in(door: Door, wanted: list[Op]) -> Ingested:
    """Take in ops within the caller's transaction; the caller then updates ``door.versions``."""
    seqs = _seqs(door, wanted)
    gaps = door.meta.get(GAPS, {})
    highest = op_log.highest(door.database, seqs)
    before = door.database.total_changes()
    rows = op_log.append(door.database, door.streams, wanted, own=False)
    new = door.database.total_changes() - before
    if new:
        door.chain.extend(rows, sure=new == len(rows))
    held: list[Op] = []
    clear: list[Op] = []
    for op in wanted:
        (clear if understood(op) else held).append(op)
    touched, gone = learn_anew(door.database, door.streams, wanted)
    door.rows.fold(door.streams.judgement.judged(clear))
    door.rows.fold_anew(touched)
    door.rows.fold_anew(_ended_unseen(door, clear))
    redact(door, gone, announced=True)
    redact_concerned(door, wanted)
    if held:
        _note_held(door, held)
    _note_gaps(door, gaps, highest, seqs)
    door.time.observe(max(door.streams.judgement.effective(op.stamp).clock for op in wanted))
    door.keep_clock()
    return Ingested(new, len(wanted) - new, len(held))


def _ended_unseen(door: Door, ops: list[Op]) -> dict[str, set[bytes]]:
    """Return by type the records of withheld ops that all the same tell that something is over.

    What was cut then stays cut when they count again, so it is cut now (``merge.privacy``).
    """
    judgement, found = door.streams.judgement, dict[str, set[bytes]]()
    for op in ops:
        if judgement.withheld(*op.stamp[1:]) and door.streams.privacy.concerns(op):
            found.setdefault(op.entity_type, set()).add(op.entity.bytes)
    return found


def _seqs(door: Door, ops: list[Op]) -> dict[int, set[int]]:
    """Return the seqs of ops by the local number of their stream, giving new streams one."""
    found: dict[tuple[bytes, int], set[int]] = {}
    for op in ops:
        found.setdefault((op.stamp.device, op.stamp.incarnation), set()).add(op.stamp.seq)
    return {door.streams.number(*stream): seqs for stream, seqs in found.items()}


def _note_held(door: Door, ops: list[Op]) -> None:
    held = {tuple(pair) for pair in door.meta.get(HELD, ())}
    more = held | {(op.entity_type, op.kind) for op in ops}
    if more != held:
        door.meta.put(HELD, sorted(more))


def after_upgrade(door: Door) -> int:
    """Fold what a former program had to hold and this one understands; return how many ops.

    Does nothing unless this program understands other ops or fields than the last one here.
    """
    if not door.chain.begun():
        with door.transaction():
            door.chain.begin()
    mine = _understanding()
    if door.meta.get(UNDERSTANDING, "") == mine:
        return 0
    with door.transaction():
        ops = [
            op
            for entity_type, kind in door.meta.get(HELD, ())
            for op in op_log.of_kind(door.database, door.streams, entity_type, kind)
        ]
        known = [op for op in ops if understood(op)]
        door.rows.fold(known)
        door.rows.records.settle_columns()
        still = {(op.entity_type, op.kind) for op in ops if not understood(op)}
        door.meta.put(HELD, sorted(still))
        door.meta.put(UNDERSTANDING, mine)
    return len(known)


def _understanding() -> str:
    return hashlib.blake2b(repr((EVENTS, FIELD_RECORDS)).encode(), digest_size=8).hexdigest()


# -- how far each stream is known ---------------------------------------------------------------


def have(door: Door) -> dict[tuple[bytes, int], int]:
    """Return up to which seq each stream (device, incarnation) is known without a gap."""
    streams = door.streams.all()
    reached = reach(door, {number for number, _, _ in streams})
    return {(device, incarnation): reached[number] for number, device, incarnation in streams}


def reach(door: Door, numbers: set[int]) -> dict[int, int]:
    """Return up to which seq streams, by local number, are known without a gap."""
    gaps = door.meta.get(GAPS, {})
    highest = op_log.highest(door.database, numbers)
    return {number: gaps.get(str(number), highest[number]) for number in numbers}


def _note_gaps(
    door: Door, gaps: dict[str, int], highest: dict[int, int], seqs: dict[int, set[int]]
) -> None:
    """Keep which streams have gaps; ``gaps`` and ``highest`` are as before ``seqs`` came."""
    now = dict(gaps)
    for number, new in seqs.items():
        reached = now.pop(str(number), highest[number])
        while reached + 1 in new:
            reached += 1
        end = max(highest[number], *new)
        if reached != end:
            reached = op_log.dense_from(door.database, number, reached)
        if reached != end:
            now[str(number)] = reached
    if now != gaps:
        door.meta.put(GAPS, now)
