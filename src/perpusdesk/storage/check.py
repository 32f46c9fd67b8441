"""Is a library file whole, and do its rows say what its ops say? For ``doctor`` and for tests."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, Final

import msgspec

from perpusdesk.common.errors import KnownError
from perpusdesk.domain.merge.fields import FieldState, fold_fields
from perpusdesk.domain.merge.kinds import understood
from perpusdesk.domain.merge.ops import Op
from perpusdesk.domain.merge.records import FIELD_RECORDS
from perpusdesk.storage import op_log
from perpusdesk.storage.check_index import index_flaws
from perpusdesk.storage.database import CalledOffError, Engine, connect, translated
from perpusdesk.storage.event_rows import KINDS
from perpusdesk.storage.fold import Rows
from perpusdesk.storage.judging import learn
from perpusdesk.storage.library import FILE_NAME, Library
from perpusdesk.storage.parts import in_parts
from perpusdesk.storage.stamps import Streams

_CHUNK: Final = 500
_REBUILD_CHUNK: Final = 5_000
_STEPS: Final = 2_000  # of SQLite's machine, between two looks at the time


class Flaw(StrEnum):
    """What can be wrong between ops and rows; nothing is ever wrong in a healthy file."""

    GAP = "gap"  # seq missing in a stream of this device
    UNREADABLE = "unreadable"  # payloads that do not decode
    NO_ROW = "no_row"  # ops of an entity that has no row
    NO_OP = "no_op"  # a row that no op tells of
    OTHER_ROW = "other_row"  # a row that is not what its ops come to
    DIGEST = "digest"  # a digest that is not the rows'
    SEARCH = "search"  # a title or word that the search index has otherwise than the rows


@dataclass(frozen=True, slots=True)
class Finding:
    """One flaw, where it is (a table or stream), and the record or seq it was seen at."""

    flaw: Flaw
    where: str
    which: str


def check(library: Library, limit: int = 100) -> list[Finding]:
    """Fold all ops anew and compare with the rows; return at most ``limit`` flaws, best none.

    Reads the whole file once, with bounded memory; changes nothing.
    """
    checker = _Checker(library)
    found = []
    for finding in checker.findings():
        found.append(finding)
        if len(found) >= limit:
            break
    return found


class _Checker:
    def __init__(self, library: Library) -> None:
        self._database = library.database
        self._device = library.device
        self._streams = Streams(self._database)
        learn(self._database, self._streams)
        self._rows = Rows(self._database, self._streams)
        self._sums: dict[tuple[str, int], tuple[int, int]] = {}

    def findings(self) -> Iterator[Finding]:
        yield from self._gaps()
        told = {row[0] for row in self._database.execute_sql("select distinct type from op")}
        for entity_type in (*FIELD_RECORDS, *KINDS):
            yield from self._wrong_rows(entity_type)
            if entity_type in told:
                yield from self._ops_without_rows(entity_type)
        yield from self._digest()
        if self._database.has_search:
            for which in index_flaws(self._database):
                yield Finding(Flaw.SEARCH, "title", which)

    def _gaps(self) -> Iterator[Finding]:
        highest = op_log.highest(self._database, [s[0] for s in self._streams.all()])
        for number, device, incarnation in self._streams.all():
            reach = op_log.dense_from(self._database, number, 0)
            if device == self._device and reach != highest[number]:
                yield Finding(Flaw.GAP, f"{device.hex()}/{incarnation:016x}", str(reach + 1))

    def _wrong_rows(self, entity_type: str) -> Iterator[Finding]:
        rows = self._rows.records if entity_type in FIELD_RECORDS else self._rows.events
        for part in in_parts(rows.stored(entity_type), _CHUNK):
            ids = [row[0] for row in part]
            try:
                ops = op_log.of_entities(self._database, self._streams, ids)
            except (msgspec.DecodeError, ValueError):
                yield Finding(Flaw.UNREADABLE, entity_type, ids[0].hex())
                continue
            for row in part:
                self._add(entity_type, row[0], row[-1])
                known = [op for op in ops.get(row[0], []) if _counts(op, entity_type)]
                if not known:
                    yield Finding(Flaw.NO_OP, entity_type, row[0].hex())
                elif self._fold(entity_type, row[0], known) != row:
                    yield Finding(Flaw.OTHER_ROW, entity_type, row[0].hex())

    def _fold(self, entity_type: str, entity: bytes, ops: list[Op]) -> tuple[Any, ...]:
        if entity_type in FIELD_RECORDS:
            state = fold_fields(FieldState(), ops)
            return self._rows.records.row(entity_type, entity, state)
        return self._rows.events.row(entity_type, entity, ops)

    def _ops_without_rows(self, entity_type: str) -> Iterator[Finding]:
        query = (
            "select distinct entity from op where type = ? and not exists"
            f' (select 1 from "{entity_type}" r where r.id = op.entity)'
        )
        orphans = (row[0] for row in self._database.execute_sql(query, (entity_type,)).fetchall())
        for part in in_parts(orphans, _CHUNK):
            for entity, ops in op_log.of_entities(self._database, self._streams, part).items():
                if any(_counts(op, entity_type) for op in ops):
                    yield Finding(Flaw.NO_ROW, entity_type, entity.hex())

    def _add(self, entity_type: str, entity: bytes, mark: int) -> None:
        value, rows = self._sums.get((entity_type, entity[-1]), (0, 0))
        self._sums[entity_type, entity[-1]] = (value ^ mark, rows + 1)

    def _digest(self) -> Iterator[Finding]:
        query = "select type, bucket, value, rows from digest where rows <> 0"
        kept = {(t, b): (v, r) for t, b, v, r in self._database.execute_sql(query).fetchall()}
        for key in sorted(kept.keys() | self._sums.keys()):
            if kept.get(key) != self._sums.get(key):
                yield Finding(Flaw.DIGEST, key[0], f"{key[1]:02x}")


def _counts(op: Op, entity_type: str) -> bool:
    return op.entity_type == entity_type and understood(op)


def rebuild(library: Library, folder: Path, engine: Engine = Engine.APSW) -> Library:
    """Fold a library anew from its ops into a new file in ``folder`` and return that, open.

    The new file is the same library on another device: give it up or exchange with it. Raises
    ``KnownError``; the library itself is only read.
    """
    made = Library.create(
        folder,
        engine=engine,
        sources=library.sources,
        library=library.id,
        encrypted=library.key is not None,
    )
    try:
        for part in in_parts(library.all_ops(), _REBUILD_CHUNK):
            made.ingest(part)
    except BaseException:
        made.close()
        raise
    return made


class Verdict(StrEnum):
    """What a quick check of the file's structure came to."""

    WHOLE = "whole"
    DAMAGED = "damaged"
    UNFINISHED = "unfinished"


def quick_check(
    folder: Path,
    *,
    engine: Engine = Engine.APSW,
    key: bytes | None = None,
    seconds: float = 600.0,
    stop: Callable[[], bool] = lambda: False,
) -> Verdict:
    """Check the structure of the file on a connection of its own, beside the work.

    Gives up when it took ``seconds`` or ``stop()`` says so (asked many times a second). Meant for
    a start after an unclean end (``Library.unchecked``), on any thread.
    """
    end = time.monotonic() + seconds

    def give_up() -> int:
        return int(stop() or time.monotonic() > end)

    try:
        database = connect(folder / FILE_NAME, engine, key)
        try:
            database.connection().set_progress_handler(give_up, _STEPS)
            with translated(folder):
                said = database.execute_sql("pragma quick_check(1)").fetchall()
        finally:
            database.close()
    except KnownError:
        return Verdict.DAMAGED
    except CalledOffError:
        return Verdict.UNFINISHED
    return Verdict.WHOLE if said == [("ok",)] else Verdict.DAMAGED
