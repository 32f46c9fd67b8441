"""The packages of a salvaged log: what is lost of the log is taken from them, word for word."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from perpusdesk.domain.merge.lanes import LANES
from perpusdesk.domain.merge.ops import Op
from perpusdesk.protocol import wire
from perpusdesk.protocol.messages import Package
from perpusdesk.storage import op_log
from perpusdesk.storage.packages import next_hash
from perpusdesk.storage.salvage.streams import devices
from perpusdesk.storage.sql import Sql
from perpusdesk.storage.stamps import Streams

_START: Final = bytes(8)
_COLUMNS: Final = "lane, arrival, stream, first_seq, last_seq, body"
_PART: Final = 200


def ops_of_packages(database: Sql, streams: Streams, own: bytes) -> int:
    """Put ops back into the log that are only in packages; return how many."""
    known = devices(database, own)
    before = database.total_changes()
    for lane, arrival, number, first, last, body in _packages(database):
        query = "select count(*) from op where stream = ? and seq between ? and ?"
        ((there,),) = database.execute_sql(query, (number, first, last)).fetchall()
        if there < last - first + 1:
            ops = _opened(bytes(body), known)
            if ops is None:
                query = "delete from package where lane = ? and arrival = ?"
                database.execute_sql(query, (lane, arrival))
            else:
                op_log.append(database, streams, ops, own=False)
    return database.total_changes() - before


def _packages(database: Sql) -> Iterator[tuple[Any, ...]]:
    last = (-1, -1)
    while True:
        query = (
            f"select {_COLUMNS} from package where (lane, arrival) > (?, ?)"
            f" order by lane, arrival limit {_PART}"
        )
        part = database.execute_sql(query, last).fetchall()
        if not part:
            return
        yield from part
        last = part[-1][:2]


def _opened(body: bytes, known: dict[bytes, bytes]) -> list[Op] | None:
    try:
        device = known.get(wire.read_header(body).device_name)
        return None if device is None else wire.decode(body, device)
    except wire.WireError:
        return None


def count_anew(database: Sql) -> None:
    """Number the packages that are left from 1 in their order, with the running hash over them."""
    for lane in LANES:
        arrival, last, before = 0, -1, _START
        query = (
            "select arrival, body, signature from package where lane = ? and arrival > ?"
            f" order by arrival limit {_PART}"
        )
        while part := database.execute_sql(query, (lane, last)).fetchall():
            for old, body, signature in part:
                package = Package(bytes(body), bytes(signature))
                arrival, before = arrival + 1, next_hash(before, package)
                database.execute_sql(
                    "update package set arrival = ?, hash = ? where lane = ? and arrival = ?",
                    (arrival, before, lane, old),
                )
            last = part[-1][0]
        head = "insert or replace into head values (?, ?, ?)"
        database.execute_sql(head, (lane, arrival, before))


def without_package(database: Sql, number: int) -> list[tuple[int, int]]:
    """Return the runs of seqs of a stream that are in the log and in no package."""
    query = "select first_seq, last_seq from package where stream = ? order by first_seq"
    covered = iter(database.execute_sql(query, (number,)).fetchall())
    run = next(covered, None)
    found: list[tuple[int, int]] = []
    query = "select seq from op where stream = ? order by seq"
    for (seq,) in database.execute_sql(query, (number,)).fetchall():
        while run is not None and run[1] < seq:
            run = next(covered, None)
        if run is not None and run[0] <= seq:
            continue
        if found and found[-1][1] == seq - 1:
            found[-1] = (found[-1][0], seq)
        else:
            found.append((seq, seq))
    return found
