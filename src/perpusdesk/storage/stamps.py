"""Stamps in rows: a stream is a small local number there, its device and incarnation here."""

from __future__ import annotations

from peewee import SqliteDatabase

from perpusdesk.domain.merge.ops import Stamp


class Streams:
    """The known streams of a library file, numbered locally."""

    def __init__(self, database: SqliteDatabase) -> None:
        self._database = database
        self.reload()

    def reload(self) -> None:
        """Read the numbers again (after a rollback took some back)."""
        rows = self._database.execute_sql(
            "select number, device, incarnation from stream"
        ).fetchall()
        self._by_number = {
            number: (bytes(device), int.from_bytes(incarnation, "big"))
            for number, device, incarnation in rows
        }
        self._numbers = {key: number for number, key in self._by_number.items()}

    def number(self, device: bytes, incarnation: int) -> int:
        """Return the local number of a stream, giving it one at its first op."""
        key = (device, incarnation)
        number = self._numbers.get(key)
        if number is None:
            number = max(self._by_number, default=0) + 1
            self._database.execute_sql(
                "insert into stream values (?, ?, ?)",
                (number, device, incarnation.to_bytes(8, "big")),
            )
            self._by_number[number] = key
            self._numbers[key] = number
        return number

    def pack(self, stamp: Stamp) -> tuple[int, int, int]:
        """Return ``stamp`` as (clock, stream number, seq)."""
        return stamp.clock, self.number(stamp.device, stamp.incarnation), stamp.seq

    def unpack(self, clock: int, number: int, seq: int) -> Stamp:
        """Return the stamp of (clock, stream number, seq)."""
        device, incarnation = self._by_number[number]
        return Stamp(clock, device, incarnation, seq)
