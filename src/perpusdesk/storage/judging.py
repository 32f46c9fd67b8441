"""Keeps how ops count (clock caps, revoked devices, erasures) in step with the log."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from perpusdesk.domain.merge.judgement import JUDGING, Judgement, changed_streams, judgement_of
from perpusdesk.domain.merge.ops import Op
from perpusdesk.domain.merge.privacy import PRIVATE, Privacy, privacy_of
from perpusdesk.storage import op_log
from perpusdesk.storage.cut_progress import read_progress
from perpusdesk.storage.persons import records_of
from perpusdesk.storage.sql import Sql
from perpusdesk.storage.stamps import Streams

_SAY: Final = frozenset({*JUDGING, *PRIVATE})


def learn(database: Sql, streams: Streams) -> None:
    """Read from the log how its ops count, and what they may still tell of persons."""
    streams.judgement = judgement_of(op_log.judging(database, streams))
    said = list(op_log.private(database, streams))
    erased, carried, streams.cuts = privacy_of(said, streams.judgement.judged)
    done = read_progress(database)
    streams.privacy = Privacy(erased, carried, done.cuts, done.former, done.reached)


def learn_anew(
    database: Sql, streams: Streams, ops: Iterable[Op]
) -> tuple[dict[str, set[bytes]], dict[str, set[bytes]]]:
    """Judge anew if ``ops``, which are in the log, say something of it.

    Returns by type the entities whose rows must be folded anew, and of those the ones that a
    member lost for good, so that their words may go.
    """
    if not any(op.entity_type in _SAY for op in ops):
        return {}, {}
    judgement, privacy = streams.judgement, streams.privacy
    learn(database, streams)
    touched = _touched(database, streams, judgement)
    gone = records_of(database, streams, streams.privacy.carried - privacy.carried)
    differ = records_of(database, streams, streams.privacy.erased ^ privacy.erased)
    for some in (gone, differ):
        for entity_type, entities in some.items():
            touched.setdefault(entity_type, set()).update(entities)
    return touched, gone


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
