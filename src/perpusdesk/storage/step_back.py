"""One step back: the library as a file of a former schema, with all that was written since.

A new file of the former schema is made by the frozen steps and filled from the one in use: the log
with every op, what belongs to this device alone, and the rows. What the former schema has no column
for goes where an older program keeps what it does not understand; ops of kinds it does not know
are held. So nothing is lost, and the next upgrade folds what was held.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from perpusdesk.common.errors import Fault, KnownError
from perpusdesk.domain.merge.records import FIELD_RECORDS
from perpusdesk.storage.database import Engine, FileDatabase, connect, translated
from perpusdesk.storage.event_rows import KINDS
from perpusdesk.storage.folder import FolderLock
from perpusdesk.storage.meta import HELD, PROGRAM, UNDERSTANDING, Meta
from perpusdesk.storage.migrate import STEPS, latest_step, migrate, schema_of
from perpusdesk.storage.parts import in_parts
from perpusdesk.storage.proof import counts_of, tables_of
from perpusdesk.storage.record_rows import RecordRows
from perpusdesk.storage.stamps import Streams
from perpusdesk.storage.upgrade import FILE_NAME, remove_file, see_room, switch

_OF_THE_FILE: Final = frozenset({"schema_migration"})
_INDEX: Final = "title_index"
_CHUNK: Final = 500


def step_back(
    folder: Path, schema: int, engine: Engine = Engine.APSW, key: bytes | None = None
) -> None:
    """Turn the library of a folder, which nobody has open, into one of a former schema.

    The file as it is stays beside it as ``library.schema-N.db``. Raises ``KnownError``
    (STEP_BACK_FAILED when the result is not whole); then everything is as it was. Once it is
    done only a program of that schema may open the folder, or this one, which upgrades it again.
    """
    if not 0 < schema <= latest_step():
        raise ValueError(schema)
    lock = FolderLock(folder)
    try:
        see_room(folder)
        with _open(folder / FILE_NAME, engine, key) as database, translated(folder):
            now = schema_of(database)
            database.execute_sql("pragma wal_checkpoint(truncate)").fetchall()
        if now == schema:
            return
        if now < schema:
            raise KnownError(Fault.STEP_BACK_FAILED, cause=f"schema {now} is older than {schema}")
        switch(folder, lambda beside: _fill(beside, folder, schema, engine, key), keep_as=now)
        remove_file(folder / FILE_NAME, keep=True)
    finally:
        lock.release()


@contextmanager
def _open(file: Path, engine: Engine, key: bytes | None) -> Iterator[FileDatabase]:
    database = connect(file, engine, key)
    try:
        yield database
    finally:
        database.close()


def _fill(beside: Path, folder: Path, schema: int, engine: Engine, key: bytes | None) -> None:
    remove_file(beside)
    with (
        tempfile.TemporaryDirectory() as steps,
        _open(folder / FILE_NAME, engine, key) as source,
        _open(beside, engine, key) as target,
    ):
        for step in STEPS.glob("[0-9]*.py"):
            if int(step.name[:4]) <= schema:
                shutil.copy2(step, steps)
        migrate(target, Path(steps))
        shared = [name for name in tables_of(target) if name not in _OF_THE_FILE]
        with target.atomic("IMMEDIATE"):
            for name in shared:
                _copy(source, target, name)
            for entity_type in FIELD_RECORDS:
                if entity_type in shared:
                    _keep_unknown_fields(source, target, entity_type)
            _settle_meta(source, target, shared)
        _prove(source, target, shared)


def _copy(source: FileDatabase, target: FileDatabase, table: str) -> None:
    """Copy the rows of a table as far as the target has columns for them."""
    columns = [name for name in target.column_types(table) if name in source.column_types(table)]
    names = ", ".join(f'"{name}"' for name in columns)
    target.execute_sql(f'delete from "{table}"')
    insert = f'insert into "{table}"({names}) values ({",".join("?" * len(columns))})'
    rows = source.execute_sql(f'select {names} from "{table}"')
    cursor = target.cursor()
    for part in in_parts(rows, _CHUNK):
        cursor.executemany(insert, part)


def _keep_unknown_fields(source: FileDatabase, target: FileDatabase, entity_type: str) -> None:
    """Put the values that the former schema has no column for where an older program holds them."""
    there = target.column_types(entity_type)
    new = [name for name in FIELD_RECORDS[entity_type] if name not in there]
    if not new:
        return
    reading = RecordRows(source, Streams(source))
    writing = RecordRows(target, Streams(target))
    fields = FIELD_RECORDS[entity_type]
    columns = [name for name in fields if name in there]
    tail = ["clock", "stream", "seq", "clocks", "tombstone", "extra", "deleted", "mark"]
    assignments = ", ".join(f'"{name}" = ?' for name in (*columns, *tail))
    update = f'update "{entity_type}" set {assignments} where id = ?'
    asked = " or ".join(f'"{name}" is not null' for name in (*new, "clocks"))
    ids = [row[0] for row in source.execute_sql(f'select id from "{entity_type}" where {asked}')]
    for part in in_parts(ids, _CHUNK):
        rows: list[tuple[Any, ...]] = []
        for entity, (state, _mark) in reading.load(entity_type, part).items():
            made = writing.row(entity_type, entity, state)
            values = dict(zip(fields, made[1:], strict=False))
            kept = [values[name] for name in columns]
            rows.append((*kept, *made[1 + len(fields) :], entity))
        target.cursor().executemany(update, rows)


def _settle_meta(source: FileDatabase, target: FileDatabase, shared: list[str]) -> None:
    """Let the older program hold what it has no table for, and make its search index anew."""
    meta = Meta(target)
    pairs = {tuple(pair) for pair in meta.get(HELD, ())}
    unknown = ({*FIELD_RECORDS} | {*KINDS}) - {*shared}
    for entity_type in sorted(unknown):
        query = "select distinct type, kind from op where type = ?"
        pairs |= {tuple(row) for row in source.execute_sql(query, (entity_type,)).fetchall()}
    meta.put(HELD, sorted(pairs))
    for name in (UNDERSTANDING, PROGRAM, _INDEX):
        target.execute_sql("delete from meta where key = ?", (name,))
    for entity_type in sorted(unknown):
        target.execute_sql("delete from digest where type = ?", (entity_type,))


def _prove(source: FileDatabase, target: FileDatabase, shared: list[str]) -> None:
    before, after = counts_of(source), counts_of(target)
    uneven = [name for name in shared if name != "digest" and after.get(name) != before.get(name)]
    uneven = [name for name in uneven if name != "meta"]
    whole = target.execute_sql("pragma quick_check").fetchall() == [("ok",)]
    if uneven or not whole:
        raise KnownError(Fault.STEP_BACK_FAILED, cause=", ".join(uneven) or "quick_check")
