"""What a library file has for others and takes in from them; the engine drives it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any, Final, TypeVar

import msgspec

from perpusdesk.domain.clock import COUNTER_BITS
from perpusdesk.domain.merge.judgement import CAPPED
from perpusdesk.domain.merge.lanes import LANES, lane_of_stream
from perpusdesk.domain.merge.ops import Op
from perpusdesk.protocol import wire
from perpusdesk.protocol.keys import package_bytes
from perpusdesk.protocol.messages import Cursor, Facts, Package, Piece
from perpusdesk.protocol.opened import Accepted, Arrival, Opened, PeerState
from perpusdesk.storage import cutting, intake, marks, op_log
from perpusdesk.storage.door import Door
from perpusdesk.storage.drafts import Action
from perpusdesk.storage.loose import loose_runs, signed
from perpusdesk.storage.meta import CHAIN_FOUND, EPOCH, HELD, UNDERSTANDING
from perpusdesk.storage.package_redaction import PackageRedaction, Redactor
from perpusdesk.storage.packages import Packages
from perpusdesk.storage.parts import in_parts
from perpusdesk.storage.pieces import Pieces

T = TypeVar("T")
Sign = Callable[[bytes], bytes]

AHEAD_MS: Final = 5 * 60 * 1000
"""How far a clock may run ahead of the server's before it is capped."""
_CONTACT_MS: Final = 30_000
_SEAL_OPS: Final = 2_000
_CHUNK: Final = 500


