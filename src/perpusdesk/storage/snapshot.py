"""All of a library in one plain file, for a new device: rows, ops and packages, and nothing else.

No keys, no identity, nothing that waits, no index: those are made anew where it is put in. The
file is SQLite without any index, whatever engine the library is kept by.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from perpusdesk.common.errors import Fault, KnownError
from perpusdesk.domain.merge.records import FIELD_RECORDS
from perpusdesk.storage import marks, scratch
from perpusdesk.storage.cut_progress import PROGRESS
from perpusdesk.storage.database import connect, translated
from perpusdesk.storage.door import Door
from perpusdesk.storage.event_rows import KINDS
from perpusdesk.storage.intake import take_in
from perpusdesk.storage.judging import learn
from perpusdesk.storage.library import Library
from perpusdesk.storage.meta import CLOCK, GAPS, HELD
from perpusdesk.storage.migrate import latest_step
from perpusdesk.storage.sql import Sql
from perpusdesk.storage.title_index import TitleIndex

_RECORDS: Final = (*FIELD_RECORDS, *KINDS)
_KEYS: Final[dict[str, tuple[str, ...]]] = {
    **dict.fromkeys(_RECORDS, ("rid",)),
    "op": ("stream", "seq"),
    "package": ("lane", "arrival"),
    "stream": ("number",),
    "digest": ("type", "bucket"),
    "head": ("lane",),
    "certificate": ("short", "key"),
    "contradiction": ("type", "entity"),
}
_META: Final = (GAPS, HELD, *PROGRESS)
_PART: Final = 2_000
_MOST_OWN: Final = 20_000


@dataclass(frozen=True, slots=True)
class SnapshotFacts:
    """What a snapshot holds: counted when it was made, and again where it is put in."""

    library: bytes
    schema: int
    digest: str
    ops: int
    rows: dict[str, int]
    clock: int


def make_snapshot(library: Library, target: Path) -> SnapshotFacts:
    """Write the library, as it is at one moment, into a new file; others may go on writing.

    Only this process can read the file (``storage.scratch``). Raises ``KnownError`` when the disk
    refuses; then no file is left.
    """
    target.unlink(missing_ok=True)
    try:
        with library.beside() as beside, _moment(beside.database):
            return _copy(beside, target)
    except BaseException:
        target.unlink(missing_ok=True)
        raise


@contextlib.contextmanager
def _moment(database: Sql) -> Iterator[None]:
    """Read all tables as they are at one moment."""
    database.execute_sql(getattr(database, "begin_reading", "begin"))
    try:
        yield
    finally:
        database.execute_sql("rollback")


def _copy(library: Library, target: Path) -> SnapshotFacts:
    source, file = library.database, connect(target, vfs=scratch.NAME)
    try:
        with translated(target):
            file.execute_sql("pragma journal_mode = off").fetchall()
            file.execute_sql("pragma synchronous = off").fetchall()
            file.execute_sql("begin")
            rows = {table: _copy_table(source, file, table) for table in _KEYS}
            file.execute_sql("create table meta(key text, value blob)")
            for key in _META:
                query = "select value from meta where key = ?"
                for (value,) in source.execute_sql(query, (key,)).fetchall():
                    file.execute_sql("insert into meta values (?, ?)", (key, value))
            file.execute_sql("commit")
    finally:
        file.close()
    clock = source.execute_sql("select coalesce(max(clock), 0) from op").fetchall()[0][0]
    digest = marks.digest(source)
    return SnapshotFacts(library.id, latest_step(), digest, rows["op"], rows, int(clock))


def _copy_table(source: Sql, file: Sql, table: str) -> int:
    columns = list(source.column_types(table))
    listed = ", ".join(f'"{column}"' for column in columns)
    file.execute_sql(f'create table "{table}"({listed})')
    return sum(_put(file, table, columns, part) for part in _parts(source, table, columns))


def _put(file: Sql, table: str, columns: list[str], part: list[tuple[Any, ...]]) -> int:
    listed = ", ".join(f'"{column}"' for column in columns)
    slots = ", ".join("?" * len(columns))
    file.cursor().executemany(f'insert into "{table}"({listed}) values ({slots})', part)
    return len(part)


def _parts(source: Sql, table: str, columns: list[str]) -> Iterator[list[tuple[Any, ...]]]:
    """Yield a table's rows in the order of its key, with bounded memory."""
    keys = _KEYS[table]
    listed = ", ".join(f'"{column}"' for column in columns)
    order = ", ".join(keys)
    places = [columns.index(key) for key in keys]
    last: tuple[Any, ...] | None = None
    while True:
        after = "" if last is None else f"where ({order}) > ({', '.join('?' * len(keys))})"
        query = f'select {listed} from "{table}" {after} order by {order} limit {_PART}'
        part = source.execute_sql(query, last or ()).fetchall()
        if not part:
            return
        yield part
        last = tuple(part[-1][place] for place in places)


