"""Whose streams these are: from packages and from what ops say of each other, where it is lost."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from perpusdesk.domain.merge.lanes import lane_of_type, stream_of
from perpusdesk.protocol import payload as wire
from perpusdesk.protocol.wire import WireError, read_header, short_name
from perpusdesk.storage.sql import Sql

_NAME: Final = "insert or ignore into stream values (?, ?, ?)"
Stream = tuple[bytes, int]


def name_streams(database: Sql, own: bytes, random: bytes) -> int:
    """Give each stream of the log its name again; return how many nobody knew any more.

    Those get a new name of ``own``, this device: ``random`` are 8 bytes for their run.
    """
    missing = _unnamed(database)
    if not missing:
        return 0
    for number, stream in (*_by_packages(database, own), *_by_bases(database, missing)):
        if number in missing and _is_free(database, stream):
            _put(database, number, stream)
            missing.discard(number)
    run = int.from_bytes(random, "big") >> 1
    for place, number in enumerate(sorted(missing)):
        query = "select type from op where stream = ? limit 1"
        ((entity_type,),) = database.execute_sql(query, (number,)).fetchall()
        lane = lane_of_type(entity_type)
        _put(database, number, (own, stream_of((run + place) & (2**62 - 1), lane)))
    return len(missing)


def devices(database: Sql, own: bytes) -> dict[bytes, bytes]:
    """Return all devices that the file speaks of, by the short name that packages give them."""
    query = (
        "select device from stream union select device from certificate"
        " union select entity from op where type = 'device'"
    )
    known = {bytes(row[0]) for row in database.execute_sql(query).fetchall()}
    return {short_name(device): device for device in (*known, own)}


def _unnamed(database: Sql) -> set[int]:
    query = (
        "select distinct stream from op where not exists"
        " (select 1 from stream s where s.number = op.stream)"
        " union select distinct stream from package where not exists"
        " (select 1 from stream s where s.number = package.stream)"
    )
    return {row[0] for row in database.execute_sql(query).fetchall()}


def _is_free(database: Sql, stream: Stream) -> bool:
    query = "select 1 from stream where device = ? and incarnation = ?"
    values = (stream[0], stream[1].to_bytes(8, "big"))
    return not database.execute_sql(query, values).fetchall()


def _put(database: Sql, number: int, stream: Stream) -> None:
    database.execute_sql(_NAME, (number, stream[0], stream[1].to_bytes(8, "big")))


def _by_packages(database: Sql, own: bytes) -> Iterator[tuple[int, Stream]]:
    known = devices(database, own)
    for number, body in database.execute_sql("select stream, body from package").fetchall():
        try:
            header = read_header(bytes(body))
        except WireError:
            continue
        if header.device_name in known:
            yield number, (known[header.device_name], header.incarnation)


def _by_bases(database: Sql, missing: set[int]) -> Iterator[tuple[int, Stream]]:
    """Yield what ops say of the ops that they follow: whose they are, and when they were."""
    marks = ",".join("?" * len(missing))
    query = f"select clock, seq, stream from op where stream in ({marks})"
    clocks = {(c, s): number for c, s, number in database.execute_sql(query, tuple(missing))}
    for (payload,) in database.execute_sql("select payload from op").fetchall():
        try:
            said: Any = wire.decode(bytes(payload))
        except ValueError:
            continue
        told = said.get("base") if isinstance(said, dict) else None
        stamps = list(told.values()) if isinstance(told, dict) else []
        stamps += said.get("of") or [] if isinstance(said, dict) else []
        for stamp in stamps:
            match stamp:
                case [int(clock), bytes(device), int(incarnation), int(seq)]:
                    if (clock, seq) in clocks:
                        yield clocks[clock, seq], (device, incarnation)