class ExchangeStore:
    """The exchange's side of one library file; used by the one thread that uses the file.

    ``sign`` signs with this device's key (``None``: not enrolled, nothing is sealed).
    ``caps_clocks``: this is a server, by whose clock others are judged. ``redacts``: others believe
    it when it takes words of erased persons out of packages (``storage.package_redaction``).
    """

    def __init__(self, door: Door, library: bytes) -> None:
        self._door = door
        self._database = door.database
        self.library = library
        self.device = door.device
        self.sign: Sign | None = None
        self.caps_clocks = False
        self.redacts = False
        self._packages = Packages(self._database)
        self._pieces = Pieces(door)
        self._redaction = PackageRedaction(door, self._packages)
        self._sealed: dict[int, int] = {}
        self._contacts: dict[bytes, tuple[int, Facts]] = {}
        self._contacts_since = 0
        self._known: dict[Any, Any] = {}
        self._known_at = -1

    def _once(self, what: Any, read: Callable[[], T]) -> T:
        """Read it once between two writes: a server is asked the same many times a second."""
        if not self._door.writable or self._door.writes % 2:
            return read()  # another program writes, or this one is just doing it
        if self._known_at != self._door.writes:
            self._known, self._known_at = {}, self._door.writes
        if what not in self._known:
            self._known[what] = read()
        found: T = self._known[what]
        return found

    def _rows(self, query: str, *values: Any) -> list[tuple[Any, ...]]:
        rows: list[tuple[Any, ...]] = self._database.execute_sql(query, values).fetchall()
        return rows

    def now_ms(self) -> int:
        """The believed time in Unix ms."""
        return self._door.time.now_ms()

    # -- own ops into packages ------------------------------------------------------------------

    def seal(self) -> int:
        """Sign the own ops that are in no package yet; return how many."""
        count = 0
        while some := self.seal_some():
            count += some
        return count

    def seal_some(self) -> int:
        """Do so with some thousand of them, all or nothing: a short piece of work."""
        part = None if self.sign is None else self._once("unsealed", self._unsealed_part)
        if part is None:
            return 0
        with self._door.transaction():
            return self._seal(*part)

    def _unsealed_part(self) -> tuple[int, list[Op]] | None:
        for number, ((first, last), *_) in loose_runs(self._door.meta).items():
            count = min(last - first + 1, _SEAL_OPS)
            ops = op_log.run_of(self._database, self._door.streams, number, first - 1, count)
            return number, ops
        for number, sealed in self._open_streams():
            ops = op_log.run_of(self._database, self._door.streams, number, sealed, _SEAL_OPS)
            if ops:
                return number, ops
        return None

    def _open_streams(self) -> Iterator[tuple[int, int]]:
        """Yield the own streams that have ops after the last sealed one, urgent ones first."""
        own = self._door.streams.of_device(self.device)
        loose = loose_runs(self._door.meta)
        own = {number: run for number, run in own.items() if number not in loose}
        highest = op_log.highest(self._database, own)
        for number in sorted(own, key=lambda n: (lane_of_stream(own[n]), n)):
            known = self._sealed.get(number)
            if known is None or known < highest[number]:
                known = self._sealed[number] = self._packages.sealed(number)
            if known < highest[number]:
                yield number, known

    def _seal(self, number: int, ops: list[Op]) -> int:
        sign = self.sign
        assert sign is not None
        made, first = [], ops[0].stamp.seq
        for body in wire.fit(ops):
            count = wire.read_header(body).count
            package = Package(body, sign(package_bytes(self.library, body)))
            made.append((package, number, first, first + count - 1))
            first += count
        self._packages.append(lane_of_stream(ops[0].stamp.incarnation), made, None)
        signed(self._door.meta, number, ops[-1].stamp.seq)
        return len(ops)

    def build_chains(self, most: int) -> tuple[int, bool]:
        """Make some of the hash chains of ops that are older than theirs (``storage.chain``).

        Returns how many ops that were, and whether more is to do.
        """
        if not self._door.chain.old():
            return 0, False
        with self._door.transaction():
            done, more = self._door.chain.build(most)
            _, found = self._door.meta.get(CHAIN_FOUND, (0, 0))
            self._door.meta.put(CHAIN_FOUND, (self.now_ms(), found + done))
        return done, more

    # -- what is here ---------------------------------------------------------------------------

    def cursor(self) -> Cursor:
        """Return the end of this log of arrivals."""
        return self._once("cursor", lambda: Cursor(self._epoch(), self._packages.heads()))

    def _epoch(self) -> bytes:
        return bytes(self._door.meta.get(EPOCH, b""))

    def hash_at(self, lane: int, arrival: int) -> bytes | None:
        """Return the running hash at a place of a lane, ``None`` when that is not reached."""
        read = partial(self._packages.hash_at, lane, arrival)
        return self._once((lane, arrival), read)

    def begin_epoch(self, random: bytes) -> None:
        """Say from now on that this log is another one than before: some of it was lost."""
        with self._door.transaction():
            self._door.meta.put(EPOCH, random)

    def have(
        self, after: tuple[bytes, int] | None, limit: int
    ) -> list[tuple[bytes, int, int, int]]:
        """Return streams in order: (device, incarnation, seq known without gap, highest seq)."""
        known = sorted(
            (device, incarnation, number)
            for number, device, incarnation in self._door.streams.all()
            if after is None or (device, incarnation) > after
        )[:limit]
        numbers = {number for _, _, number in known}
        reach = intake.reach(self._door, numbers)
        highest = op_log.highest(self._database, numbers)
        return [(d, i, reach[n], max(reach[n], highest[n])) for d, i, n in known]

    def reach(self, streams: Iterable[tuple[bytes, int]]) -> dict[tuple[bytes, int], int]:
        """Return up to which seq streams are known without a gap (0: not at all)."""
        numbers = {one: self._door.streams.known(*one) for one in streams}
        reach = intake.reach(self._door, {n for n in numbers.values() if n is not None})
        return {one: reach[n] if n is not None else 0 for one, n in numbers.items()}

    def after(self, lane: int, arrival: int) -> list[Arrival]:
        """Return some of the next packages of a lane, in the order they arrived."""
        return self._packages.after(lane, arrival)

    def of_stream(self, device: bytes, incarnation: int, after: int) -> list[tuple[int, Package]]:
        """Return some of the next packages of a stream that go beyond a seq, with their last."""
        number = self._door.streams.known(device, incarnation)
        return [] if number is None else self._packages.of_stream(number, after)

    def with_ops_of(self, entities: Sequence[bytes]) -> Iterator[Package]:
        """Yield the packages that hold ops of some records."""
        return self._packages.with_ops_of(entities)

    def unsealed(self) -> int:
        """Return how many own ops are in no package yet."""
        own = list(self._open_streams())
        highest = op_log.highest(self._database, [number for number, _ in own])
        loose = (run for runs in loose_runs(self._door.meta).values() for run in runs)
        unsigned = sum(last - first + 1 for first, last in loose)
        return unsigned + sum(highest[number] - sealed for number, sealed in own)

    def waiting(self, peer: bytes) -> int:
        """Return how many ops a peer is not known to have yet."""
        sent = self.peer(peer).sent
        query = (
            "select coalesce(sum(last_seq - first_seq + 1), 0) from package"
            " where lane = ? and arrival > ? and (source is null or source <> ?)"
        )
        counts = (self._rows(query, lane, sent.get(lane, 0), peer)[0][0] for lane in LANES)
        return self.unsealed() + sum(int(count) for count in counts)

    # -- taking in ------------------------------------------------------------------------------

    def accept(
        self,
        packages: Sequence[Opened],
        source: bytes | None,
        states: Mapping[bytes, PeerState] | None = None,
    ) -> Accepted:
        """Take in packages and what they say of peers, in one transaction.

        What is known already is not kept twice. Raises ``KnownError``; then nothing is there.
        """
        if any(one.device == self.device for one in packages):
            self.seal()  # a restored device meets what it wrote later: first what it has itself
        types: list[str] = []
        with self._door.transaction():
            new = [one for one in packages if not self._is_here(one)]
            if self.caps_clocks:
                types += self._cap_clocks(new)
            ops = [op for one in new for op in one.ops]
            done = intake.take_in(self._door, ops) if ops else intake.Ingested(0, 0, 0)
            self._keep(new, source)
            fresh = {id(one) for one in new}
            others = [one for one in packages if id(one) not in fresh]
            self._redaction.take_over(others, announces=self.redacts)
            for peer, state in (states or {}).items():
                self._put_peer(peer, state)
            self._put_contacts()
        self._door.versions.update({*types, *(op.entity_type for op in ops)})
        known = sum(len(one.ops) for one in packages) - done.new
        return Accepted(done.new, known, done.held)

    def _is_here(self, one: Opened) -> bool:
        number = self._door.streams.known(one.device, one.incarnation)
        if number is None:
            return False
        query = "select count(*) from op where stream = ? and seq between ? and ?"
        ops = self._rows(query, number, one.first, one.last)[0][0]
        held = "select 1 from package where stream = ? and last_seq >= ? and first_seq <= ? limit 1"
        return bool(ops == len(one.ops) and self._rows(held, number, one.first, one.last))

    def _keep(self, packages: Iterable[Opened], source: bytes | None) -> None:
        by_lane: dict[int, dict[bytes, tuple[Package, int, int, int]]] = {}
        for one in packages:
            number = self._door.streams.number(one.device, one.incarnation)
            row = (one.package, number, one.first, one.last)
            by_lane.setdefault(one.lane, {})[one.package.digest] = row
        for lane, rows in sorted(by_lane.items()):
            self._packages.append(lane, rows.values(), source)

    def _cap_clocks(self, packages: Iterable[Opened]) -> list[str]:
        """Say of ops whose clock runs ahead how they count (``domain.merge.judgement``)."""
        if self._door.time.suspect:
            return []
        limit = (self._door.time.now_ms() + AHEAD_MS) << COUNTER_BITS
        action = Action("cap_clock")
        for one in packages:
            if max(op.stamp.clock for op in one.ops) > limit:
                action.event(
                    CAPPED,
                    "clock_cap",
                    self._door.new_id(),
                    fresh=True,
                    device=one.device,
                    incarnation=one.incarnation.to_bytes(8, "big"),
                    first=one.first,
                    last=one.last,
                    clock=limit,
                )
        return self._door.put([action])[1] if action.drafts else []

    # -- peers ----------------------------------------------------------------------------------

    def peer(self, peer: bytes) -> PeerState:
        """Return how far the exchange with a peer has come."""
        rows = self._rows("select value from peer where id = ?", peer)
        return msgspec.msgpack.decode(rows[0][0], type=PeerState) if rows else PeerState()

    def put_peer(self, peer: bytes, state: PeerState) -> None:
        """Keep how far the exchange with a peer has come."""
        with self._door.transaction():
            self._put_peer(peer, state)

    def _put_peer(self, peer: bytes, state: PeerState) -> None:
        self._database.execute_sql(
            "insert into peer values (?, ?) on conflict(id) do update set value = excluded.value",
            (peer, msgspec.msgpack.encode(state)),
        )

    def note_contact(self, device: bytes, facts: Facts) -> None:
        """Remember when a device was here last, and how it was.

        It is written with what is written next, or after half a minute: no push waits for it.
        """
        self._contacts[device] = (self.now_ms(), facts)
        if not self._contacts_since:
            self._contacts_since = self._uptime_ms()
        elif self._uptime_ms() - self._contacts_since > _CONTACT_MS:
            self.keep_contacts()

    def keep_contacts(self) -> None:
        """Write what was noted of contacts; before the library is closed, too."""
        if self._contacts:
            with self._door.transaction():
                self._put_contacts()

    def _uptime_ms(self) -> int:
        return self._door.time.uptime_ms()

    def _put_contacts(self) -> None:
        noted, self._contacts, self._contacts_since = self._contacts, {}, 0
        if noted:
            self._database.cursor().executemany(
                "insert into contact values (?, ?, ?) on conflict(device) do update set"
                " at = excluded.at, value = excluded.value",
                [
                    (device, at, msgspec.msgpack.encode(facts))
                    for device, (at, facts) in noted.items()
                ],
            )

    def contacts(self) -> dict[bytes, tuple[int, Facts]]:
        """Return when each device was here last (Unix ms by our clock), and how it was."""
        kept = {
            bytes(device): (at, msgspec.msgpack.decode(value, type=Facts))
            for device, at, value in self._rows("select device, at, value from contact")
        }
        return kept | self._contacts

    def revoked(self, device: bytes) -> bool:
        """Whether the library revoked a device."""
        return device in self._door.streams.judgement.cuts

    def put_piece(self, piece: Piece, source: bytes) -> tuple[int, bytes | None]:
        """Keep a piece; return how many bytes are here, and the whole package with the last.

        None are here any more when the pieces come to something else than they said.
        """
        got = self._pieces.put(piece, source)
        whole = self._pieces.whole(piece.digest) if got >= piece.total else None
        if whole is None:
            return got, None
        self._pieces.forget(piece.digest)
        good = Package.parted(whole).content == piece.digest
        return (got, whole) if good else (0, None)

    def redact_some(self) -> bool:
        """Take words of persons out of some packages; return whether there may be more to do.

        A short piece of work, for moments when nobody waits (``storage.package_redaction``).
        """
        who = Redactor(self.library, self.device, self.sign, self.redacts)
        return self._redaction.step(who)

    # -- do our rows agree? ---------------------------------------------------------------------

    def essence(self) -> bytes:
        """Return 8 bytes that all rows come to."""
        return self._once("essence", lambda: marks.essence(self._database))

    def understanding(self) -> str:
        """Return what names the ops and fields that this program can fold.

        While a cut of the history is being put into effect, rows are not to be compared.
        """
        told = str(self._door.meta.get(UNDERSTANDING, ""))
        waits = cutting.waits(self._door)
        return f"{told} {self.device.hex()} cuts" if waits else told

    def holds_back(self) -> int:
        """Return how many kinds of ops wait for a newer program."""
        return len(self._door.meta.get(HELD, ()))

    def buckets(self) -> dict[tuple[str, int], tuple[int, int]]:
        """Return the digest: by type and bucket the xor of the marks and the number of rows."""
        return marks.buckets(self._database)

    def marks(self, buckets: Iterable[tuple[str, int]]) -> list[tuple[str, bytes, int]]:
        """Return (type, entity, mark) of the rows in some buckets (reads their whole tables)."""
        wanted: dict[str, set[int]] = {}
        for entity_type, bucket in buckets:
            wanted.setdefault(entity_type, set()).add(bucket)
        return [
            (entity_type, entity, mark)
            for entity_type, numbers in sorted(wanted.items())
            for entity, mark in self._door.rows.marks(entity_type)
            if entity[-1] in numbers
        ]

    def fold_anew(self, records: Mapping[str, Iterable[bytes]]) -> None:
        """Make the rows of records anew from the log."""
        for entity_type, entities in records.items():
            for part in in_parts(entities, _CHUNK):
                with self._door.transaction():
                    self._door.rows.fold_anew({entity_type: part})
                self._door.versions.update([entity_type])