def put_in(library: Library, file: Path, facts: SnapshotFacts) -> None:
    """Fill a library with a snapshot, in one transaction; what it wrote itself before is kept.

    The file is this process's own (``storage.scratch``).
    Everything is counted and compared with what the maker counted. Raises ``KnownError``: of
    another library, of another schema, damaged; or when this device has others' ops already.
    """
    if facts.library != library.id:
        raise KnownError(Fault.NOT_A_LIBRARY, file=str(file), other_library=True)
    if facts.schema != latest_step():
        raise KnownError(Fault.NEWER_LIBRARY, library=facts.schema, program=latest_step())
    own = list(library.all_ops())
    if len(own) > _MOST_OWN or any(op.stamp.device != library.device for op in own):
        raise KnownError(Fault.ALREADY_OPEN, file=str(library.folder), in_use=True)
    with translated(file):
        snapshot = connect(file, vfs=scratch.NAME)
    try:
        with library.filling() as door:
            _fill(door, snapshot, facts, file)
            if own:
                take_in(door, own)
            if door.database.has_search:
                TitleIndex(door.database).build()
    finally:
        snapshot.close()


def _fill(door: Door, snapshot: Sql, facts: SnapshotFacts, file: Path) -> None:
    database = door.database
    certificates = database.execute_sql("select * from certificate").fetchall()
    for table in _KEYS:
        database.execute_sql(f'delete from "{table}"')
        columns = list(snapshot.column_types(table))
        there = set(database.column_types(table))
        if set(columns) != there:
            raise KnownError(Fault.DAMAGED, file=str(file))
        count = sum(
            _put(database, table, columns, part) for part in _parts(snapshot, table, columns)
        )
        if count != facts.rows.get(table):
            raise KnownError(Fault.DAMAGED, file=str(file))
    slots = ", ".join("?" * len(database.column_types("certificate")))
    for row in certificates:  # the maker may never have heard of this device
        database.execute_sql(
            f"insert into certificate values ({slots}) on conflict do nothing", tuple(row)
        )
    for key, value in snapshot.execute_sql("select key, value from meta").fetchall():
        if key in _META:
            database.execute_sql(
                "insert into meta values (?, ?)"
                " on conflict(key) do update set value = excluded.value",
                (key, value),
            )
    door.streams.read_anew()
    door.chain.begin_anew()
    learn(database, door.streams)
    door.time.observe(facts.clock)
    door.meta.put(CLOCK, (door.time.last, door.time.last_wall_ms))
    if marks.digest(database) != facts.digest or not _marks_agree(database):
        raise KnownError(Fault.DAMAGED, file=str(file))


def _marks_agree(database: Sql) -> bool:
    """Whether the digest is the rows'."""
    sums: dict[tuple[str, int], tuple[int, int]] = {}
    for table in _RECORDS:
        for entity, mark in database.execute_sql(f'select id, mark from "{table}"').fetchall():
            key = (table, entity[-1])
            value, count = sums.get(key, (0, 0))
            sums[key] = (value ^ mark, count + 1)
    return sums == marks.buckets(database)
