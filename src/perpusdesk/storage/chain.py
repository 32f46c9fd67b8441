"""The running hash over each stream of ops, written in the transaction of the ops.

``link[0]`` is a hash of the stream's name, ``link[n]`` one of ``link[n - 1]``, of a hash of the
op's payload and of all else that its row holds. A changed, missing, added or moved op breaks it.

The hash of a payload (its *leaf*) is made with a salt of the op's own. Privacy blanks payloads on
purpose: then the leaf stays, the salt is destroyed, the chain still closes, and nobody can find
out by trying guesses what the payload said. So salts are of this device alone, and so are links.

``chain`` holds a row each 256 ops, with the seed of the salts that follow it, and one for the end;
but for the streams that this run of the program writes, whose end is in ``meta``, beside the clock
that each commit keeps anyway.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b, shake_128
from typing import Any, Final

import msgspec

from perpusdesk.storage.meta import CHAIN_ENDS, CHAIN_OLD, Meta
from perpusdesk.storage.op_log import COLUMNS
from perpusdesk.storage.sql import Sql
from perpusdesk.storage.stamps import Streams

EVERY: Final = 256
SEED_BYTES: Final = 16
SALT_BYTES: Final = 16
SEQ: Final = COLUMNS.index("seq")
STREAM: Final = COLUMNS.index("stream")
PAYLOAD: Final = COLUMNS.index("payload")
_PART: Final = 1_000
_ALL: Final = 2**63 - 1
_MOST_HEADS: Final = 64
_WORDS: Final = b"perpusdesk chain 1\0"
_NOTHING: Final = bytes(SALT_BYTES)
_READ: Final = f"select {', '.join(COLUMNS)} from op where stream = ? and seq > ? order by seq"
_encode = msgspec.msgpack.Encoder().encode

OpRow = Sequence[Any]
"""The values of an op row in the order of ``op_log.COLUMNS``."""


def first_link(device: bytes, incarnation: int) -> bytes:
    """Return the link before the first op of a stream."""
    name = device + incarnation.to_bytes(8, "big")
    return blake2b(_WORDS + name, digest_size=32).digest()


def leaf_of(payload: bytes, salt: bytes) -> bytes:
    """Return the hash of a payload with the salt of its op."""
    return blake2b(payload, key=salt, digest_size=32).digest()


def next_link(before: bytes, leaf: bytes, row: OpRow) -> bytes:
    """Return the link after one more op; the stream's local number is no part of it."""
    clock, _, *rest = row
    rest[-1] = leaf
    return blake2b(before + _encode((clock, *rest)), digest_size=32).digest()


def salts_of(kept: bytes) -> bytes:
    """Return the salts of 256 ops from what a row keeps: their seed, or themselves."""
    return kept if len(kept) > SEED_BYTES else shake_128(kept).digest(EVERY * SALT_BYTES)


def salt_at(salts: bytes, seq: int) -> bytes:
    """Return the salt of one of these ops; all zeros: it was destroyed."""
    place = (seq - 1) % EVERY * SALT_BYTES
    return salts[place : place + SALT_BYTES]


@dataclass(slots=True)
class Head:
    """The end of a stream's chain: ``salts`` are for the ops that follow."""

    seq: int
    link: bytes
    salts: bytes
    stored: bool


