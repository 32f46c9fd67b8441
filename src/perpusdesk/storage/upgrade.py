"""Making a library file, and bringing an older one to this program's schema without risk."""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Final

from perpusdesk.common.errors import Fault, KnownError
from perpusdesk.common.files import as_known, sync_folder
from perpusdesk.storage.database import Engine, connect, translated
from perpusdesk.storage.migrate import STEPS, migrate, schema_of
from perpusdesk.storage.title_index import TitleIndex

FILE_NAME: Final = "library.db"
_BESIDE: Final = "library.new.db"


def make_file(
    folder: Path, engine: Engine, identity: dict[str, bytes], key: bytes | None = None
) -> None:
    """Make the library file: whole, with its identity, or not at all; encrypted by ``key``."""
    _remove(folder / _BESIDE)

    def fill(beside: Path) -> None:
        database = connect(beside, engine, key)
        try:
            migrate(database)
            TitleIndex(database).build()
            for name, value in identity.items():
                database.execute_sql("insert into meta values (?, ?)", (name, value))
        finally:
            database.close()

    _replace(folder, fill)


def upgrade_file(
    folder: Path, engine: Engine, steps: Path = STEPS, key: bytes | None = None
) -> None:
    """Bring an older library file, which nobody has open, to the newest schema.

    The steps run on a copy; only a copy that is whole takes the place of the file, which stays
    beside it as ``library.schema-N.db``. Raises ``KnownError``; then the file is as it was.
    """
    beside = folder / _BESIDE
    _remove(beside)
    database = connect(folder / FILE_NAME, engine, key)
    try:
        with translated(folder):
            schema = schema_of(database, steps)
            database.execute_sql("vacuum into ?", (str(beside),))
    finally:
        database.close()
    if (folder / f"{FILE_NAME}-wal").exists():
        _remove(beside)
        raise KnownError(Fault.ALREADY_OPEN, file=str(folder))
    _replace(folder, lambda file: _prove(file, engine, steps, key), keep_as=schema)


def _prove(beside: Path, engine: Engine, steps: Path, key: bytes | None) -> None:
    database = connect(beside, engine, key)
    try:
        migrate(database, steps)
        with database.atomic("IMMEDIATE"):
            TitleIndex(database).build()
        if database.execute_sql("pragma quick_check").fetchall() != [("ok",)]:
            raise KnownError(Fault.DAMAGED, file=str(beside))
    finally:
        database.close()


def _replace(folder: Path, fill: Callable[[Path], None], keep_as: int | None = None) -> None:
    beside, file = folder / _BESIDE, folder / FILE_NAME
    try:
        with translated(folder):
            fill(beside)
        if keep_as is not None:
            _keep(file, file.with_name(f"library.schema-{keep_as}.db"))
        beside.replace(file)
        sync_folder(folder)
    except OSError as error:
        raise as_known(error, file) or error from error
    finally:
        _remove(beside)


def _keep(file: Path, former: Path) -> None:
    former.unlink(missing_ok=True)
    try:
        os.link(file, former)
    except OSError:  # a file system without links
        shutil.copy2(file, former)


def _remove(file: Path) -> None:
    for name in (file.name, file.name + "-wal", file.name + "-shm", file.name + "-journal"):
        with contextlib.suppress(OSError):
            file.with_name(name).unlink(missing_ok=True)
