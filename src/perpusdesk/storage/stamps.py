"""Stamps in rows: a stream is a small local number there, its device and incarnation here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from perpusdesk.domain.merge.judgement import Judgement
from perpusdesk.domain.merge.ops import Op, Stamp
from perpusdesk.domain.merge.privacy import Cuts, Privacy
from perpusdesk.storage.sql import Sql


class Streams:
    """The known streams of a library file, numbered locally.

    ``judgement`` is how the ops of each count, ``privacy`` what they may still tell of persons,
    ``cuts`` what the log says that the history is cut by, in effect or not yet (``storage.judging``
    keeps them).
    """

    def __init__(self, database: Sql) -> None:
        self._database = database
        self.judgement = Judgement()
        self.privacy = Privacy()
        self.cuts = Cuts()
        self._by_number: dict[int, tuple[bytes, int]] = {}
        self._numbers: dict[tuple[bytes, int], int] = {}
        self._is_read = False
        self._read()

    def _read(self) -> None:
        """Read what is committed; afterwards this memory and the file agree."""
        self._by_number.clear()
        self._numbers.clear()
        rows = self._database.execute_sql("select number, device, incarnation from stream")
        for number, device, incarnation in rows.fetchall():
            key = (bytes(device), int.from_bytes(incarnation, "big"))
            self._by_number[number] = key
            self._numbers[key] = number
        self._next = max(self._by_number, default=0) + 1
        self._is_read = True

    def read_anew(self) -> None:
        """Forget what was read: the table was filled by others than this."""
        self._is_read = False

    def _be_sure(self) -> None:
        if not self._is_read:
            self._read()

    def number(self, device: bytes, incarnation: int) -> int:
        """Return the local number of a stream, giving it one (in the file too) at its first op."""
        key = (device, incarnation)
        number = self._numbers.get(key) if self._is_read else self.known(*key)
        if number is None:
            number = self._next
            self._database.execute_sql(
                "insert into stream values (?, ?, ?)",
                (number, device, incarnation.to_bytes(8, "big")),
            )
            self._by_number[number] = key
            self._numbers[key] = number
            self._next += 1
        return number

    def settle(self, *, committed: bool) -> None:
        """Keep the numbers given so far; or, after a failure, read anew what there is.

        Nobody knows what came of a commit whose answer was lost.
        """
        self._is_read = committed and self._is_read

    def counting(self, ops: Iterable[Op]) -> Iterator[Op]:
        """Yield of all ops of one record, as they were written, those that count, as they count."""
        groups: dict[str, list[Op]] = {}
        for op in ops:
            groups.setdefault(op.entity_type, []).append(op)
        for some in groups.values():
            yield from self.judgement.judged(self.privacy.blank(some))

    def pack(self, stamp: Stamp) -> tuple[int, int, int]:
        """Return ``stamp`` as (clock, stream number, seq)."""
        return stamp.clock, self.number(stamp.device, stamp.incarnation), stamp.seq

    def unpack(self, clock: int, number: int, seq: int) -> Stamp:
        """Return the stamp of (clock, stream number, seq)."""
        if (
            not self._is_read or number not in self._by_number
        ):  # the writing program began it after this one looked
            self._read()
        device, incarnation = self._by_number[number]
        return Stamp(clock, device, incarnation, seq)

    def name(self, number: int) -> tuple[bytes, int]:
        """Return the device and incarnation of a stream that has this local number."""
        if not self._is_read or number not in self._by_number:
            self._read()
        return self._by_number[number]

    def known(self, device: bytes, incarnation: int) -> int | None:
        """Return the local number of a stream if it has one."""
        self._be_sure()
        return self._numbers.get((device, incarnation))

    def of_device(self, device: bytes) -> dict[int, int]:
        """Return the streams of a device: local number to incarnation."""
        self._be_sure()
        return {n: key[1] for n, key in self._by_number.items() if key[0] == device}

    def all(self) -> list[tuple[int, bytes, int]]:
        """Return every known stream as (number, device, incarnation)."""
        self._be_sure()
        return [(number, *key) for number, key in self._by_number.items()]