class Chain:
    """Keeps the chains of one library file; every method works in the caller's transaction."""

    def __init__(self, database: Sql, streams: Streams) -> None:
        self._database = database
        self._streams = streams
        self._heads: dict[int, Head] = {}
        self._meta = Meta(database)
        self._old: set[int] | None = None
        self._ends: dict[int, tuple[int, bytes]] | None = None

    @property
    def ends(self) -> dict[int, tuple[int, bytes]]:
        """The end (seq, link) of each own stream of this run, to be kept as ``CHAIN_ENDS``."""
        return self._ends or {}

    def forget(self) -> None:
        """Read anew from now on: a transaction failed, or the file was filled by others."""
        self._heads.clear()
        self._old = self._ends = None

    def begin(self) -> None:
        """Note once which streams are older than their chains (``build`` makes those later)."""
        if self._meta.get(CHAIN_OLD, None) is None:
            self.begin_anew()

    def begun(self) -> bool:
        """Whether ``begin`` was done for this file."""
        return self._meta.get(CHAIN_OLD, None) is not None

    def begin_anew(self) -> None:
        """Drop all chains; ``build`` makes them from what is there now."""
        for table in ("chain", "chain_kept"):
            self._database.execute_sql(f"delete from {table}")
        query = "select number from stream where exists (select 1 from op where stream = number)"
        rows = self._database.execute_sql(query).fetchall()
        self.forget()
        self._meta.put(CHAIN_ENDS, {})
        self._put_old({row[0] for row in rows})

    def old(self) -> set[int]:
        """Return the streams, by local number, whose chain is still to be built."""
        if self._old is None:
            self._old = set(self._meta.get(CHAIN_OLD, ()))
        return self._old

    def _put_old(self, streams: set[int]) -> None:
        self._meta.put(CHAIN_OLD, sorted(streams))
        self._old = streams

    # -- going on ---------------------------------------------------------------------------------

    def extend_own(self, rows: Sequence[OpRow]) -> None:
        """Go on with the streams of this run; the caller keeps ``ends`` in the transaction."""
        ends = self._own_ends()
        by_stream: dict[int, list[OpRow]] = {}
        for row in rows:
            by_stream.setdefault(row[STREAM], []).append(row)
        for number, new in by_stream.items():
            if number in self.old():
                continue
            head = self._head(number)
            if number not in ends and head.seq % EVERY:  # ``build`` made its beginning
                query = "delete from chain where stream = ? and seq = ?"
                self._database.execute_sql(query, (number, head.seq))
            self._insert(self._go_on(number, head, new))
            ends[number] = (head.seq, head.link)

    def _own_ends(self) -> dict[int, tuple[int, bytes]]:
        """Return the ends of this run; those of the run before move into the table first."""
        if self._ends is None:
            for number, (seq, link) in self._meta.get(CHAIN_ENDS, {}).items():
                if seq % EVERY:
                    self._insert([(number, seq, link, None)])
                self._heads.pop(number, None)
            self._ends = {}
        return self._ends

    def extend(self, rows: Iterable[OpRow], *, sure: bool = True) -> None:
        """Go on with the chains of streams after foreign ops were put into the log.

        ``sure``: none of them was in the log before, so that what is there are these rows.
        """
        old = self.old()
        by_stream: dict[int, dict[int, OpRow]] = {}
        for row in rows:
            if row[STREAM] not in old:  # of a seq that comes twice, the first is in the log
                by_stream.setdefault(row[STREAM], {}).setdefault(row[SEQ], row)
        for number, new in by_stream.items():
            head = self._head(number)
            fresh = sorted(seq for seq in new if seq > head.seq)
            if not fresh or fresh[0] != head.seq + 1:
                continue  # known before, or a gap is still open
            dense = sure and fresh[-1] - head.seq == len(fresh)
            if dense and not self._later(number, fresh[-1]):
                self._continue(number, head, [new[seq] for seq in fresh])
            else:
                self._catch_up(number, head)

    def _later(self, number: int, seq: int) -> bool:
        """Whether the log has ops of a stream after a seq."""
        query = "select 1 from op where stream = ? and seq > ? limit 1"
        return bool(self._database.execute_sql(query, (number, seq)).fetchall())

    def _catch_up(self, number: int, head: Head, most: int = _ALL) -> int:
        """Go on as far as the log has no gap; return how many ops that were."""
        done = 0
        while done < most:
            size = min(_PART, most - done)
            query = f"{_READ} limit {size}"
            part = self._database.execute_sql(query, (number, head.seq)).fetchall()
            dense = [row for place, row in enumerate(part, head.seq + 1) if row[SEQ] == place]
            if dense:
                self._continue(number, head, dense)
            done += len(dense)
            if len(dense) < size:
                break
        return done

    def _continue(self, number: int, head: Head, rows: Sequence[OpRow]) -> None:
        """Hash ops that follow a head without a gap, and keep where that ends."""
        was, marks = head.seq, self._go_on(number, head, rows)
        if was % EVERY and head.seq % EVERY:
            self._database.execute_sql(
                "update chain set seq = ?, hash = ? where stream = ? and seq = ?",
                (head.seq, head.link, number, was),
            )
        elif was % EVERY:
            query = "delete from chain where stream = ? and seq = ?"
            self._database.execute_sql(query, (number, was))
        elif head.seq % EVERY:
            marks.append((number, head.seq, head.link, None))
        self._insert(marks)

    def _go_on(self, number: int, head: Head, rows: Sequence[OpRow]) -> list[tuple[Any, ...]]:
        """Move a head along ops that follow it without a gap; return the rows to be kept of it."""
        marks: list[tuple[Any, ...]] = []
        if not head.stored:
            marks.append((number, head.seq, head.link, head.salts))
            head.salts, head.stored = salts_of(head.salts), True
        link, seq, salts = head.link, head.seq, head.salts
        for row in rows:
            seq += 1
            link = next_link(link, leaf_of(row[PAYLOAD], salt_at(salts, seq)), row)
            if seq % EVERY == 0:
                seed = secrets.token_bytes(SEED_BYTES)
                marks.append((number, seq, link, seed))
                salts = salts_of(seed)
        head.seq, head.link, head.salts = seq, link, salts
        return marks

    def _insert(self, marks: list[tuple[Any, ...]]) -> None:
        if marks:
            self._database.cursor().executemany("insert into chain values (?, ?, ?, ?)", marks)

    def _head(self, number: int) -> Head:
        head = self._heads.get(number)
        if head is None:
            if len(self._heads) >= _MOST_HEADS:
                self._heads.clear()
            head = self._heads[number] = self._read_head(number)
        return head

    def _read_head(self, number: int) -> Head:
        query = "select seq, hash, salts from chain where stream = ? order by seq desc limit 2"
        rows = self._database.execute_sql(query, (number,)).fetchall()
        if not rows:
            device, incarnation = self._streams.name(number)
            link = first_link(device, incarnation)
            return Head(0, link, secrets.token_bytes(SEED_BYTES), stored=False)
        salts = salts_of(bytes(next(salts for _, _, salts in rows if salts is not None)))
        seq, link = max((rows[0][0], rows[0][1]), self._end(number))
        return Head(seq, bytes(link), salts, stored=True)

    def _end(self, number: int) -> tuple[int, bytes]:
        """Return the end of a stream as ``meta`` has it; (0, nothing): it has none."""
        ends = self._meta.get(CHAIN_ENDS, {}) if self._ends is None else self._ends
        seq, link = ends.get(number, (0, b""))
        return seq, link

    # -- later ------------------------------------------------------------------------------------

    def build(self, most: int) -> tuple[int, bool]:
        """Make some of the chains that are missing; return how many ops, and if more is to do."""
        done, old = 0, set(self.old())
        for number in sorted(old):
            if done >= most:
                break
            want = most - done
            got = self._catch_up(number, self._head(number), want)
            done += got
            if got < want:
                old.discard(number)
        if old != self.old():
            self._put_old(old)
        return done, bool(old)

    def keep(self, number: int, seqs: Iterable[int]) -> None:
        """Keep the leaves of ops whose payload is about to be blanked, and destroy their salts."""
        head = self._head(number)
        wanted = sorted({seq for seq in seqs if 0 < seq <= head.seq})
        parts: dict[int, list[int]] = {}
        for seq in wanted:
            parts.setdefault((seq - 1) // EVERY * EVERY, []).append(seq)
        for start, some in parts.items():
            self._keep_some(number, start, some)
        self._heads.pop(number, None)

    def _keep_some(self, number: int, start: int, seqs: list[int]) -> None:
        query = "select salts from chain where stream = ? and seq = ?"
        rows = self._database.execute_sql(query, (number, start)).fetchall()
        if not rows or rows[0][0] is None:
            return
        salts, kept = bytearray(salts_of(bytes(rows[0][0]))), []
        query = "select seq, payload from op where stream = ? and seq between ? and ?"
        for seq, payload in self._database.execute_sql(query, (number, seqs[0], seqs[-1])):
            salt = bytes(salt_at(bytes(salts), seq))
            if seq in seqs and salt != _NOTHING:
                kept.append((number, seq, leaf_of(bytes(payload), salt)))
                place = (seq - 1) % EVERY * SALT_BYTES
                salts[place : place + SALT_BYTES] = _NOTHING
        if kept:
            cursor = self._database.cursor()
            cursor.executemany("insert into chain_kept values (?, ?, ?)", kept)
            query = "update chain set salts = ? where stream = ? and seq = ?"
            self._database.execute_sql(query, (bytes(salts), number, start))


def ends_of(database: Sql) -> dict[int, tuple[int, bytes]]:
    """Return the end (seq, link) of each chain, by local number of the stream."""
    query = (
        "select stream, seq, hash from chain c where seq ="
        " (select max(seq) from chain where stream = c.stream)"
    )
    rows = database.execute_sql(query).fetchall()
    ends = {number: (seq, bytes(link)) for number, seq, link in rows}
    for number, (seq, link) in Meta(database).get(CHAIN_ENDS, {}).items():
        if seq > ends.get(number, (0, b""))[0]:
            ends[number] = (seq, link)
    return ends


def rows_after(database: Sql, number: int, seq: int) -> Iterator[OpRow]:
    """Yield the op rows of a stream after a seq, with bounded memory."""
    while True:
        query = f"{_READ} limit {_PART}"
        part = database.execute_sql(query, (number, seq)).fetchall()
        yield from part
        if len(part) < _PART:
            return
        seq = part[-1][SEQ]


def carry_over(source: Sql, target: Sql) -> None:
    """Bring the chains of a file to another one that was made of its ops, as they were.

    So what others hold of the old file still tells of the new one, and what was lost on the way
    shows. Within the target's transaction; its own chains of these streams are replaced, and it
    must be opened anew.
    """
    query = "select number, device, incarnation from stream"
    then = {(bytes(d), bytes(i)): number for number, d, i in source.execute_sql(query).fetchall()}
    now = {(bytes(d), bytes(i)): number for number, d, i in target.execute_sql(query).fetchall()}
    meta, ends = Meta(target), Meta(source).get(CHAIN_ENDS, {})
    mine = meta.get(CHAIN_ENDS, {})
    for name, number in now.items():
        if name in then:
            _carry(source, target, then[name], number)
            mine.pop(number, None)
            if then[name] in ends:
                mine[number] = ends[then[name]]
    meta.put(CHAIN_ENDS, mine)
    old = set(Meta(source).get(CHAIN_OLD, ()))
    mine_old = set(meta.get(CHAIN_OLD, ())) - {now[name] for name in now if name in then}
    more = {now[name] for name, number in then.items() if number in old and name in now}
    meta.put(CHAIN_OLD, sorted(mine_old | more))


def _carry(source: Sql, target: Sql, then: int, now: int) -> None:
    for table, columns in (("chain", "seq, hash, salts"), ("chain_kept", "seq, leaf")):
        target.execute_sql(f"delete from {table} where stream = ?", (now,))
        query = f"select {columns} from {table} where stream = ?"
        rows = [(now, *row) for row in source.execute_sql(query, (then,)).fetchall()]
        if rows:
            slots = ", ".join("?" * len(rows[0]))
            target.cursor().executemany(f"insert into {table} values ({slots})", rows)
