"""Bringing an unencrypted library over: on a copy, proven, then swapped.

Whatever instant the power is cut at, the folder holds one whole library: the file as it was until
the swap, the encrypted one after it. Which of both it is, the file itself tells (``is_locked``), so
a key that was drawn for nothing does no harm. Former schemas kept beside it are brought over too.
"""

from __future__ import annotations

import contextlib
import logging
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import apsw

from perpusdesk.common.errors import Fault, KnownError
from perpusdesk.common.files import as_known, sync_folder
from perpusdesk.storage.database import connect, translated
from perpusdesk.storage.key_store import KeyStore
from perpusdesk.storage.migrate import schema_of
from perpusdesk.storage.upgrade import FILE_NAME, remove_file
from perpusdesk.storage.vault import key_of, new_vault, read_vault, write_vault

_BESIDE: Final = "library.locked.db"
_FORMER: Final = "library.schema-*.db"
_PLAIN: Final = b"SQLite format 3\0"
_OPEN: Final = apsw.SQLITE_OPEN_READWRITE | apsw.SQLITE_OPEN_URI
_TABLES: Final = (
    "select name from sqlite_master where type = 'table' and sql not like 'create virtual%'"
    " order by name"
)
_Counts = list[tuple[str, int]]
_LOG: Final = logging.getLogger(__name__)


def is_plain(file: Path) -> bool:
    """Whether a database file is there and not encrypted."""
    try:
        with file.open("rb") as opened:
            return opened.read(len(_PLAIN)) == _PLAIN
    except OSError:
        return False


def is_locked(file: Path) -> bool:
    """Whether a database file is encrypted: of such, each page has room for its seal."""
    try:
        with file.open("rb") as opened:
            head = opened.read(24)
    except OSError:
        return False
    return len(head) == 24 and not head.startswith(_PLAIN) and head[20] == 32


def key_for(folder: Path, keys: KeyStore) -> bytes | None:
    """Return the key that the database of a folder is opened with now, ``None`` for none.

    Raises ``KnownError(KEY_MISSING)``.
    """
    file = folder / FILE_NAME
    if is_plain(file):
        return None
    if read_vault(folder) is None and is_locked(file):
        raise KnownError(Fault.KEY_MISSING, file=str(folder), recoverable=False, lock_lost=True)
    return key_of(folder, keys)


def lock_up(folder: Path, keys: KeyStore) -> bytes | None:
    """Encrypt the library of a folder if it is not, and return its key; the caller has the lock.

    ``None`` when it could not be done now, because the disk has no room or somebody reads in it:
    then everything is as it was, and the next start tries again. Raises ``KnownError``.
    """
    remove_file(folder / _BESIDE)
    file = folder / FILE_NAME
    if is_plain(file):
        _see_that_it_is_ours(file)
        try:
            key = _key_to_be(folder, keys)
            if not _swap(file, folder / _BESIDE, key):
                return None
        except KnownError as error:
            if error.fault is not Fault.DISK_FULL:
                raise
            _LOG.warning("no room to encrypt the library; it is tried again at the next start")
            return None
    found = key_for(folder, keys)
    if found is not None:
        _lock_former(folder, found)
    return found


def _see_that_it_is_ours(file: Path) -> None:
    """Leave alone what this program does not know; raises ``KnownError``."""
    database = connect(file)
    try:
        with translated(file):
            if schema_of(database) == 0:
                raise KnownError(Fault.NOT_A_LIBRARY, file=str(file.parent), empty=True)
    finally:
        database.close()


def _key_to_be(folder: Path, keys: KeyStore) -> bytes:
    """Return the key that was drawn for this folder before, or draw one."""
    with contextlib.suppress(KnownError):
        if key := key_of(folder, keys):
            return key
    vault, key = new_vault(keys)
    write_vault(folder, vault)
    return key


def _lock_former(folder: Path, key: bytes) -> None:
    for former in filter(is_plain, folder.glob(_FORMER)):
        try:
            _swap(former, folder / _BESIDE, key)
        except KnownError as error:
            _LOG.warning("a former schema in the open was removed: %s", error.fault)
            remove_file(former)


def _swap(file: Path, beside: Path, key: bytes) -> bool:
    """Put an encrypted copy in the place of a file; ``False`` when somebody has it open."""
    try:
        with translated(file):
            counts = _copy(file, beside, key)
        if file.with_name(f"{file.name}-wal").exists():
            return False
        if _proven(beside, key) != counts:
            raise KnownError(Fault.DAMAGED, file=str(file))
        _write_down(beside)
        beside.replace(file)
        remove_file(file, keep=True)
        sync_folder(file.parent)
    except OSError as error:
        raise as_known(error, file) or error from error
    finally:
        remove_file(beside)
    return True


def _copy(file: Path, beside: Path, key: bytes) -> _Counts:
    """Write the encrypted copy, and return what is to be found in it."""
    source = apsw.Connection(str(file), flags=_OPEN)
    try:
        source.set_busy_timeout(5_000)
        source.execute("pragma temp_store = memory")
        counts = _counted(source.execute)
        source.execute("vacuum into ?", (f"{beside.resolve().as_uri()}?key=raw:{key.hex()}",))
    finally:
        source.close()
    return counts


def _proven(beside: Path, key: bytes) -> _Counts | None:
    """Return what is found in a copy, ``None`` when it is not whole."""
    database = connect(beside, key=key)
    try:
        with translated(beside):
            if database.execute_sql("pragma quick_check").fetchall() != [("ok",)]:
                return None
            return _counted(database.execute_sql)
    finally:
        database.close()


def _counted(execute: Callable[[str], Any]) -> _Counts:
    tables = [row[0] for row in execute(_TABLES).fetchall()]
    counts = (execute(f'select count(*) from "{table}"').fetchall()[0][0] for table in tables)
    return list(zip(tables, counts, strict=True))


def _write_down(file: Path) -> None:
    with file.open("r+b") as opened:
        os.fsync(opened.fileno())
