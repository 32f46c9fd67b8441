"""Taking words out of packages: a device signs anew what is left of them.

Packages are signed by who wrote their ops, so nobody else could change one. What privacy takes out
(``storage.redaction``) leaves them by another way: whoever serves or administers the library, and
who wrote them, encodes the blanked ops again, keeps the name of the package (its digest, and so
its place in the running hash of the log) and signs under words of its own (``protocol.redacted``).

A package with an erased person is given to all once more, at the end of the log; others put it in
the place of theirs. A desk that may not sign drops what is over a year old anyway and holds
loans that were cut, once its server has it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Final

import msgspec

from perpusdesk.domain.merge.privacy import blanked_by_both
from perpusdesk.protocol import wire
from perpusdesk.protocol.keys import redacted_bytes
from perpusdesk.protocol.messages import Package
from perpusdesk.protocol.opened import Opened, PeerState
from perpusdesk.protocol.redacted import write_note
from perpusdesk.storage import op_log
from perpusdesk.storage.door import Door
from perpusdesk.storage.packages import Held, Packages
from perpusdesk.storage.redaction import join

_AT_ONCE: Final = 400
_MOST_OPS: Final = 4_000
"""Of ops that were blanked, and of all ops in the packages of one step: a short transaction."""


@dataclass(frozen=True, slots=True)
class Redactor:
    """Who signs: this device's key, and whether it may do so for others' packages too."""

    library: bytes
    device: bytes
    sign: Callable[[bytes], bytes] | None
    for_all: bool

    def signs(self, origin: bytes) -> bool:
        """Whether others believe it about packages of a device."""
        return self.sign is not None and (self.for_all or origin == self.device)


class PackageRedaction:
    """Works off what is noted in the table ``redaction``; one step is one transaction."""

    def __init__(self, door: Door, packages: Packages) -> None:
        self._door, self._packages = door, packages
        self._after = (-1, 0)

    def step(self, who: Redactor) -> bool:
        """Do a small piece; return whether there may be more to do now.

        What waits for somebody else (a desk that may not sign) stays noted.
        """
        rows = self._noted()
        if not rows:
            self._after = (-1, 0)
            return False
        by_stream: dict[int, dict[int, bool]] = {}
        for stream, seq, announced in rows[:_AT_ONCE]:
            by_stream.setdefault(stream, {})[seq] = bool(announced)
        with self._door.transaction():
            for stream, seqs in by_stream.items():
                self._work_off(who, stream, seqs)
        self._after = rows[:_AT_ONCE][-1][:2]
        return len(rows) > _AT_ONCE

    def _noted(self) -> list[tuple[Any, ...]]:
        query = (
            "select stream, seq, announced from redaction where (stream, seq) > (?, ?)"
            " order by stream, seq limit ?"
        )
        values = (*self._after, _AT_ONCE + 1)
        found: list[tuple[Any, ...]] = self._door.database.execute_sql(query, values).fetchall()
        return found

    def _work_off(self, who: Redactor, stream: int, seqs: dict[int, bool]) -> None:
        held = self._packages.covering(stream, min(seqs), max(seqs))
        waiting: set[int] = set()
        told: set[bytes] = set()
        origin, _ = self._door.streams.name(stream)
        for one in held:
            mine = {seq for seq in seqs if one.first <= seq <= one.last}
            if not mine:
                continue
            announced = any(seqs[seq] for seq in mine)
            if who.signs(origin):
                package = self._without_words(who, origin, stream, one)
                self._packages.put_redacted(one, package)
                if announced and who.for_all and package.digest not in told:
                    told.add(package.digest)
                    self.announce(stream, one, package)
            elif not announced and self._server_has(one):
                self._packages.drop(one)
            else:
                waiting |= mine
        self.done(stream, (seq for seq in seqs if seq not in waiting))

    def _without_words(self, who: Redactor, origin: bytes, stream: int, held: Held) -> Package:
        """Return a package made anew from what the log says of its ops by now."""
        assert who.sign is not None
        count = held.last - held.first + 1
        door = self._door
        ops = op_log.run_of(door.database, door.streams, stream, held.first - 1, count)
        if len(ops) != count:
            return held.package
        body = wire.encode(ops)
        note = write_note(held.package.digest, origin, who.device)
        return Package(body, who.sign(redacted_bytes(who.library, note, body)), note)

    def announce(self, stream: int, held: Held, package: Package) -> None:
        """Put a package at the end of the log once more, so that all put it in place of theirs."""
        self._packages.append(held.lane, [(package, stream, held.first, held.last)], None)

    def done(self, stream: int, seqs: Iterable[int]) -> None:
        """Forget that packages still tell of ops, in the transaction."""
        self._door.database.cursor().executemany(
            "delete from redaction where stream = ? and seq = ?", [(stream, seq) for seq in seqs]
        )

    def _server_has(self, held: Held) -> bool:
        rows = self._door.database.execute_sql("select value from peer").fetchall()
        states = (msgspec.msgpack.decode(row[0], type=PeerState) for row in rows)
        return any(held.arrival <= state.sent.get(held.lane, 0) for state in states)

    def take_over(self, packages: Iterable[Opened], *, announces: bool) -> None:
        """Put packages without words, that others sent, in the place of ours, in the transaction.

        What they do not tell any more goes from our log too, if we still know it: the op that
        asked for it may come later. Nothing else in our log can be changed by that.
        """
        for one in packages:
            if one.package.redacted:
                number = self._door.streams.known(one.device, one.incarnation)
                if number is not None:
                    self._take_over(one, number, announces=announces)

    def _take_over(self, one: Opened, number: int, *, announces: bool) -> None:
        if not self._says_the_same(one, number):
            return
        query = "select seq from redaction where stream = ? and seq between ? and ?"
        values = (number, one.first, one.last)
        rows = self._door.database.execute_sql(query, values).fetchall()
        same = [
            held
            for held in (self._packages.covering(*values) if rows else ())
            if held.package.digest == one.package.digest
        ]
        for held in same:
            self._packages.put_redacted(held, one.package)
        if same:
            self.done(number, (row[0] for row in rows))
            if announces:
                self.announce(number, same[0], one.package)

    def _says_the_same(self, one: Opened, number: int) -> bool:
        """Take out of our log what a package has no words for; return if it now says the same."""
        door, count = self._door, len(one.ops)
        ours = op_log.run_of(door.database, door.streams, number, one.first - 1, count)
        if len(ours) != count:
            return False
        left = [blanked_by_both(mine, op) for mine, op in zip(ours, one.ops, strict=True)]
        gone = [op for mine, op in zip(ours, left, strict=True) if op is not None and op != mine]
        if gone:
            join(door, gone)
        return left == list(one.ops)
