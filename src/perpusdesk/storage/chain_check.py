"""Was anything in the log changed behind the program's back? The chains say so; nothing is written.

``heads`` are for keeping elsewhere (a backup's list of contents, paper): who can write to the file
with its key can make a chain anew, but not what others hold of it. ``compare`` tells.
"""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from hashlib import blake2b
from itertools import pairwise
from typing import Any, Final

import msgspec

from perpusdesk.protocol import payload as wire
from perpusdesk.storage.chain import (
    EVERY,
    PAYLOAD,
    SALT_BYTES,
    SEQ,
    ends_of,
    first_link,
    leaf_of,
    next_link,
    rows_after,
    salt_at,
    salts_of,
)
from perpusdesk.storage.database import translated
from perpusdesk.storage.library import Library
from perpusdesk.storage.meta import CHAIN_FOUND, CHAIN_OLD, Meta
from perpusdesk.storage.op_log import COLUMNS
from perpusdesk.storage.sql import Sql

_AT: Final = COLUMNS.index("at")
_NOTHING: Final = bytes(SALT_BYTES)
_LATEST: Final = 2**63 - 1

Progress = Callable[[int, int], None]
"""Told (ops looked at, ops in all) now and then."""


class Kind(StrEnum):
    """What can be found; in a library that only the program wrote to, nothing ever is."""

    CHANGED = "changed"  # among these ops, at least one is not what was written
    MISSING = "missing"  # ops gone from the middle of a stream
    CUT_OFF = "cut_off"  # ops gone from its end
    ADDED = "added"  # ops that the program did not write or take in
    CHAIN_GONE = "chain_gone"  # the chain itself was taken out or damaged
    OTHER_HEAD = "other_head"  # not what somebody else holds of it
    TAKEN_OUT = "taken_out"  # a payload is gone as by an erasure, and there was none
    PACKAGE_CHANGED = "package_changed"  # a package that its device did not sign so
    PACKAGE_GONE = "package_gone"  # packages gone or moved
    NOT_SIGNED = "not_signed"  # ops that are not what their device signed


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found: the stream (``device/incarnation``), the seqs, and their time (Unix ms).

    The culprit is among the ops ``first`` to ``last``; times are 0 where no op is left to tell.
    """

    kind: Kind
    stream: str
    first: int
    last: int
    from_ms: int = 0
    to_ms: int = 0


@dataclass(frozen=True, slots=True)
class Standing:
    """How far the chains go: ``unproven`` ops have none yet.

    ``found`` ops were there before their chain was (at ``found_at_ms``, Unix ms): of these it
    proves that they are as they were then.
    """

    ops: int
    unproven: int
    found: int
    found_at_ms: int


def stream_name(device: bytes, incarnation: int) -> str:
    """Return a stream as ``Library.have`` names it."""
    return f"{device.hex()}/{incarnation:016x}"


def standing(library: Library) -> Standing:
    """Return how far the chains go (counts all ops)."""
    at_ms, found = Meta(library.database).get(CHAIN_FOUND, (0, 0))
    ops = int(library.value("select count(*) from op"))
    proven = sum(seq for seq, _ in ends_of(library.database).values())
    return Standing(ops, max(ops - proven, 0), found, at_ms)


def heads(library: Library) -> dict[str, tuple[int, str]]:
    """Return the end of each chain: seq and link in hex, by stream."""
    names = _names(library.database)
    ends = ends_of(library.database)
    return {
        stream_name(*names[number]): (seq, link.hex())
        for number, (seq, link) in sorted(ends.items())
        if number in names
    }


def _names(database: Sql) -> dict[int, tuple[bytes, int]]:
    rows = database.execute_sql("select number, device, incarnation from stream").fetchall()
    return {number: (bytes(device), int.from_bytes(run, "big")) for number, device, run in rows}


def seal_of(held: Mapping[str, tuple[int, str]]) -> str:
    """Return one short text for many heads, for paper: five groups of four letters and digits."""
    told = "\n".join(f"{name} {seq} {link}" for name, (seq, link) in sorted(held.items()))
    text = base64.b32encode(blake2b(told.encode(), digest_size=13).digest()).decode()[:20]
    return " ".join(text[start : start + 4] for start in range(0, 20, 4))


def verify(
    library: Library,
    progress: Progress = lambda _done, _all: None,
    limit: int = 100,
) -> list[Finding]:
    """Go along all chains; return at most ``limit`` findings, best none.

    Reads the whole log once, with bounded memory. Packages are ``package_check``'s.
    """
    found = []
    with translated(library.folder):
        for finding in _Walk(library.database, progress).findings():
            found.append(finding)
            if len(found) >= limit:
                break
    return found


def compare(library: Library, held: Mapping[str, tuple[int, str]]) -> list[Finding]:
    """Return where the library is not a continuation of what somebody holds of it."""
    found: list[Finding] = []
    with translated(library.folder):
        walk = Links(library.database)
        names = {stream_name(*name): number for number, name in walk.names.items()}
        for name, (seq, link) in held.items():
            number = names.get(name)
            reached = 0 if number is None else walk.reach(number)
            if number is None or reached < seq:
                found.append(Finding(Kind.CUT_OFF, name, reached + 1, seq))
            elif walk.at(number, seq).hex() != link:
                found.append(Finding(Kind.OTHER_HEAD, name, 1, seq))
    return found


class Links:
    """The links of one file's chains, as its ops make them."""

    def __init__(self, database: Sql) -> None:
        self._database = database
        self.names = _names(database)
        self._ends = ends_of(database)

    def _rows(self, query: str, *values: Any) -> list[tuple[Any, ...]]:
        rows: list[tuple[Any, ...]] = self._database.execute_sql(query, values).fetchall()
        return rows

    def reach(self, number: int) -> int:
        """Return the seq at which a stream's chain ends."""
        return self._ends.get(number, (0, b""))[0]

    def at(self, number: int, seq: int) -> bytes:
        """Return the link at a seq, as the ops make it from the last row of the chain before."""
        if self._ends.get(number, (0, b""))[0] == seq:
            return self._ends[number][1]
        rows = self._rows(
            "select seq, hash, salts from chain where stream = ? and seq <= ?"
            " order by seq desc limit 1",
            number,
            seq,
        )
        at, link = (rows[0][0], bytes(rows[0][1])) if rows else (0, first_link(*self.names[number]))
        if at == seq or not rows or rows[0][2] is None:
            return link
        return self._links(number, at, seq, link, bytes(rows[0][2]))[0]

    def _links(
        self, number: int, start: int, end: int, link: bytes, seed: bytes
    ) -> tuple[bytes, list[Any], list[int]]:
        """Return the link after the ops up to ``end``, their rows, and which seqs are missing."""
        salts = salts_of(seed)
        query = (
            f"select {', '.join(COLUMNS)} from op where stream = ? and seq > ? and seq <= ?"
            " order by seq"
        )
        rows = self._rows(query, number, start, end)
        kept: dict[int, bytes] = {}
        if len(seed) > SALT_BYTES:
            query = "select seq, leaf from chain_kept where stream = ? and seq > ? and seq <= ?"
            kept = {seq: bytes(leaf) for seq, leaf in self._rows(query, number, start, end)}
        for row in rows:
            salt = salt_at(salts, row[SEQ])
            leaf = kept.get(row[SEQ], b"") if salt == _NOTHING else leaf_of(row[PAYLOAD], salt)
            link = next_link(link, leaf, row)
        there = {row[SEQ] for row in rows}
        return link, rows, [seq for seq in range(start + 1, end + 1) if seq not in there]


