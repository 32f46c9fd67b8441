"""Do the ops say what their devices signed? Packages are kept as they were signed, and compared.

Who can write to the file can change an op and its chain, but cannot sign for another device: the
signature does not fit a changed package, and a changed op does not fit its package.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any, Final

from perpusdesk.domain.merge.ops import Op
from perpusdesk.protocol import wire
from perpusdesk.protocol.certificates import CertificateError, read
from perpusdesk.protocol.keys import package_bytes, redacted_bytes, verify
from perpusdesk.protocol.messages import Package
from perpusdesk.protocol.redacted import read_note
from perpusdesk.storage import op_log
from perpusdesk.storage.chain_check import Finding, Kind, Progress, stream_name
from perpusdesk.storage.database import translated
from perpusdesk.storage.library import Library
from perpusdesk.storage.packages import next_hash
from perpusdesk.storage.stamps import Streams

_PART: Final = 200
_START: Final = bytes(8)


def verify_packages(
    library: Library,
    authority: bytes | None = None,
    progress: Progress = lambda _done, _all: None,
    limit: int = 100,
) -> list[Finding]:
    """Check each package's signature, the hash over them, and the ops that it holds.

    ``authority`` is the public key that certificates must be signed by (``None``: those that are
    kept here are believed). What privacy blanked is not compared.
    Reads all packages, with bounded memory; at most ``limit`` findings, best none.
    """
    found = []
    with translated(library.folder):
        for finding in _Walk(library, authority, progress).findings():
            found.append(finding)
            if len(found) >= limit:
                break
    return found


class _Walk:
    def __init__(self, library: Library, authority: bytes | None, progress: Progress) -> None:
        self._library, self._authority, self._progress = library, authority, progress
        self._streams = Streams(library.database)
        self._keys = lru_cache(maxsize=512)(self._read_keys)

    def findings(self) -> Iterator[Finding]:
        total, done = int(self._library.value("select count(*) from package")), 0
        for lane, arrivals, head in self._library.rows("select lane, arrival, hash from head"):
            last: tuple[int, bytes] = (0, _START)
            for row in self._packages(lane):
                if row[0] != last[0] + 1:  # none is ever dropped
                    yield Finding(Kind.PACKAGE_GONE, f"#{lane}", last[0] + 1, row[0] - 1)
                yield from self._one(row, last)
                last = (row[0], bytes(row[6]))
                done += 1
                self._progress(done, total)
            if last != (arrivals, bytes(head)) and (last[0] or arrivals):
                yield Finding(Kind.PACKAGE_GONE, f"#{lane}", last[0] + 1, arrivals)

    def _packages(self, lane: int) -> Iterator[tuple[Any, ...]]:
        arrival = 0
        while True:
            part = self._library.rows(
                "select arrival, stream, first_seq, last_seq, body, signature, hash, redacted"
                " from package where lane = ? and arrival > ? order by arrival limit ?",
                *(lane, arrival, _PART),
            )
            yield from part
            if len(part) < _PART:
                return
            arrival = part[-1][0]

    def _one(self, row: tuple[Any, ...], last: tuple[int, bytes]) -> Iterator[Finding]:
        arrival, number, first, end, body, signature, hash_, redacted = row
        package = Package(bytes(body), bytes(signature), bytes(redacted or b""))
        device, incarnation = self._streams.name(number)
        name = stream_name(device, incarnation)
        blanked = self._blanked(number, first, end)
        good = self._signed(package, device)
        follows = arrival != last[0] + 1 or next_hash(last[1], package) == bytes(hash_)
        try:
            ops = wire.decode(package.body, device)
        except wire.WireError:
            ops = []
        named = [op.stamp.seq for op in ops] == list(range(first, end + 1))
        if not named or not ((good and follows) or blanked):
            yield Finding(Kind.PACKAGE_CHANGED, name, first, end)
            return
        there = {
            op.stamp.seq: op
            for op in op_log.run_of(
                self._library.database, self._streams, number, first - 1, end - first + 1
            )
        }
        for op in ops:
            seq = op.stamp.seq
            mine = there.get(seq)
            if mine is None:  # and nothing that follows it was read
                yield Finding(Kind.NOT_SIGNED, name, seq, end, op.at, ops[-1].at)
                return
            if not _same(op, mine, blanked=seq in blanked):
                yield Finding(Kind.NOT_SIGNED, name, seq, seq, op.at, mine.at)

    def _blanked(self, number: int, first: int, last: int) -> set[int]:
        rows = self._library.rows(
            "select seq from chain_kept where stream = ? and seq between ? and ?",
            *(number, first, last),
        )
        return {row[0] for row in rows}

    def _signed(self, package: Package, device: bytes) -> bool:
        if package.redacted:
            return self._redacted(package, device)
        signed = package_bytes(self._library.id, package.body)
        return any(verify(key, package.signature, signed) for key in self._keys(device))

    def _redacted(self, package: Package, device: bytes) -> bool:
        """Whether somebody who may do so signed what is left after words were taken out."""
        note = read_note(package.redacted)
        if note is None or note.origin != device:
            return False
        signed = redacted_bytes(self._library.id, package.redacted, package.body)
        query = "select distinct device from certificate where short = ?"
        return any(
            verify(key, package.signature, signed)
            for row in self._library.rows(query, note.by)
            if bytes(row[0]) == device or self._may_redact(bytes(row[0]))
            for key in self._keys(bytes(row[0]))
        )

    def _may_redact(self, device: bytes) -> bool:
        query = "select data from certificate where device = ? order by issued desc limit 1"
        if self._authority is None:
            return True
        try:
            data = bytes(self._library.rows(query, device)[0][0])
            return read(data, self._authority, self._library.id).may_redact
        except CertificateError:
            return False

    def _read_keys(self, device: bytes) -> list[bytes]:
        rows = self._library.rows("select key, data from certificate where device = ?", device)
        return [bytes(key) for key, data in rows if self._believed(bytes(key), bytes(data))]

    def _believed(self, key: bytes, data: bytes) -> bool:
        if self._authority is None:
            return True
        try:
            return read(data, self._authority, self._library.id).key == key
        except CertificateError:
            return False


def _same(signed: Op, mine: Op, *, blanked: bool) -> bool:
    if not blanked:
        return signed == mine
    rest = dataclasses.replace(signed, payload={}) == dataclasses.replace(mine, payload={})
    return rest and _fewer(mine.payload, signed.payload)


def _fewer(mine: Mapping[str, Any], signed: Mapping[str, Any]) -> bool:
    """Whether a payload says what was signed, but for values that are blank."""
    if mine.keys() != signed.keys():
        return False
    for name, value in mine.items():
        before = signed[name]
        if isinstance(value, Mapping) and isinstance(before, Mapping):
            if not _fewer(value, before):
                return False
        elif value not in (None, "", before):
            return False
    return True
