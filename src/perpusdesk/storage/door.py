"""The one door into the synced tables: ops and the rows they come to, in one transaction."""

from __future__ import annotations

import contextlib
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any
from uuid import UUID

from perpusdesk.common.errors import Fault, KnownError
from perpusdesk.domain.ids import drawn_id, run_tag
from perpusdesk.domain.merge.kinds import understood
from perpusdesk.domain.merge.lanes import LANES, lane_of_type, stream_of
from perpusdesk.domain.merge.ops import DELETE, SET, Op, Stamp
from perpusdesk.protocol import payload as wire
from perpusdesk.storage import op_log
from perpusdesk.storage.database import translated
from perpusdesk.storage.drafts import Action, Draft, Written
from perpusdesk.storage.fold import Rows
from perpusdesk.storage.judging import learn, learn_anew
from perpusdesk.storage.meta import CLOCK, DEVICE, Meta
from perpusdesk.storage.sql import Sql
from perpusdesk.storage.stamps import Streams
from perpusdesk.storage.timekeeping import Sources, Timekeeper

_Seen = dict[tuple[str, UUID], dict[str, Stamp]]


class Door:
    """Stamps ops, appends them to the log and folds them into rows; all or nothing."""

    def __init__(self, database: Sql, sources: Sources, *, writable: bool) -> None:
        self.database = database
        self._file = str(database.database)
        self._sources = sources
        self._writable = writable
        self.meta = Meta(database)
        self.device = self.meta.identity(DEVICE)
        self.streams = Streams(database)
        self.rows = Rows(database, self.streams)
        self.time = Timekeeper(sources, *self.meta.get(CLOCK, (0, 0)))
        self.versions: Counter[str] = Counter()
        self._sure = True
        learn(database, self.streams)
        self._begin_run()

    def _begin_run(self) -> None:
        """Begin streams of our own: also a copied or restored file never goes on with an old."""
        self._run = int.from_bytes(self._sources.random(8), "big") >> 1
        self._seqs = dict.fromkeys(LANES, 0)
        self._tag, self._drawn = run_tag(self.device, self._run), 0

    @contextlib.contextmanager
    def transaction(self) -> Iterator[None]:
        """Write all or nothing. Raises ``KnownError`` when the disk refuses.

        After a failure a new stream is begun, and what is remembered of the file is read anew:
        should the disk have kept what we were told that it had not, no seq is given twice.
        """
        if not self._writable:
            raise KnownError(Fault.READ_ONLY, file=self._file, detail="opened for reading")
        committed, judgement = False, self.streams.judgement
        try:
            with translated(self._file), self.database.writing():
                if not self._sure:
                    learn(self.database, self.streams)
                yield
            committed = True
        finally:
            self._sure = committed
            self.streams.settle(committed=committed)
            if not committed:
                self.streams.judgement = judgement
                self._begin_run()

    def keep_clock(self) -> None:
        """Keep the clock for the next start, within the caller's transaction."""
        self.meta.put(CLOCK, (self.time.last, self.time.last_wall_ms))

    def new_id(self) -> UUID:
        """Return a new record id (UUIDv7 of the believed time)."""
        self._drawn += 1
        return drawn_id(self.time.now_ms(), self._drawn, self._tag)

    def write(self, actions: Iterable[Action]) -> list[Written]:
        """Commit actions of this device in one transaction."""
        with self.transaction():
            written, types = self.put(actions)
        self.versions.update(types)
        return written

    def put(self, actions: Iterable[Action]) -> tuple[list[Written], list[str]]:
        """Write actions of this device within the caller's transaction.

        Returns what was written and the type of each op; the caller then updates ``versions``.
        """
        ops: list[Op] = []
        written = []
        fresh: set[bytes] = set()
        seen: _Seen = {}
        for action in actions:
            mine = self._stamped(action, seen)
            ops += mine
            fresh.update(draft.entity.bytes for draft in action.drafts if draft.fresh)
            written.append(Written(mine[0].action, tuple(op.stamp for op in mine), mine[0].at))
        op_log.append(self.database, self.streams, ops, own=True)
        touched = learn_anew(self.database, self.streams, ops)
        self.rows.fold(self.streams.judgement.judged(ops), fresh)
        self.rows.fold_anew(touched)
        self.keep_clock()
        return written, [op.entity_type for op in ops]

    def _stamped(self, action: Action, seen: _Seen) -> list[Op]:
        if not action.drafts:
            raise ValueError(f"the action {action.verb!r} does nothing")
        believed, action_id = self.time.now_ms(), self.new_id()
        at = believed if action.at is None else action.at
        return [self._op(action, draft, action_id, at, seen) for draft in action.drafts]

    def _op(self, action: Action, draft: Draft, action_id: UUID, at: int, seen: _Seen) -> Op:
        lane = lane_of_type(draft.entity_type)
        self._seqs[lane] += 1
        run = stream_of(self._run, lane)
        stamp = Stamp(self.time.tick(), self.device, run, self._seqs[lane])
        payload = self._with_base(draft, stamp, seen)
        op = Op(
            stamp=stamp,
            action=action_id,
            verb=action.verb,
            staff=action.staff,
            branch=action.branch,
            at=at if draft.at is None else draft.at,
            zone=action.zone,
            kind=draft.kind,
            entity_type=draft.entity_type,
            entity=draft.entity,
            payload=wire.decode(wire.encode(payload)),  # just as every other device will see it
        )
        if not understood(op):
            raise ValueError(f"no rule to fold {op.kind!r} of {op.entity_type!r}: {payload}")
        return op

    def _with_base(self, draft: Draft, stamp: Stamp, seen: _Seen) -> Any:
        """Add to a field set or a deletion what the writer had seen of the record.

        ``seen`` carries that from one op of a transaction to the next.
        """
        if draft.kind not in (SET, DELETE):
            return draft.payload
        key = (draft.entity_type, draft.entity)
        if key not in seen:
            seen[key] = {} if draft.fresh else self.rows.records.clocks(*key)
        clocks = seen[key]
        names = draft.payload["fields"] if draft.kind == SET else tuple(clocks)
        base = {name: clocks[name] for name in names if name in clocks}
        if draft.kind == SET:
            clocks.update(dict.fromkeys(names, stamp))
        return {"base": base, **draft.payload} if base else draft.payload
