"""Making a library file, and bringing an older one to this program's schema without risk."""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from random import Random
from typing import Final

import peewee

from perpusdesk import __version__
from perpusdesk.common.errors import Fault, KnownError
from perpusdesk.common.files import as_known, sync_folder
from perpusdesk.storage.database import Engine, FileDatabase, connect, translated
from perpusdesk.storage.meta import PROGRAM, Meta
from perpusdesk.storage.migrate import STEPS, migrate, schema_of
from perpusdesk.storage.proof import Counts, counts_of, missing, unlike_ops
from perpusdesk.storage.title_index import TitleIndex

FILE_NAME: Final = "library.db"
_BESIDE: Final = "library.new.db"
_SPARE_BYTES: Final = 20_000_000
_FORMER_DAYS: Final = 30


class Stage(StrEnum):
    """What is done to a library file before it opens: an upgrade's steps, or encryption."""

    COPYING = "copying"
    CHANGING = "changing"
    PROVING = "proving"
    SWITCHING = "switching"
    ENCRYPTING = "encrypting"


Told = Callable[[Stage], object]


def tell_nobody(_stage: Stage) -> None:
    """Hear what is being done to a file, where nobody waits for it."""


def make_file(
    folder: Path, engine: Engine, identity: dict[str, bytes], key: bytes | None = None
) -> None:
    """Make the library file: whole, with its identity, or not at all; encrypted by ``key``."""
    remove_file(folder / _BESIDE)

    def fill(beside: Path) -> None:
        database = connect(beside, engine, key)
        try:
            with database.atomic("IMMEDIATE"):
                migrate(database)
                TitleIndex(database).build()
                Meta(database).put(PROGRAM, __version__)
                for name, value in identity.items():
                    database.execute_sql("insert into meta values (?, ?)", (name, value))
        finally:
            database.close()

    switch(folder, fill)


def upgrade_file(
    folder: Path,
    engine: Engine,
    steps: Path = STEPS,
    key: bytes | None = None,
    told: Told = tell_nobody,
) -> None:
    """Bring an older library file, which nobody has open, to the newest schema.

    The steps run on a copy; only a copy that is proven whole takes the place of the file, which
    stays beside it as ``library.schema-N.db``. ``told`` hears what is being done. Raises
    ``KnownError`` (UPGRADE_FAILED with ``schema`` when a step fails); then the file is as it was.
    """
    beside = folder / _BESIDE
    remove_file(beside)
    see_room(folder)
    told(Stage.COPYING)
    database = connect(folder / FILE_NAME, engine, key)
    try:
        with translated(folder):
            schema = schema_of(database, steps)
            before = counts_of(database)
            database.execute_sql("vacuum into ?", (str(beside),))
    finally:
        database.close()
    if (folder / f"{FILE_NAME}-wal").exists():
        remove_file(beside)
        raise KnownError(Fault.ALREADY_OPEN, file=str(folder))

    def fill(file: Path) -> None:
        database = connect(file, engine, key)
        try:
            _bring_over(database, steps, schema, told)
            told(Stage.PROVING)
            if wrong := _flaws(database, before):
                raise _failed(schema, wrong)
            told(Stage.SWITCHING)
        finally:
            database.close()

    switch(folder, fill, keep_as=schema)


def see_room(folder: Path) -> None:
    """See that a second library file has room beside the first. Raises ``KnownError``."""
    file = folder / FILE_NAME
    log = file.with_name(f"{FILE_NAME}-wal")
    size = sum(one.stat().st_size for one in (file, log) if one.exists())
    needed, free = 2 * size + _SPARE_BYTES, shutil.disk_usage(folder).free
    if free < needed:
        raise KnownError(Fault.DISK_FULL, file=str(file), needed=needed, free=free)


def _bring_over(database: FileDatabase, steps: Path, schema: int, told: Told) -> None:
    told(Stage.CHANGING)
    try:
        with translated(str(database.database)):
            migrate(database, steps)
    except (peewee.PeeweeException, LookupError, ValueError) as error:
        raise _failed(schema, str(error)) from error
    with database.atomic("IMMEDIATE"):
        TitleIndex(database).build()
        Meta(database).put(PROGRAM, __version__)


def _flaws(database: FileDatabase, before: Counts) -> str:
    if database.execute_sql("pragma quick_check").fetchall() != [("ok",)]:
        return "the structure of the copy is damaged"
    if lost := missing(before, counts_of(database)):
        return f"rows are missing or too many: {', '.join(lost)}"
    if unlike := unlike_ops(database, Random()):  # noqa: S311 (no secret: a sample)
        return f"rows are not what their ops come to: {', '.join(unlike)}"
    return ""


def _failed(schema: int, cause: str) -> KnownError:
    return KnownError(Fault.UPGRADE_FAILED, schema=schema, program=__version__, cause=cause)


def switch(folder: Path, fill: Callable[[Path], None], keep_as: int | None = None) -> None:
    """Fill a new library file beside the old one and put it in its place, or leave all as it was.

    ``keep_as``: the schema as which the old one stays, under a name of its own. Raises
    ``KnownError``.
    """
    beside, file = folder / _BESIDE, folder / FILE_NAME
    try:
        with translated(folder):
            fill(beside)
        if keep_as is not None:
            _keep(file, former_file(folder, keep_as))
        beside.replace(file)
        sync_folder(folder)
    except OSError as error:
        raise as_known(error, file) or error from error
    finally:
        remove_file(beside)


def former_file(folder: Path, schema: int) -> Path:
    """Return where the file as it was before leaving a schema is kept."""
    return folder / f"library.schema-{schema}.db"


def drop_former(folder: Path, now_ms: int) -> list[str]:
    """Remove the files of former schemas that were kept for 30 days; return their names."""
    gone = []
    for file in folder.glob("library.schema-*.db"):
        with contextlib.suppress(OSError):
            if now_ms / 1000 - file.stat().st_mtime > _FORMER_DAYS * 86_400:
                remove_file(file)
                gone.append(file.name)
    return gone


def _keep(file: Path, former: Path) -> None:
    former.unlink(missing_ok=True)
    try:
        os.link(file, former)
    except OSError:  # a file system without links
        shutil.copy2(file, former)
    os.utime(former)


def remove_file(file: Path, *, keep: bool = False) -> None:
    """Remove a database file and what SQLite has beside it; ``keep``: all but the file itself."""
    for ending in (*(() if keep else ("",)), "-wal", "-shm", "-journal"):
        with contextlib.suppress(OSError):
            file.with_name(file.name + ending).unlink(missing_ok=True)
