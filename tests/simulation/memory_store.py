"""A library in plain dictionaries behind the same exchange: the same rules, none of the SQL.

It writes with ``storage.pen``, judges and folds with ``domain.merge``, and makes the same marks as
``storage``, so that it and a real file that hold the same ops have the same digest.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

import msgspec

from perpusdesk.domain.clock import COUNTER_BITS
from perpusdesk.domain.merge import judgement as judging
from perpusdesk.domain.merge import kinds
from perpusdesk.domain.merge.fields import FieldState, fold_fields
from perpusdesk.domain.merge.judgement import CAPPED, JUDGING, Judgement, changed_streams
from perpusdesk.domain.merge.lanes import lane_of_stream
from perpusdesk.domain.merge.ops import DELETE, Op, Stamp
from perpusdesk.domain.merge.personal import ABOUT
from perpusdesk.domain.merge.privacy import LINKS, PRIVATE, Privacy, privacy_of
from perpusdesk.domain.merge.records import FIELD_RECORDS
from perpusdesk.protocol import payload, wire
from perpusdesk.protocol.keys import package_bytes
from perpusdesk.protocol.messages import Cursor, Facts, Package, Piece
from perpusdesk.protocol.opened import Accepted, Arrival, Opened, PeerState
from perpusdesk.storage.drafts import Action
from perpusdesk.storage.event_rows import KINDS, row_mark
from perpusdesk.storage.exchange_store import AHEAD_MS
from perpusdesk.storage.marks import mark
from perpusdesk.storage.packages import next_hash
from perpusdesk.storage.pen import Pen, Seen
from perpusdesk.storage.timekeeping import Sources, Timekeeper
from simulation.disk import START, Disk, Entity, Kept, Stream
from simulation.memory_privacy import Redacting

BODY_BYTES = 700
"""Small, so that a day's work comes to several packages."""
_AT_ONCE = 40


