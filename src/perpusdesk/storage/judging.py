"""Keeps how ops count (clock caps, revoked devices) in step with the log."""

from __future__ import annotations

from collections.abc import Iterable

from perpusdesk.domain.merge.judgement import JUDGING, Judgement, changed_streams, judgement_of
from perpusdesk.domain.merge.ops import Op
from perpusdesk.storage import op_log
from perpusdesk.storage.sql import Sql
from perpusdesk.storage.stamps import Streams


def learn(database: Sql, streams: Streams) -> None:
    """Read from the log how its ops count."""
    streams.judgement = judgement_of(op_log.judging(database, streams))


def learn_anew(database: Sql, streams: Streams, ops: Iterable[Op]) -> dict[str, set[bytes]]:
    """Judge anew if ``ops``, which are in the log, say something of it.

    Returns by type the entities whose rows must be folded anew.
    """
    if not any(op.entity_type in JUDGING for op in ops):
        return {}
    before = streams.judgement
    learn(database, streams)
    return _touched(database, streams, before)


def _touched(database: Sql, streams: Streams, before: Judgement) -> dict[str, set[bytes]]:
    now = streams.judgement
    capped, cut = changed_streams(before, now)
    beyond = {number: 0 for one in capped if (number := streams.known(*one)) is not None}
    for device in cut:
        cuts = [judged.cuts[device] for judged in (before, now) if device in judged.cuts]
        for number, incarnation in streams.of_device(device).items():
            beyond.setdefault(number, min(one.get(incarnation, 0) for one in cuts))
    touched = op_log.entities_of(database, beyond)
    # a deletion may name an op that counts otherwise now before that op is here
    for entity_type, entities in op_log.deleted(database).items() if capped else ():
        touched.setdefault(entity_type, set()).update(entities)
    return touched
