"""Ops of a stream whose name nothing tells any more: this device enters them again as its own.

Nobody claims then that they were written where they were not: they say ``salvage`` as what is
written anew from rows does, in a stream of this device with numbers and action ids of its own, and
with the clocks that they had. Where a device was shut out, its ops could hide among them: those
stay in the damaged file, and exchange brings back what others have.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from perpusdesk.domain.ids import drawn_id, parts_of, run_tag
from perpusdesk.domain.merge.judgement import REVOKED
from perpusdesk.domain.merge.lanes import lane_of_type, stream_of
from perpusdesk.protocol import payload as wire
from perpusdesk.storage.op_log import COLUMNS
from perpusdesk.storage.salvage.streams import put_name
from perpusdesk.storage.salvage.writing_anew import VERB
from perpusdesk.storage.sql import Sql

_RUNS: Final = 2**62 - 1
_OF_STREAM: Final = ("op", "package", "chain", "chain_kept")
OpRow = dict[str, Any]


def reenter(database: Sql, numbers: Iterable[int], own: bytes, random: bytes) -> tuple[int, int]:
    """Enter the ops of streams without a name again, within the caller's transaction.

    ``random`` are 8 bytes for the runs that they are streams of now. Returns how many were
    entered, and how many were left out because a device was shut out.
    """
    first = int.from_bytes(random, "big") >> 1
    entered = left = 0
    refused = _somebody_was_shut_out(database)
    for place, number in enumerate(sorted(numbers)):
        rows = _taken_out(database, number)
        if refused:
            left += len(rows)
        elif rows:
            _put_in(database, number, rows, (own, (first + place) & _RUNS))
            entered += len(rows)
    return entered, left


def _taken_out(database: Sql, number: int) -> list[OpRow]:
    query = f"select {', '.join(COLUMNS)} from op where stream = ? order by seq"
    rows = database.execute_sql(query, (number,)).fetchall()
    for table in _OF_STREAM:
        database.execute_sql(f"delete from {table} where stream = ?", (number,))
    return [dict(zip(COLUMNS, row, strict=True)) for row in rows]


def _put_in(database: Sql, number: int, rows: list[OpRow], run: tuple[bytes, int]) -> None:
    tag, actions = run_tag(*run), dict[bytes, bytes]()
    lane = lane_of_type(rows[0]["type"])
    put_name(database, number, (run[0], stream_of(run[1], lane)))
    slots = ", ".join("?" * len(COLUMNS))
    for seq, row in enumerate(rows, 1):
        former = bytes(row["action"])
        if former not in actions:
            parts = parts_of(int.from_bytes(former, "big"))
            at_ms = parts.ms if parts is not None else int(row["at"])
            actions[former] = drawn_id(at_ms, len(actions) + 1, tag).bytes
        row |= {"seq": seq, "verb": VERB, "action": actions[former]}
        query = f"insert into op({', '.join(COLUMNS)}) values ({slots})"
        database.execute_sql(query, tuple(row[name] for name in COLUMNS))


def _somebody_was_shut_out(database: Sql) -> bool:
    query = "select payload from op where type = 'device'"
    for (payload,) in database.execute_sql(query).fetchall():
        try:
            said = wire.decode(bytes(payload))
        except ValueError:
            continue
        fields = said.get("fields") if isinstance(said, dict) else None
        if isinstance(fields, dict) and fields.get(REVOKED):
            return True
    return False