class MemoryStore(Redacting):
    """One run of the program on a disk (``engine.ports.Store``); a restart makes another one.

    ``lacks`` are the (type, kind) that this program is too old for.
    """

    def __init__(
        self,
        disk: Disk,
        library: bytes,
        device: bytes,
        sources: Sources,
        lacks: frozenset[tuple[str, str]] = frozenset(),
    ) -> None:
        self.disk, self.library, self.device, self.lacks = disk, library, device, lacks
        self.sign: Callable[[bytes], bytes] = bytes
        self.caps_clocks = False
        self.redacts = False
        self.time = Timekeeper(sources, *disk.values.get("clock", (0, 0)))
        self.pen = Pen(device, self.time, sources.random)
        self.judgement = Judgement()
        self.privacy = Privacy()
        self._announced: dict[bytes, tuple[int, int]] = {}
        self._learn()

    def now_ms(self) -> int:
        return self.time.now_ms()

    # -- writing --------------------------------------------------------------------------------

    def write(self, action: Action) -> list[Op]:
        """Commit one action as ``storage.door`` does."""
        seen: Seen = {}
        ops = self.pen.ops_of(action, self._clocks, self._raw, seen)
        self._append(ops)
        self._fold(ops)
        self._redact(ops)
        self._keep_clock()
        return ops

    def _clocks(self, entity_type: str, entity: UUID) -> dict[str, Stamp]:
        state = self.disk.records.get((entity_type, entity.bytes))
        return dict(state.clocks) if state else {}

    def _raw(self, stamp: Stamp) -> Stamp:
        found = self.disk.log.get(stamp[1:])
        return found.stamp if found else stamp

    def _keep_clock(self) -> None:
        self.disk.values["clock"] = (self.time.last, self.time.last_wall_ms)

    # -- the log --------------------------------------------------------------------------------

    def _append(self, ops: Iterable[Op]) -> int:
        disk, new = self.disk, 0
        streams: dict[Stream, None] = {}
        for op in ops:
            key = op.stamp[1:]
            if key in disk.log:
                continue
            new += 1
            disk.log[key] = op
            entity = (op.entity_type, op.entity.bytes)
            disk.entities[entity] = (*disk.entities.get(entity, ()), op)
            stream = key[:2]
            disk.top[stream] = max(op.stamp.seq, disk.top.get(stream, 0))
            streams[stream] = None
        for stream in streams:
            reach = disk.reach.get(stream, 0)
            while (*stream, reach + 1) in disk.log:
                reach += 1
            disk.reach[stream] = reach
        return new

    def _learn(self) -> None:
        told = [
            op for (kind, _), ops in self.disk.entities.items() if kind in JUDGING for op in ops
        ]
        self.judgement = judging.judgement_of(told)
        said = [
            op
            for (kind, _), ops in self.disk.entities.items()
            if kind in PRIVATE
            for op in ops
            if self.understands(op)
        ]
        erased, carried, cuts = privacy_of(said, self.judgement.judged)
        self.privacy = Privacy(erased, carried, cuts, cuts)

    def _learn_anew(self, ops: Iterable[Op]) -> set[Entity]:
        if not any(op.entity_type in (*JUDGING, *PRIVATE) for op in ops):
            return set()
        before, privacy = self.judgement, self.privacy
        self._learn()
        return self._judged_anew(before) | (self._persons() if self.privacy != privacy else set())

    def _persons(self) -> set[Entity]:
        """Return the records that an erasure or a cut may concern."""
        return {one for one in self.disk.entities if one[0] in LINKS or one[0] in ABOUT}

    def _judged_anew(self, before: Judgement) -> set[Entity]:
        capped, cut = changed_streams(before, self.judgement)
        if not capped and not cut:
            return set()
        return {
            (op.entity_type, op.entity.bytes)
            for op in self.disk.log.values()
            if op.stamp[1:3] in capped or op.stamp.device in cut or (capped and op.kind == DELETE)
        }

    # -- rows -----------------------------------------------------------------------------------

    def understands(self, op: Op) -> bool:
        """Whether this program can fold an op."""
        return (op.entity_type, op.kind) not in self.lacks and kinds.understood(op)

    def _fold(self, ops: list[Op]) -> list[Op]:
        """Fold ops that are in the log already; return those that are held."""
        touched = self._learn_anew(ops)
        held = [op for op in ops if not self.understands(op)]
        clear = [op for op in ops if self.understands(op)]
        groups: dict[Entity, list[Op]] = {}
        for op in self.judgement.judged(clear):
            groups.setdefault((op.entity_type, op.entity.bytes), []).append(op)
        persons = set() if self.privacy.empty else self._persons()
        touched |= {(op.entity_type, op.entity.bytes) for op in clear} & persons
        for entity, some in groups.items():
            if entity in touched:
                continue
            if entity[0] in FIELD_RECORDS:
                state = self.disk.records.get(entity)
                self._put_record(entity, fold_fields(_copied(state), some))
            else:
                self._put_event(entity, self.counting(entity))
        self._fold_anew(touched)
        for op in held:
            self.disk.held[op.stamp[1:]] = None
        return held

    def counting(self, entity: Entity) -> list[Op]:
        """Return the ops of a record that count here, as they count."""
        there = self.disk.entities.get(entity, ())
        told = self.judgement.judged(self.privacy.blank(there))
        return [op for op in told if self.understands(op)]

    def _fold_anew(self, entities: Iterable[Entity]) -> None:
        for entity in entities:
            ops = self.counting(entity)
            if entity[0] in FIELD_RECORDS:
                self._put_record(entity, fold_fields(FieldState(), ops))
            else:
                self._put_event(entity, ops)

    def _put_record(self, entity: Entity, state: FieldState) -> None:
        disk = self.disk
        if not state.clocks and state.tombstone is None:
            disk.records.pop(entity, None)
            disk.marks.pop(entity, None)
            return
        disk.records[entity] = state
        values = [(name, state.values[name], state.clocks[name]) for name in sorted(state.clocks)]
        base = sorted(state.tombstone_base.items())
        disk.marks[entity] = mark([entity[1], values, state.tombstone, base])

    def _put_event(self, entity: Entity, ops: list[Op]) -> None:
        if entity[0] not in KINDS:
            return
        if not ops:
            self.disk.rows.pop(entity, None)
            self.disk.marks.pop(entity, None)
            return
        row = self.disk.rows[entity] = KINDS[entity[0]].derive(ops)
        self.disk.marks[entity] = row_mark(*entity, row[:-1], row[-1])

    def upgrade(self) -> None:
        """Go on with a program that understands everything."""
        self.lacks = frozenset()
        held, self.disk.held = list(self.disk.held), {}
        self._fold([self.disk.log[key] for key in held])

    # -- packages -------------------------------------------------------------------------------

    def seal(self) -> int:
        count = 0
        own = sorted(one for one in self.disk.top if one[0] == self.device)
        for stream in own:
            ops = self._unsealed(stream)
            first = ops[0].stamp.seq if ops else 0
            count += len(ops)
            for body in wire.fit(ops, BODY_BYTES) if ops else ():
                last = first + wire.read_header(body).count - 1
                package = Package(body, self.sign(package_bytes(self.library, body)))
                self._keep(package, stream, first, last, None)
                first = last + 1
        return count

    def _unsealed(self, stream: Stream) -> list[Op]:
        sealed = max((kept.last for kept in self.disk.of_stream.get(stream, ())), default=0)
        ops = []
        while op := self.disk.log.get((*stream, sealed + 1 + len(ops))):
            ops.append(op)
        return ops

    def unsealed(self) -> int:
        own = [one for one in self.disk.top if one[0] == self.device]
        return sum(len(self._unsealed(stream)) for stream in own)

    def _keep(
        self, package: Package, stream: Stream, first: int, last: int, source: bytes | None
    ) -> None:
        disk, lane = self.disk, lane_of_stream(stream[1])
        before = disk.lanes[lane][-1].hash if disk.lanes[lane] else START
        kept = Kept(package, stream, first, last, source, next_hash(before, package))
        disk.lanes[lane] = (*disk.lanes[lane], kept)
        disk.of_stream[stream] = (*disk.of_stream.get(stream, ()), kept)

    # -- what is here ---------------------------------------------------------------------------

    def cursor(self) -> Cursor:
        heads = {
            lane: (len(kept), kept[-1].hash if kept else START)
            for lane, kept in self.disk.lanes.items()
        }
        return Cursor(self.disk.values.get("epoch", b""), heads)

    def hash_at(self, lane: int, arrival: int) -> bytes | None:
        kept = self.disk.lanes.get(lane, ())
        if arrival == 0:
            return START
        return kept[arrival - 1].hash if 0 < arrival <= len(kept) else None

    def begin_epoch(self, random: bytes) -> None:
        self.disk.values["epoch"] = random

    def have(
        self, after: tuple[bytes, int] | None, limit: int
    ) -> list[tuple[bytes, int, int, int]]:
        disk = self.disk
        known = sorted(one for one in disk.top if after is None or one > after)[:limit]
        return [(*one, disk.reach[one], disk.top[one]) for one in known]

    def reach(self, streams: Iterable[tuple[bytes, int]]) -> dict[tuple[bytes, int], int]:
        return {one: self.disk.reach.get(one, 0) for one in streams}

    def after(self, lane: int, arrival: int) -> list[Arrival]:
        there = self.disk.lanes[lane][arrival : arrival + _AT_ONCE]
        return [
            Arrival(lane, arrival + place, kept.package, kept.source)
            for place, kept in enumerate(there, start=1)
        ]

    def of_stream(self, device: bytes, incarnation: int, after: int) -> list[tuple[int, Package]]:
        there = self.disk.of_stream.get((device, incarnation), ())
        found = [(kept.last, kept.package) for kept in there if kept.last > after]
        return sorted(found, key=lambda one: one[0])[:_AT_ONCE]

    def with_ops_of(self, entities: Sequence[bytes]) -> Iterator[Package]:
        wanted = set(entities)
        marks = [
            key
            for (_, id_), ops in self.disk.entities.items()
            if id_ in wanted
            for key in (op.stamp[1:] for op in ops)
        ]
        found: dict[bytes, Package] = {}
        for device, incarnation, seq in marks:
            for kept in self.disk.of_stream.get((device, incarnation), ()):
                if kept.first <= seq <= kept.last:
                    found[kept.package.digest] = kept.package
        yield from found.values()

    # -- taking in ------------------------------------------------------------------------------

    def accept(
        self,
        packages: Sequence[Opened],
        source: bytes | None,
        states: Mapping[bytes, PeerState] | None = None,
    ) -> Accepted:
        if any(one.device == self.device for one in packages):
            self.seal()
        new = [one for one in packages if not self._is_here(one)]
        if self.caps_clocks:
            self._cap_clocks(new)
        ops = [op for one in new for op in one.ops]
        count = self._append(ops)
        held = self._fold(ops)
        self._redact(ops)
        for op in ops:
            if self.disk.log[op.stamp[1:]].payload != op.payload:
                self.disk.stale[op.stamp[1:]] = None
        if ops:
            self.time.observe(max(self.judgement.effective(op.stamp).clock for op in ops))
            self._keep_clock()
        for one in {one.package.digest: one for one in new}.values():
            stream = (one.device, one.incarnation)
            self._keep(one.package, stream, one.first, one.last, source)
        for one in packages:
            if one not in new:
                self._take_over(one)
        for peer, state in (states or {}).items():
            self.put_peer(peer, state)
        known = sum(len(one.ops) for one in packages) - count
        return Accepted(count, known, len(held))

    def _is_here(self, one: Opened) -> bool:
        log = self.disk.log
        return all(op.stamp[1:] in log for op in one.ops)

    def _cap_clocks(self, packages: Iterable[Opened]) -> None:
        limit = (self.time.now_ms() + AHEAD_MS) << COUNTER_BITS
        action = Action("cap_clock")
        for one in packages:
            if not self.time.suspect and max(op.stamp.clock for op in one.ops) > limit:
                action.event(
                    CAPPED,
                    "clock_cap",
                    self.pen.new_id(),
                    fresh=True,
                    device=one.device,
                    incarnation=one.incarnation.to_bytes(8, "big"),
                    first=one.first,
                    last=one.last,
                    clock=limit,
                )
        if action.drafts:
            self.write(action)

    # -- peers ----------------------------------------------------------------------------------

    def peer(self, peer: bytes) -> PeerState:
        data = self.disk.peers.get(peer)
        return msgspec.msgpack.decode(data, type=PeerState) if data else PeerState()

    def put_peer(self, peer: bytes, state: PeerState) -> None:
        self.disk.peers[peer] = msgspec.msgpack.encode(state)

    def note_contact(self, device: bytes, facts: Facts) -> None:
        self.disk.values["contact"] = (device, facts.now_ms)

    def revoked(self, device: bytes) -> bool:
        return device in self.judgement.cuts

    def put_piece(self, piece: Piece, source: bytes) -> tuple[int, bytes | None]:
        there = self.disk.pieces.get(piece.digest, b"")
        if len(there) == piece.start and len(there) + len(piece.data) <= piece.total:
            there = self.disk.pieces[piece.digest] = there + piece.data
        if len(there) < piece.total:
            return len(there), None
        del self.disk.pieces[piece.digest]
        return len(there), there

    # -- do our rows agree? ---------------------------------------------------------------------

    def essence(self) -> bytes:
        value = len(self.disk.marks)
        for one in self.disk.marks.values():
            value ^= one
        return (value & (2**64 - 1)).to_bytes(8, "big")

    def understanding(self) -> str:
        return hashlib.blake2b(repr(sorted(self.lacks)).encode(), digest_size=8).hexdigest()

    def buckets(self) -> dict[tuple[str, int], tuple[int, int]]:
        found: dict[tuple[str, int], tuple[int, int]] = {}
        for (entity_type, entity), one in self.disk.marks.items():
            value, rows = found.get((entity_type, entity[-1]), (0, 0))
            found[entity_type, entity[-1]] = (value ^ one, rows + 1)
        return found

    def marks(self, buckets: Iterable[tuple[str, int]]) -> list[tuple[str, bytes, int]]:
        wanted = set(buckets)
        return [
            (entity_type, entity, one)
            for (entity_type, entity), one in self.disk.marks.items()
            if (entity_type, entity[-1]) in wanted
        ]

    def fold_anew(self, records: Mapping[str, Iterable[bytes]]) -> None:
        self._fold_anew((kind, entity) for kind, some in records.items() for entity in some)

    def digest(self) -> str:
        """Return what ``Library.digest`` returns for the same rows."""
        rows: list[list[Any]] = [[*key, *value] for key, value in sorted(self.buckets().items())]
        return hashlib.blake2b(payload.encode(rows), digest_size=16).hexdigest()


def _copied(state: FieldState | None) -> FieldState:
    if state is None:
        return FieldState()
    base = dict(state.tombstone_base)
    return FieldState(dict(state.values), dict(state.clocks), state.tombstone, base)
