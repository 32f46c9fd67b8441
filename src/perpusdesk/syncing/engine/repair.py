"""Both sides hold the same ops after an exchange, so rows must agree; if not they are mended."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from perpusdesk.domain.merge.ops import Stamp
from perpusdesk.protocol.messages import (
    Buckets,
    BucketsWanted,
    Marks,
    MarksWanted,
    OpsWanted,
    Pulled,
)
from perpusdesk.protocol.opened import Opened
from perpusdesk.syncing.engine.incoming import Incoming
from perpusdesk.syncing.engine.outgoing import Outgoing
from perpusdesk.syncing.engine.ports import Store
from perpusdesk.syncing.engine.talk import Outcome, Talk, ask

_AT_ONCE: Final = 100
Bucket = tuple[str, int]


def compare(
    store: Store, incoming: Incoming, outgoing: Outgoing, outcome: Outcome, essence: bytes
) -> Talk[None]:
    """Where the rows differ, exchange all ops of those records and fold them anew.

    Only when both programs understand the same ops, and nothing came up meanwhile.
    """
    if essence in (b"", store.essence()) or store.unsealed() or _unsent(store, incoming):
        return
    theirs = yield from ask(BucketsWanted(), Buckets)
    mine = store.buckets()
    if theirs.understanding != store.understanding() or theirs.heads != incoming.state.cursor:
        return
    there = _by_bucket(theirs)
    different = sorted(
        bucket for bucket in mine.keys() | there.keys() if mine.get(bucket) != there.get(bucket)
    )
    for bucket in different:
        yield from _repair(store, incoming, outgoing, outcome, bucket)
    if different:
        mine, there = store.buckets(), _by_bucket((yield from ask(BucketsWanted(), Buckets)))
        outcome.differs = any(mine.get(one) != there.get(one) for one in different)


def _by_bucket(told: Buckets) -> dict[Bucket, tuple[int, int]]:
    return {(kind, number): (value, rows) for kind, number, value, rows in told.buckets}


def _unsent(store: Store, incoming: Incoming) -> bool:
    heads = store.cursor().heads
    sent = incoming.state.sent
    return any(
        any(one.source != incoming.peer for one in store.after(lane, sent.get(lane, 0)))
        for lane in heads
    )


def _repair(
    store: Store, incoming: Incoming, outgoing: Outgoing, outcome: Outcome, bucket: Bucket
) -> Talk[None]:
    answer = yield from ask(MarksWanted([bucket]), Marks)
    theirs = {(kind, entity): mark for kind, entity, mark in answer.marks}
    mine = {(kind, entity): mark for kind, entity, mark in store.marks([bucket])}
    wrong = sorted(one for one in mine.keys() | theirs.keys() if mine.get(one) != theirs.get(one))
    for start in range(0, len(wrong), _AT_ONCE):
        entities = [entity for _, entity in wrong[start : start + _AT_ONCE]]
        given = list(store.with_ops_of(entities))
        got = yield from _take_history(incoming, entities)
        yield from outgoing.push_each(given)
        store.fold_anew({bucket[0]: entities})
        wordless = _told_otherwise([*incoming.read(given), *got])
        outcome.repaired += sum(entity not in wordless for entity in entities)


def _told_otherwise(packages: Iterable[Opened]) -> set[bytes]:
    """Return the records of which packages tell one op with more words and with fewer.

    Somebody took out words of a person, and the op that asked for it is not here yet: the rows
    differed for that, and were not damaged.
    """
    told: dict[Stamp, Mapping[str, Any]] = {}
    ops = [op for one in packages for op in one.ops]
    return {op.entity.bytes for op in ops if told.setdefault(op.stamp, op.payload) != op.payload}


def _take_history(incoming: Incoming, entities: list[bytes]) -> Talk[list[Opened]]:
    """Receive all that the peer knows of some records; one by one where it is too much at once."""
    found = yield from ask(OpsWanted(entities), Pulled)
    incoming.note_told(found.cursor)
    if not found.more or len(entities) == 1:
        return (yield from incoming.take(found.packages, None)) if found.packages else []
    opened: list[Opened] = []
    for entity in entities:
        opened += yield from _take_history(incoming, [entity])
    return opened
