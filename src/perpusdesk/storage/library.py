"""A library file: its identity, its one door for writing, and plain reading."""

from __future__ import annotations

import contextlib
import os
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID

from perpusdesk.common.errors import Fault, KnownError
from perpusdesk.domain import clock as hybrid
from perpusdesk.domain.ids import uuid7
from perpusdesk.domain.merge.ops import DELETE, SET, Op, Stamp
from perpusdesk.domain.merge.records import FIELD_RECORDS
from perpusdesk.storage import marks, op_log
from perpusdesk.storage.database import Engine, connect, translated
from perpusdesk.storage.drafts import Action, Draft, Written
from perpusdesk.storage.event_rows import KINDS, EventRows
from perpusdesk.storage.migrate import migrate
from perpusdesk.storage.record_rows import RecordRows
from perpusdesk.storage.stamps import Streams

FILE_NAME = "library.db"
Row = tuple[Any, ...]


def _uptime_ms() -> int:
    """Milliseconds that go on while the machine sleeps, where the system can tell."""
    boot = getattr(time, "CLOCK_BOOTTIME", None)
    return int((time.clock_gettime(boot) if boot is not None else time.monotonic()) * 1000)


@dataclass(frozen=True, slots=True)
class Sources:
    """Where time and chance come from; tests and the simulator hand in their own."""

    wall_ms: Callable[[], int] = field(default=lambda: time.time_ns() // 1_000_000)
    uptime_ms: Callable[[], int] = field(default=_uptime_ms)
    random: Callable[[int], bytes] = field(default=os.urandom)


class Library:
    """One open library file.

    ``write`` is the only way into the synced tables: it appends the ops and changes the rows in
    one transaction. Reading is plain SQL returning tuples. One thread at a time may use it.
    """

    def __init__(self, folder: Path, engine: Engine, sources: Sources) -> None:
        self.folder = folder
        self.sources = sources
        self.database = connect(folder / FILE_NAME, engine)
        try:
            with translated(folder):
                migrate(self.database)
            self._streams = Streams(self.database)
            self._records = RecordRows(self.database, self._streams)
            self._events = EventRows(self.database, self._streams)
            self.versions: Counter[str] = Counter()
            self._incarnation = int.from_bytes(sources.random(8), "big")
            self._seq = 0
            self._start_clock()
        except BaseException:
            self.database.close()
            raise

    # -- opening and closing ------------------------------------------------------------------

    @classmethod
    def create(
        cls, folder: Path, *, engine: Engine = Engine.APSW, sources: Sources | None = None
    ) -> Library:
        """Make a new, empty library in ``folder``; raises ``KnownError`` if one is there."""
        sources = sources or Sources()
        if (folder / FILE_NAME).exists():
            raise KnownError(Fault.ALREADY_OPEN, file=str(folder), exists=True)
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise KnownError(Fault.READ_ONLY, file=str(folder), detail=str(error)) from error
        library = cls(folder, engine, sources)
        with library._transaction():
            for name in ("library", "device"):
                library._put_meta(name, uuid7(sources.wall_ms(), sources.random(10)).bytes)
        return library

    @classmethod
    def open(
        cls, folder: Path, *, engine: Engine = Engine.APSW, sources: Sources | None = None
    ) -> Library:
        """Open the library in ``folder``; raises ``KnownError`` when there is none."""
        if not (folder / FILE_NAME).is_file():
            raise KnownError(Fault.NOT_A_LIBRARY, file=str(folder), missing=True)
        return cls(folder, engine, sources or Sources())

    def close(self) -> None:
        """Close the file; nothing is pending, every write was committed."""
        if not self.database.is_closed():
            self.database.close()

    def __enter__(self) -> Library:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # -- identity and time --------------------------------------------------------------------

    @property
    def device(self) -> bytes:
        """The id of this device in this library (16 bytes)."""
        return bytes(self._meta("device"))

    @property
    def id(self) -> bytes:
        """The id of the library (16 bytes)."""
        return bytes(self._meta("library"))

    def _start_clock(self) -> None:
        last = int(self._meta("clock_last") or 0)
        wall = int(self._meta("clock_wall") or 0)
        self._clock = hybrid.start(last, wall, self.sources.wall_ms(), self.sources.uptime_ms())

    def now_ms(self) -> int:
        """The believed time in Unix ms: the wall clock, unless it makes no sense."""
        return hybrid.now_ms(self._clock, self.sources.wall_ms(), self.sources.uptime_ms())[0]

    @property
    def clock_suspect(self) -> bool:
        """Whether the computer's clock is not believed at the moment."""
        return hybrid.now_ms(self._clock, self.sources.wall_ms(), self.sources.uptime_ms())[1]

    def new_id(self) -> UUID:
        """Return a new record id (UUIDv7 of the believed time)."""
        return uuid7(self.now_ms(), self.sources.random(10))

    def _meta(self, key: str) -> Any:
        return self.value("select value from meta where key = ?", key)

    def _put_meta(self, key: str, value: Any) -> None:
        self.database.execute_sql("insert or replace into meta values (?, ?)", (key, value))

    # -- reading ------------------------------------------------------------------------------

    def rows(self, query: str, *values: Any) -> list[Row]:
        """Return all rows of a query as tuples."""
        with translated(self.folder):
            rows: list[Row] = self.database.execute_sql(query, values).fetchall()
        return rows

    def row(self, query: str, *values: Any) -> Row | None:
        """Return the first row, or ``None``."""
        rows = self.rows(query, *values)
        return rows[0] if rows else None

    def value(self, query: str, *values: Any) -> Any:
        """Return the first value of the first row, or ``None``."""
        row = self.row(query, *values)
        return row[0] if row else None

    def ops_of_action(self, action: UUID) -> list[Op]:
        """Return what an action wrote, in order."""
        return op_log.of_action(self.database, self._streams, action)

    def ops_of(self, entity: UUID) -> list[Op]:
        """Return everything that is known of one record, oldest first."""
        found = op_log.of_entities(self.database, self._streams, [entity.bytes])
        return sorted(found.get(entity.bytes, []), key=lambda op: op.stamp)

    def all_ops(self) -> Iterator[Op]:
        """Yield every op of the log, stream by stream."""
        return op_log.everything(self.database, self._streams)

    def clocks_of(self, entity_type: str, entity: UUID) -> dict[str, Stamp]:
        """Return the stamp of each field of a record: what somebody who reads it now has seen."""
        found = self._records.load(entity_type, [entity.bytes])
        return found[entity.bytes][0].clocks if entity.bytes in found else {}

    def digest(self) -> str:
        """Return the digest: equal on devices that hold the same ops."""
        return marks.digest(self.database)

    def have(self) -> dict[str, int]:
        """Return the have-map: stream name (device/incarnation in hex) to highest seq."""
        rows = self.rows(
            "select hex(s.device), hex(s.incarnation), max(o.seq) from stream s"
            " join op o on o.stream = s.number group by s.number"
        )
        return {f"{device}/{incarnation}".lower(): seq for device, incarnation, seq in rows}

    # -- local, never exchanged ---------------------------------------------------------------

    def local(self, key: str) -> Any:
        """Return a value that belongs to this device alone, or ``None``."""
        return self.value("select value from local where key = ?", key)

    def put_local(self, key: str, value: Any) -> None:
        """Keep a value that belongs to this device alone (``None`` forgets it)."""
        with self._transaction():
            if value is None:
                self.database.execute_sql("delete from local where key = ?", (key,))
            else:
                self.database.execute_sql(
                    "insert or replace into local values (?, ?)", (key, value)
                )

    # -- the door -----------------------------------------------------------------------------

    def write(self, action: Action) -> Written:
        """Commit one action: its ops and the rows they come to, all or nothing.

        Raises ``KnownError`` (disk full, read only, damaged); then nothing of it was written.
        """
        return self.write_many([action])[0]

    def write_many(self, actions: Iterable[Action]) -> list[Written]:
        """Commit several actions in one transaction (imports, the demo, a kit)."""
        with self._transaction():
            ops: list[Op] = []
            written = []
            fresh: set[bytes] = set()
            for action in actions:
                mine = self._stamped(action)
                ops += mine
                fresh.update(draft.entity.bytes for draft in action.drafts if draft.fresh)
                written.append(Written(mine[0].action, tuple(op.stamp for op in mine), mine[0].at))
            op_log.append(self.database, self._streams, ops)
            self._fold(ops, fresh)
            self._put_meta("clock_last", self._clock.last)
            self._put_meta("clock_wall", self._clock.wall)
        self.versions.update({op.entity_type for op in ops})
        return written

    @contextlib.contextmanager
    def _transaction(self) -> Iterator[None]:
        before = (self._seq, self._clock) if hasattr(self, "_clock") else None
        try:
            with translated(self.folder), self.database.atomic("IMMEDIATE"):
                yield
        except BaseException:
            if before:
                self._seq, self._clock = before
                self._streams.reload()
            raise

    def _stamped(self, action: Action) -> list[Op]:
        believed = self.now_ms()
        action_id = self.new_id()
        ops = []
        for draft in action.drafts:
            self._clock = hybrid.tick(self._clock, self.sources.wall_ms(), self.sources.uptime_ms())
            self._seq += 1
            ops.append(
                Op(
                    stamp=Stamp(self._clock.last, self.device, self._incarnation, self._seq),
                    action=action_id,
                    verb=action.verb,
                    staff=action.staff,
                    branch=action.branch,
                    at=believed if action.at is None else action.at,
                    zone=action.zone,
                    kind=draft.kind,
                    entity_type=draft.entity_type,
                    entity=draft.entity,
                    payload=self._with_base(draft),
                )
            )
        return ops

    def _with_base(self, draft: Draft) -> Any:
        if draft.fresh or draft.kind not in (SET, DELETE) or "base" in draft.payload:
            return draft.payload
        seen = self.clocks_of(draft.entity_type, draft.entity)
        if draft.kind == SET:
            seen = {name: seen[name] for name in draft.payload["fields"] if name in seen}
        return {**draft.payload, "base": seen} if seen else draft.payload

    def _fold(self, ops: list[Op], fresh: set[bytes]) -> None:
        groups: dict[str, dict[bytes, list[Op]]] = {}
        for op in ops:
            groups.setdefault(op.entity_type, {}).setdefault(op.entity.bytes, []).append(op)
        digest = marks.Digest()
        for entity_type, entities in groups.items():
            if entity_type in FIELD_RECORDS:
                self._records.fold(entity_type, entities, digest)
            elif entity_type in KINDS:
                self._events.fold(entity_type, entities, fresh, digest)
        digest.flush(self.database)
