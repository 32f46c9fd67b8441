"""The packages of a store, verbatim, in the order they arrived, with the running hash over them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from hashlib import blake2b
from typing import Any, Final, NamedTuple

from perpusdesk.domain.merge.lanes import LANES
from perpusdesk.protocol.messages import Heads, Package
from perpusdesk.protocol.opened import Arrival
from perpusdesk.storage.sql import Sql

_START: Final = bytes(8)
_COLUMNS: Final = "lane, arrival, body, signature, redacted, source"


def next_hash(before: bytes, package: Package) -> bytes:
    """Return the running hash after one more package."""
    return blake2b(before + package.digest, digest_size=8).digest()


class Held(NamedTuple):
    """A package as it lies in a store: which ops of its stream it holds, and where it is."""

    lane: int
    arrival: int
    first: int
    last: int
    package: Package


class Packages:
    """Reads and appends packages of one database."""

    def __init__(self, database: Sql) -> None:
        self._database = database

    def _rows(self, query: str, *values: Any) -> list[tuple[Any, ...]]:
        rows: list[tuple[Any, ...]] = self._database.execute_sql(query, values).fetchall()
        return rows

    def heads(self) -> Heads:
        """Return by lane how many packages arrived, and the hash over them."""
        rows = self._rows("select lane, arrival, hash from head order by lane")
        return {lane: (arrival, bytes(hash_)) for lane, arrival, hash_ in rows}

    def hash_at(self, lane: int, arrival: int) -> bytes | None:
        """Return the running hash after the ``arrival``-th package; ``None``: there is none."""
        if arrival == 0:
            return _START
        query = "select hash from package where lane = ? and arrival = ?"
        rows = self._rows(query, lane, arrival)
        return bytes(rows[0][0]) if rows else None

    def append(
        self,
        lane: int,
        packages: Iterable[tuple[Package, int, int, int]],
        source: bytes | None,
    ) -> None:
        """Add packages, each with its stream number, first and last seq, in the transaction.

        The counter's row is locked here, last of all that a push writes, so that numbers are
        dense in the order of the commits.
        """
        lock = getattr(self._database, "row_lock", "")
        query = f"select arrival, hash from head where lane = ?{lock}"
        ((arrival, before),) = self._rows(query, lane)
        now, rows = bytes(before), []
        for package, stream, first, last in packages:
            arrival, now = arrival + 1, next_hash(now, package)
            said = package.redacted or None
            values = (stream, first, last, package.body, package.signature, source, now, said)
            rows.append((lane, arrival, *values))
        if rows:
            cursor = self._database.cursor()
            cursor.executemany(
                "insert into package(lane, arrival, stream, first_seq, last_seq, body, signature,"
                " source, hash, redacted) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                rows,
            )
            self._database.execute_sql(
                "update head set arrival = ?, hash = ? where lane = ?", (arrival, now, lane)
            )

    def after(self, lane: int, arrival: int, count: int = 200) -> list[Arrival]:
        """Return the next packages of a lane in the order they arrived."""
        query = (
            f"select {_COLUMNS} from package where lane = ? and arrival > ?"
            " order by lane, arrival limit ?"
        )
        return [_arrival(row) for row in self._rows(query, lane, arrival, count)]

    def sizes_after(self, lane: int, arrival: int) -> tuple[int, int]:
        """Return how many packages and ops of a lane come after an arrival."""
        query = (
            "select count(*), coalesce(sum(last_seq - first_seq + 1), 0) from package"
            " where lane = ? and arrival > ?"
        )
        ((packages, ops),) = self._rows(query, lane, arrival)
        return packages, int(ops)

    def of_stream(self, stream: int, after: int, count: int = 200) -> list[tuple[int, Package]]:
        """Return packages of a stream that go beyond a seq, each with its last seq, in order."""
        query = (
            "select last_seq, body, signature, redacted from package"
            " where stream = ? and last_seq > ? order by last_seq, arrival limit ?"
        )
        rows = self._rows(query, stream, after, count)
        return [(last, _package(*parts)) for last, *parts in rows]

    def covering(self, stream: int, first: int, last: int) -> list[Held]:
        """Return the packages of a stream that hold ops from a seq to another one."""
        query = (
            "select lane, arrival, first_seq, last_seq, body, signature, redacted from package"
            " where stream = ? and last_seq >= ? and first_seq <= ? order by last_seq, arrival"
        )
        rows = self._rows(query, stream, first, last)
        return [
            Held(lane, arrival, start, end, _package(*parts))
            for lane, arrival, start, end, *parts in rows
        ]

    def put_redacted(self, held: Held, package: Package) -> None:
        """Put a package without words in the place of what it was, in the transaction."""
        self._database.execute_sql(
            "update package set body = ?, signature = ?, redacted = ? where lane = ?"
            " and arrival = ?",
            (package.body, package.signature, package.redacted, held.lane, held.arrival),
        )

    def drop(self, held: Held) -> None:
        """Drop a package, in the transaction; a server never does."""
        query = "delete from package where lane = ? and arrival = ?"
        self._database.execute_sql(query, (held.lane, held.arrival))

    def with_ops_of(self, entities: Sequence[bytes]) -> Iterator[Package]:
        """Yield each package that holds an op of some records once."""
        seen: set[tuple[int, int]] = set()
        query = (
            "select distinct p.lane, p.arrival, p.body, p.signature, p.redacted from op o"
            " join package p on p.stream = o.stream and p.last_seq >= o.seq"
            " and p.first_seq <= o.seq where o.entity = ?"
        )
        for entity in entities:
            for lane, arrival, *parts in self._rows(query, entity):
                if (lane, arrival) not in seen:
                    seen.add((lane, arrival))
                    yield _package(*parts)

    def sealed(self, stream: int) -> int:
        """Return up to which seq a stream is in packages (0: none)."""
        query = "select max(last_seq) from package where stream = ?"
        return int(self._rows(query, stream)[0][0] or 0)


def _package(body: Any, signature: Any, redacted: Any) -> Package:
    return Package(bytes(body), bytes(signature), bytes(redacted or b""))


def _arrival(row: tuple[Any, ...]) -> Arrival:
    lane, arrival, *parts, source = row
    package = _package(*parts)
    return Arrival(lane, arrival, package, bytes(source) if source is not None else None)


def empty_heads() -> Heads:
    """Return the heads of a log in which nothing arrived."""
    return dict.fromkeys(LANES, (0, _START))
