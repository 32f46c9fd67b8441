"""A scratch index from keys to record ids, in a temporary file: for imports of any size."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from hashlib import blake2b
from typing import Final
from uuid import UUID

_CACHE: Final = "pragma cache_size = -32000"


class KeyIndex:
    """Remembers under which id a key was first seen; forgotten when closed.

    Keys are kept as 64-bit hashes: two different keys are taken for one in one of 10^8 imports of a
    million titles.
    """

    def __init__(self) -> None:
        self._database = sqlite3.connect("", isolation_level=None)
        for statement in (
            _CACHE,
            "pragma journal_mode = off",
            "create table seen(key integer primary key, id blob not null)",
            "create table filled(id blob primary key, names text not null) without rowid",
            "begin",
        ):
            self._database.execute(statement)

    def close(self) -> None:
        """Forget everything."""
        self._database.close()

    def add(self, key: str, id_: UUID) -> None:
        """Remember a key, unless it is known already."""
        self.add_all((key,), id_)

    def add_all(self, keys: Iterable[str], id_: UUID) -> None:
        """Remember several keys of one record, but those that are known already."""
        id_bytes = id_.bytes
        rows = [(_hash(key), id_bytes) for key in keys]
        self._database.executemany("insert or ignore into seen values (?, ?)", rows)

    def find(self, key: str) -> UUID | None:
        """Return the id under which a key was first seen."""
        rows = self._database.execute("select id from seen where key = ?", (_hash(key),))
        found = rows.fetchone()
        return UUID(bytes=found[0]) if found else None

    def fill(self, id_: UUID, names: set[str]) -> None:
        """Remember which fields a record has that is not written anywhere."""
        self._database.execute(
            "insert or replace into filled values (?, ?)", (id_.bytes, " ".join(sorted(names)))
        )

    def filled(self, id_: UUID) -> set[str] | None:
        """Return what ``fill`` was told, or ``None``."""
        rows = self._database.execute("select names from filled where id = ?", (id_.bytes,))
        found = rows.fetchone()
        return set(found[0].split()) if found else None


def _hash(key: str) -> int:
    raw = blake2b(key.encode(errors="replace"), digest_size=8).digest()
    return int.from_bytes(raw, "big", signed=True)
