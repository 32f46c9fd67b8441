"""A scratch table that tells which rows share a key, in a temporary file: of any size."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from hashlib import blake2b


class KeyGroups:
    """Collects (key, row number) and gives back the rows of each key that several have.

    Keys are kept as 64-bit hashes. Forgotten when closed.
    """

    def __init__(self) -> None:
        self._database = sqlite3.connect("", isolation_level=None, check_same_thread=False)
        for statement in (
            "pragma cache_size = -16000",
            "pragma journal_mode = off",
            "create table pair(key integer not null, rid integer not null)",
            "begin",
        ):
            self._database.execute(statement)

    def close(self) -> None:
        """Forget everything."""
        self._database.close()

    def add(self, key: str, rid: int) -> None:
        """Note that a row has this key."""
        digest = blake2b(key.encode(), digest_size=8).digest()
        number = int.from_bytes(digest, "big", signed=True)
        self._database.execute("insert into pair values (?, ?)", (number, rid))

    def shared(self) -> Iterator[list[int]]:
        """Yield the rows of each key that more than one row has, in the order of the rows."""
        self._database.execute("create index pair_key on pair(key, rid)")
        keys = self._database.execute(
            "select key from pair group by key having count(distinct rid) > 1 order by min(rid)"
        ).fetchall()
        for (key,) in keys:
            rows = self._database.execute(
                "select distinct rid from pair where key = ? order by rid", (key,)
            )
            yield [row[0] for row in rows]
