"""The packages of a salvaged log: what is lost of the log is taken from them, word for word."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from perpusdesk.domain.merge.lanes import LANES
from perpusdesk.domain.merge.ops import Op
from perpusdesk.protocol import wire
from perpusdesk.protocol.keys import package_bytes, verify
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


def drop_unproven(database: Sql, library: bytes) -> int:
    """Take packages out of a plain file that nothing proves; return how many.

    Proof is the signature by a key that is certified here, or the running hash.
    """
    query = "select short, key from certificate"
    keys: dict[bytes, list[bytes]] = {}
    for short, key in database.execute_sql(query).fetchall():
        keys.setdefault(bytes(short), []).append(bytes(key))
    hashes: dict[tuple[int, int], bytes] = {}
    gone = []
    query = "select lane, arrival, body, signature, redacted, hash from package order by 1, 2"
    for lane, arrival, body, signature, redacted, hash_ in database.execute_sql(query).fetchall():
        package = Package(bytes(body), bytes(signature), bytes(redacted or b""))
        before = hashes.get((lane, arrival - 1), _START if arrival == 1 else b"")
        follows = bool(before) and next_hash(before, package) == bytes(hash_)
        if not follows and not _is_signed(package, library, keys):
            gone.append((lane, arrival))
        hashes[lane, arrival] = bytes(hash_)
    query = "delete from package where lane = ? and arrival = ?"
    database.cursor().executemany(query, gone)
    return len(gone)


def _is_signed(package: Package, library: bytes, keys: dict[bytes, list[bytes]]) -> bool:
    try:
        short = wire.read_header(package.body).device_name
    except wire.WireError:
        return False
    signed = package_bytes(library, package.body)
    return any(verify(key, package.signature, signed) for key in keys.get(short, ()))


def ops_as_signed(database: Sql, streams: Streams, own: bytes) -> int:
    """Put ops of a plain file right that are not as their packages have them; return how many."""
    known, count = devices(database, own), 0
    query = "select seq from chain_kept where stream = ?"
    for _, _, number, _, _, body in _packages(database):
        kept = {row[0] for row in database.execute_sql(query, (number,)).fetchall()}
        signed = _opened(bytes(body), known) or []
        first, last = signed[0].stamp.seq - 1 if signed else 0, len(signed)
        there = {op.stamp.seq: op for op in _readable_run(database, streams, number, first, last)}
        wrong = [op for op in signed if there.get(op.stamp.seq) != op]
        wrong = [op for op in wrong if op.stamp.seq not in kept]
        delete = "delete from op where stream = ? and seq = ?"
        database.cursor().executemany(delete, [(number, op.stamp.seq) for op in wrong])
        op_log.append(database, streams, wrong, own=False)
        count += len(wrong)
    return count


def _readable_run(
    database: Sql, streams: Streams, number: int, after: int, count: int
) -> Iterator[Op]:
    for seq in range(after + 1, after + count + 1):
        try:
            yield from op_log.run_of(database, streams, number, seq - 1, 1)
        except (ValueError, TypeError):
            continue


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
            "select arrival, body, signature, redacted from package where lane = ? and arrival > ?"
            f" order by arrival limit {_PART}"
        )
        while part := database.execute_sql(query, (lane, last)).fetchall():
            for old, body, signature, redacted in part:
                package = Package(bytes(body), bytes(signature), bytes(redacted or b""))
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
