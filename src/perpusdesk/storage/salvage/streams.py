"""Whose streams these are, where it is lost: by proof, by packages, by what ops say of each other.

The proof: the ids that a run of the program draws carry its tag, a hash of the device and the run.
So whoever remembers the name of a stream, it is the right one if the ids of its actions say so.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final

from perpusdesk.domain.ids import parts_of, run_tag
from perpusdesk.domain.merge.lanes import lane_of_type, stream_of
from perpusdesk.protocol import payload as wire
from perpusdesk.protocol.wire import WireError, read_header, short_name
from perpusdesk.storage.sql import Sql

_NAME: Final = "insert or ignore into stream values (?, ?, ?)"
Stream = tuple[bytes, int]


def name_streams(database: Sql, own: bytes, told: Iterable[Stream] = ()) -> set[int]:
    """Give each stream of the log its name again; return the numbers that nothing names.

    ``own`` is this device; ``told`` are streams that others remember (the name card, backups).
    """
    missing = unnamed(database)
    if not missing:
        return missing
    for name in (_by_tags(database, own, told), _by_packages(database, own), _by_bases(database)):
        for number, stream in name:
            if number in missing and _is_free(database, stream):
                put_name(database, number, stream)
                missing.discard(number)
    return missing


def devices(database: Sql, own: bytes) -> dict[bytes, bytes]:
    """Return all devices that the file speaks of, by the short name that packages give them."""
    query = (
        "select device from stream union select device from certificate"
        " union select entity from op where type = 'device'"
    )
    known = {bytes(row[0]) for row in database.execute_sql(query).fetchall()}
    return {short_name(device): device for device in (*known, own)}


def unnamed(database: Sql) -> set[int]:
    """Return the numbers of streams that have ops or packages and no name."""
    query = (
        "select distinct stream from op where not exists"
        " (select 1 from stream s where s.number = op.stream)"
        " union select distinct stream from package where not exists"
        " (select 1 from stream s where s.number = package.stream)"
    )
    return {row[0] for row in database.execute_sql(query).fetchall()}


def put_name(database: Sql, number: int, stream: Stream) -> None:
    """Say which stream a number stands for."""
    database.execute_sql(_NAME, (number, stream[0], stream[1].to_bytes(8, "big")))


def _is_free(database: Sql, stream: Stream) -> bool:
    query = "select 1 from stream where device = ? and incarnation = ?"
    values = (stream[0], stream[1].to_bytes(8, "big"))
    return not database.execute_sql(query, values).fetchall()


def _by_tags(database: Sql, own: bytes, told: Iterable[Stream]) -> Iterator[tuple[int, Stream]]:
    """Yield what the ids of actions prove of the streams that anything here speaks of."""
    lanes: dict[int, tuple[int, int]] = {}
    query = "select action, type from op where stream = ? limit 1"
    for number in unnamed(database):
        for action, entity_type in database.execute_sql(query, (number,)).fetchall():
            parts = parts_of(int.from_bytes(action, "big"))
            if parts is not None:
                lanes[number] = (parts.tag, lane_of_type(entity_type))
    if not lanes:
        return
    runs = {(device, incarnation >> 1) for device, incarnation in told}
    runs |= {(device, incarnation >> 1) for device, incarnation in _spoken_of(database, own)}
    tags = {run_tag(device, run): (device, run) for device, run in runs}
    for number, (tag, lane) in lanes.items():
        if tag in tags:
            device, run = tags[tag]
            yield number, (device, stream_of(run, lane))


def _spoken_of(database: Sql, own: bytes) -> Iterator[Stream]:
    """Yield the streams that have names, those of packages, and those that ops follow."""
    query = "select device, incarnation from stream"
    for device, incarnation in database.execute_sql(query).fetchall():
        yield bytes(device), int.from_bytes(incarnation, "big")
    yield from (stream for _number, stream in _by_packages(database, own))
    yield from ((device, run) for _clock, device, run, _seq in _stamps(database))


def _by_packages(database: Sql, own: bytes) -> Iterator[tuple[int, Stream]]:
    known = devices(database, own)
    for number, body in database.execute_sql("select stream, body from package").fetchall():
        try:
            header = read_header(bytes(body))
        except WireError:
            continue
        if header.device_name in known:
            yield number, (known[header.device_name], header.incarnation)


def _by_bases(database: Sql) -> Iterator[tuple[int, Stream]]:
    """Yield what ops say of the ops that they follow: whose they are, and when they were."""
    query = (
        "select clock, seq, stream from op where not exists"
        " (select 1 from stream s where s.number = op.stream)"
    )
    clocks = {(c, s): number for c, s, number in database.execute_sql(query).fetchall()}
    if clocks:
        for clock, device, incarnation, seq in _stamps(database):
            if (clock, seq) in clocks:
                yield clocks[clock, seq], (device, incarnation)


def _stamps(database: Sql) -> Iterator[tuple[int, bytes, int, int]]:
    """Yield the stamps that ops name others by."""
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
                    yield clock, device, incarnation, seq
