"""From the ops of a salvaged log to its rows, and what else follows from them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from perpusdesk.domain.merge.kinds import understood
from perpusdesk.domain.merge.records import FIELD_RECORDS
from perpusdesk.protocol import payload as wire
from perpusdesk.storage import op_log
from perpusdesk.storage.door import Door
from perpusdesk.storage.event_rows import KINDS
from perpusdesk.storage.judging import learn
from perpusdesk.storage.loose import Run, put_loose
from perpusdesk.storage.meta import GAPS, HELD
from perpusdesk.storage.parts import in_parts
from perpusdesk.storage.redaction import redact
from perpusdesk.storage.salvage.packages import without_package
from perpusdesk.storage.title_index import TitleIndex

_CHUNK: Final = 2_000
_PART: Final = 5_000
Progress = Callable[[int, int], None]


def drop_unreadable(door: Door) -> int:
    """Take ops out of the log that say nothing readable; return how many (in encrypted files 0)."""
    database = door.database
    spoilt: list[tuple[int, int]] = []
    last = (-1, -1)
    while True:
        query = (
            "select stream, seq, payload from op where (stream, seq) > (?, ?)"
            f" order by stream, seq limit {_PART}"
        )
        part = database.execute_sql(query, last).fetchall()
        if not part:
            break
        spoilt += [row[:2] for row in part if not _decodes(bytes(row[2]))]
        last = part[-1][:2]
    database.cursor().executemany("delete from op where stream = ? and seq = ?", spoilt)
    return len(spoilt)


def _decodes(payload: bytes) -> bool:
    try:
        return isinstance(wire.decode(payload), dict)
    except ValueError:
        return False


def fold_all(door: Door, progress: Progress) -> None:
    """Make all rows from the log, type by type, within the caller's transaction."""
    learn(door.database, door.streams)
    held: set[tuple[str, str]] = set()
    types = (*FIELD_RECORDS, *KINDS)
    for number, entity_type in enumerate(types):
        progress(number, len(types))
        query = "select distinct entity from op where type = ?"
        rows = door.database.execute_sql(query, (entity_type,)).fetchall()
        for part in in_parts((bytes(row[0]) for row in rows), _CHUNK):
            door.rows.fold_anew({entity_type: part})
            redact(door, {entity_type: part}, announced=False)
    for op in op_log.everything(door.database, door.streams):
        if not understood(op):
            held.add((op.entity_type, op.kind))
    door.meta.put(HELD, sorted(held))
    if door.database.has_search:
        TitleIndex(door.database).build()
    progress(len(types), len(types))


def tell_truth(door: Door, *, packages_lost: bool) -> None:
    """Note how far each stream is known, so that peers send what is missing.

    ``packages_lost``: what others wrote and no package here holds counts as not known, for it
    could not be handed on. What this device wrote and no package holds is to be signed again.
    """
    gaps: dict[str, int] = {}
    loose: dict[int, list[Run]] = {}
    for number, device, _ in door.streams.all():
        highest = op_log.highest(door.database, [number])[number]
        reach = op_log.dense_from(door.database, number, 0)
        bare = without_package(door.database, number)
        if device == door.device:
            if bare and (bare != [(bare[0][0], highest)] or reach != highest):
                loose[number] = bare
        elif packages_lost and bare:
            reach = min(reach, bare[0][0] - 1)
        if reach != highest:
            gaps[str(number)] = reach
    door.meta.put(GAPS, gaps)
    put_loose(door.meta, loose)
