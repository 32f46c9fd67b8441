"""What a library file says of itself: who it is, its clock, what waits for a newer program."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from perpusdesk.protocol import payload as wire
from perpusdesk.storage.sql import Sql

LIBRARY: Final = "library"
DEVICE: Final = "device"
CLOCK: Final = "clock"
HELD: Final = "held"
UNDERSTANDING: Final = "understanding"
GAPS: Final = "gaps"
EPOCH: Final = "epoch"
PROGRAM: Final = "program"
"""The version of the program that brought the file to its schema: what an older one asks for."""
CHAIN_OLD: Final = "chain_old"
CHAIN_FOUND: Final = "chain_found"
CHAIN_ENDS: Final = "chain_ends"


class Meta:
    """Named plain values, kept in the file in one piece each."""

    def __init__(self, database: Sql) -> None:
        self._database = database

    def identity(self, name: str) -> bytes:
        """Return an id of 16 bytes that the file was made with."""
        return bytes(self._value(name))

    def get(self, name: str, default: Any) -> Any:
        """Return a value, or the default when it was never put."""
        found = self._value(name)
        return default if found is None else wire.decode(found)

    def put(self, name: str, value: Any) -> None:
        """Keep a value, within the caller's transaction."""
        self.put_all({name: value})

    def put_all(self, values: Mapping[str, Any]) -> None:
        """Keep several values by one statement, within the caller's transaction."""
        slots = ", ".join(["(?, ?)"] * len(values))
        self._database.execute_sql(
            f"insert into meta values {slots}"
            " on conflict(key) do update set value = excluded.value",
            [part for name, value in values.items() for part in (name, wire.encode(value))],
        )

    def _value(self, name: str) -> Any:
        query = "select value from meta where key = ?"
        rows = self._database.execute_sql(query, (name,)).fetchall()
        return rows[0][0] if rows else None
