"""The one door into the synced tables: ops and the rows they come to, in one transaction."""

from __future__ import annotations

import contextlib
from collections import Counter
from collections.abc import Iterable, Iterator
from uuid import UUID

from perpusdesk.common.errors import Fault, KnownError
from perpusdesk.domain.merge.ops import Op, Stamp
from perpusdesk.storage import op_log
from perpusdesk.storage.chain import Chain
from perpusdesk.storage.database import translated
from perpusdesk.storage.drafts import Action, Written
from perpusdesk.storage.fold import Rows
from perpusdesk.storage.judging import learn, learn_anew
from perpusdesk.storage.meta import CHAIN_ENDS, CLOCK, DEVICE, Meta
from perpusdesk.storage.pen import Pen, Seen
from perpusdesk.storage.persons import say_whose
from perpusdesk.storage.redaction import redact, redact_concerned
from perpusdesk.storage.sql import Sql
from perpusdesk.storage.stamps import Streams
from perpusdesk.storage.timekeeping import Sources, Timekeeper


class Door:
    """Stamps ops, appends them to the log and folds them into rows; all or nothing.

    ``writes`` is another number before, within (an odd one) and after each transaction: what was
    read at an even one holds as long as it stays, in the one program that may write.
    """

    def __init__(self, database: Sql, sources: Sources, *, writable: bool) -> None:
        self.database = database
        self._file = str(database.database)
        self._writable = writable
        self.meta = Meta(database)
        self.device = self.meta.identity(DEVICE)
        self.streams = Streams(database)
        self.rows = Rows(database, self.streams)
        self.chain = Chain(database, self.streams)
        self.time = Timekeeper(sources, *self.meta.get(CLOCK, (0, 0)))
        self.versions: Counter[str] = Counter()
        self.writes = 0
        self._sure = True
        self._pen = Pen(self.device, self.time, sources.random)
        learn(database, self.streams)

    @contextlib.contextmanager
    def transaction(self) -> Iterator[None]:
        """Write all or nothing. Raises ``KnownError`` when the disk refuses.

        After a failure a new stream is begun, and what is remembered of the file is read anew:
        should the disk have kept what we were told that it had not, no seq is given twice.
        """
        if not self._writable:
            raise KnownError(Fault.READ_ONLY, file=self._file, detail="opened for reading")
        committed, judgement = False, self.streams.judgement
        privacy, cuts = self.streams.privacy, self.streams.cuts
        self.writes += 1
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
                self.streams.privacy, self.streams.cuts = privacy, cuts
                self.chain.forget()
                self._pen.begin_run()

    @property
    def writable(self) -> bool:
        """Whether this program may write, and so no other one does."""
        return self._writable

    @property
    def run(self) -> int:
        """What the streams of this run are named by."""
        return self._pen.run

    def runs(self) -> list[int]:
        """Return the runs of this device that the file knows, the oldest first, and this one."""
        known = self.streams.of_device(self.device)
        runs = dict.fromkeys(known[number] >> 1 for number in sorted(known))
        return [*runs, self.run]

    def keep_clock(self) -> None:
        """Keep the clock for the next start, within the caller's transaction."""
        self.meta.put(CLOCK, self._clock())

    def _clock(self) -> tuple[int, int]:
        return self.time.last, self.time.last_wall_ms

    def new_id(self) -> UUID:
        """Return a new record id (UUIDv7 of the believed time)."""
        return self._pen.new_id()

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
        seen: Seen = {}
        for action in actions:
            say_whose(self.database, action)
            mine = self._pen.ops_of(action, self.rows.records.clocks, self._raw, seen)
            ops += mine
            fresh.update(draft.entity.bytes for draft in action.drafts if draft.fresh)
            written.append(Written(mine[0].action, tuple(op.stamp for op in mine), mine[0].at))
        self.chain.extend_own(op_log.append(self.database, self.streams, ops, own=True))
        touched, gone = learn_anew(self.database, self.streams, ops)
        self.rows.fold(self.streams.judgement.judged(ops), fresh)
        self.rows.fold_anew(touched)
        redact(self, gone, announced=True)
        redact_concerned(self, ops, fresh)
        self.meta.put_all({CLOCK: self._clock(), CHAIN_ENDS: self.chain.ends})
        return written, [op.entity_type for op in ops]

    def _raw(self, stamp: Stamp) -> Stamp:
        """Return a stamp with the clock that its op was written with."""
        if (stamp.device, stamp.incarnation) not in self.streams.judgement.caps:
            return stamp
        return op_log.raw_stamp(self.database, self.streams, stamp)
