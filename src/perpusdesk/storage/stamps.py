"""Stamps in rows: a stream is a small local number there, its device and incarnation here."""

from __future__ import annotations

from perpusdesk.domain.merge.judgement import Judgement
from perpusdesk.domain.merge.ops import Stamp
from perpusdesk.storage.sql import Sql


class Streams:
    """The known streams of a library file, numbered locally.

    ``judgement`` is how the ops of each count (``storage.judging`` keeps it).
    """

    def __init__(self, database: Sql) -> None:
        self._database = database
        self.judgement = Judgement()
        self._by_number: dict[int, tuple[bytes, int]] = {}
        self._numbers: dict[tuple[bytes, int], int] = {}
        self._unsure: list[int] = []
        self._read()
        self._next = max(self._by_number, default=0) + 1

    def _read(self) -> None:
        rows = self._database.execute_sql("select number, device, incarnation from stream")
        for number, device, incarnation in rows.fetchall():
            key = (bytes(device), int.from_bytes(incarnation, "big"))
            self._by_number[number] = key
            self._numbers[key] = number

    def number(self, device: bytes, incarnation: int) -> int:
        """Return the local number of a stream, giving it one (in the file too) at its first op."""
        key = (device, incarnation)
        number = self._numbers.get(key)
        if number is None:
            number = self._next
            self._database.execute_sql(
                "insert into stream values (?, ?, ?)",
                (number, device, incarnation.to_bytes(8, "big")),
            )
            self._by_number[number] = key
            self._numbers[key] = number
            self._next += 1
            self._unsure.append(number)
        return number

    def settle(self, *, committed: bool) -> None:
        """Keep the numbers given since the last call, or forget them after a rollback."""
        if not committed:
            for number in self._unsure:
                del self._numbers[self._by_number.pop(number)]
            self._next -= len(self._unsure)
        self._unsure.clear()

    def pack(self, stamp: Stamp) -> tuple[int, int, int]:
        """Return ``stamp`` as (clock, stream number, seq)."""
        return stamp.clock, self.number(stamp.device, stamp.incarnation), stamp.seq

    def unpack(self, clock: int, number: int, seq: int) -> Stamp:
        """Return the stamp of (clock, stream number, seq)."""
        if number not in self._by_number:  # the writing program began it after this one looked
            self._read()
        device, incarnation = self._by_number[number]
        return Stamp(clock, device, incarnation, seq)

    def known(self, device: bytes, incarnation: int) -> int | None:
        """Return the local number of a stream if it has one."""
        return self._numbers.get((device, incarnation))

    def of_device(self, device: bytes) -> dict[int, int]:
        """Return the streams of a device: local number to incarnation."""
        return {n: key[1] for n, key in self._by_number.items() if key[0] == device}

    def all(self) -> list[tuple[int, bytes, int]]:
        """Return every known stream as (number, device, incarnation)."""
        return [(number, *key) for number, key in self._by_number.items()]