class _Walk(Links):
    """Goes along the chains of one file."""

    def __init__(self, database: Sql, progress: Progress) -> None:
        super().__init__(database)
        self._progress = progress
        self._old = set(Meta(database).get(CHAIN_OLD, ()))
        self._blanks = any(
            self._rows(f"select 1 from {where} limit 1")
            for where in (
                "op where type in ('erasure', 'history_cut')",
                "package where redacted is not null",
            )
        )
        self._done = 0

    def findings(self) -> Iterator[Finding]:
        """Yield what is wrong, stream by stream."""
        ((total,),) = self._rows("select count(*) from op")
        for number in sorted(self.names):
            yield from self._stream(number, total)
        yield from self._strays()
        self._progress(total, total)

    def _stream(self, number: int, total: int) -> Iterator[Finding]:
        marks = self._rows(
            "select seq, hash, salts from chain where stream = ? order by seq", number
        )
        end, link = self._ends.get(number, (0, b""))
        if marks and end > marks[-1][0]:
            marks.append((end, link, None))
        if not marks:
            if number not in self._old:
                yield from self._unchained(number, 0)
            return
        name = stream_name(*self.names[number])
        if marks[0][0] != 0 or bytes(marks[0][1]) != first_link(*self.names[number]):
            yield Finding(Kind.CHAIN_GONE, name, 1, marks[0][0])
        for before, after in pairwise(marks):
            yield from self._part(number, before, after)
            self._done += after[0] - before[0]
            self._progress(self._done, total)
        if number not in self._old:
            yield from self._unchained(number, marks[-1][0])

    def _part(
        self, number: int, before: tuple[Any, ...], after: tuple[Any, ...]
    ) -> Iterator[Finding]:
        (start, link, seed), (end, wanted, _) = before, after
        name = stream_name(*self.names[number])
        if end - start > EVERY or seed is None:
            yield Finding(Kind.CHAIN_GONE, name, start + 1, end)
            return
        now, rows, missing = self._links(number, start, end, bytes(link), bytes(seed))
        times = [row[_AT] for row in rows] or [0]
        span = (min(times), max(times))
        if missing:
            kind = Kind.CUT_OFF if not self._after(number, missing[-1]) else Kind.MISSING
            yield Finding(kind, name, missing[0], missing[-1], *span)
        elif now != bytes(wanted):
            yield Finding(Kind.CHANGED, name, start + 1, end, *span)
        if len(seed) > SALT_BYTES:
            yield from self._taken_out(name, rows, salts_of(bytes(seed)))

    def _taken_out(self, name: str, rows: list[Any], salts: bytes) -> Iterator[Finding]:
        """Tell of ops that count as blanked, but are not as an erasure or a cut leaves them."""
        for row in rows:
            if salt_at(salts, row[SEQ]) == _NOTHING and not (
                self._blanks and _has_blank(bytes(row[PAYLOAD]))
            ):
                yield Finding(Kind.TAKEN_OUT, name, row[SEQ], row[SEQ], row[_AT], row[_AT])

    def _after(self, number: int, seq: int) -> bool:
        return bool(
            self._rows("select 1 from op where stream = ? and seq > ? limit 1", number, seq)
        )

    def _unchained(self, number: int, end: int) -> Iterator[Finding]:
        """Tell of ops that follow the end of a chain without a gap: the program chains those."""
        last, from_ms, to_ms = end, _LATEST, 0
        for row in rows_after(self._database, number, end):
            if row[SEQ] != last + 1:
                break
            last, from_ms, to_ms = row[SEQ], min(from_ms, row[_AT]), max(to_ms, row[_AT])
        if last > end:
            name = stream_name(*self.names[number])
            yield Finding(Kind.ADDED, name, end + 1, last, from_ms, to_ms)

    def _strays(self) -> Iterator[Finding]:
        """Tell of ops and chains of a stream that the library does not know."""
        query = (
            "select stream, min(seq), max(seq), min(at), max(at) from op where not exists"
            " (select 1 from stream where number = op.stream) group by stream"
        )
        for number, first, last, from_ms, to_ms in self._rows(query):
            yield Finding(Kind.ADDED, f"?/{number}", first, last, from_ms, to_ms)
        for number, (last, _) in sorted(self._ends.items()):
            if number not in self.names:
                yield Finding(Kind.CUT_OFF, f"?/{number}", 1, last)


def _has_blank(data: bytes) -> bool:
    """Whether a payload has a value that is blank, as ``domain.merge.privacy`` leaves them."""
    try:
        payload = wire.decode(data)
    except msgspec.DecodeError:
        return False
    fields = payload.get("fields")
    values = [*payload.values(), *(fields.values() if isinstance(fields, dict) else ())]
    return any(value in (None, "") for value in values)
