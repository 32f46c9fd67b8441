"""Marks and the digest: a 64-bit hash of each row's meaning, folded into 256 buckets per type.

Equal ops give equal rows give equal digests, on every device; a bucket that differs tells where
to look. The hash covers stamps with their device and incarnation, never local numbers.
"""

from __future__ import annotations

import hashlib
from typing import Any

from perpusdesk.protocol import payload as wire
from perpusdesk.storage.sql import Sql

_SIGN = 1 << 63


def mark(content: Any) -> int:
    """Return the signed 64-bit hash of plain content (SQLite stores signed integers)."""
    raw = hashlib.blake2b(wire.encode(content), digest_size=8).digest()
    return int.from_bytes(raw, "big", signed=True)


class Digest:
    """Collects the changes of one transaction and adds them to the digest table at its end."""

    def __init__(self) -> None:
        self._changes: dict[tuple[str, int], tuple[int, int]] = {}

    def replace(self, entity_type: str, entity: bytes, old: int | None, new: int) -> None:
        """Note that the row of ``entity`` changed from mark ``old`` (``None``: new row)."""
        key = (entity_type, entity[-1])
        value, rows = self._changes.get(key, (0, 0))
        value ^= new ^ (old or 0)
        self._changes[key] = (value, rows + (old is None))

    def drop(self, entity_type: str, entity: bytes, old: int) -> None:
        """Note that the row of ``entity``, with mark ``old``, is no more."""
        key = (entity_type, entity[-1])
        value, rows = self._changes.get(key, (0, 0))
        self._changes[key] = (value ^ old, rows - 1)

    def flush(self, database: Sql) -> None:
        """Write what was noted; SQLite has no xor, so it is spelled with and, or and not."""
        database.cursor().executemany(
            "insert into digest values (?, ?, ?, ?) on conflict(type, bucket) do update set"
            " value = (digest.value | excluded.value) & ~(digest.value & excluded.value),"
            " rows = digest.rows + excluded.rows",
            [(*key, value, rows) for key, (value, rows) in self._changes.items()],
        )
        self._changes.clear()


def buckets(database: Sql) -> dict[tuple[str, int], tuple[int, int]]:
    """Return by type and bucket what the digest is made of: (xor of marks, number of rows)."""
    rows = database.execute_sql("select type, bucket, value, rows from digest where rows > 0")
    return {(row[0], row[1]): (row[2], row[3]) for row in rows.fetchall()}


def essence(database: Sql) -> bytes:
    """Return 8 bytes that all rows come to: to compare at each exchange."""
    value = count = 0
    for bucket, rows in database.execute_sql("select value, rows from digest").fetchall():
        value ^= bucket
        count += rows
    return ((value ^ count) & (2**64 - 1)).to_bytes(8, "big")


def digest(database: Sql) -> str:
    """Return the library's digest as hex: equal on devices that hold the same ops."""
    rows = database.execute_sql(
        "select type, bucket, value, rows from digest where rows > 0 order by type, bucket"
    ).fetchall()
    return hashlib.blake2b(wire.encode([list(row) for row in rows]), digest_size=16).hexdigest()
