"""The SQLite connection: peewee on APSW (sqlite3mc) or on the standard library, safe settings."""

from __future__ import annotations

import contextlib
import shutil
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import apsw
import peewee
from peewee import SqliteDatabase
from playhouse.apsw_ext import APSWDatabase

from perpusdesk.common.errors import Fault, KnownError
from perpusdesk.storage.functions import FUNCTIONS
from perpusdesk.storage.taken_away import Identity, identity_of, put_back


class Engine(StrEnum):
    """The driver under peewee; both are kept green by the tests."""

    APSW = "apsw"
    STDLIB = "stdlib"


class CalledOffError(Exception):
    """A query was called off by ``interrupt``."""


class FileDatabase(SqliteDatabase):
    """A database file, with the face that storage knows (``storage.sql``)."""

    has_search: Final = True
    row_lock: Final = ""
    key: bytes | None = None
    """What the file is encrypted by; 32 bytes."""
    identity: Identity | None = None
    _lost: KnownError | None = None
    begin_reading: Final = "begin"

    if TYPE_CHECKING:  # peewee says no types of these
        execute_sql: Callable[..., Any]
        cursor: Callable[..., Any]
        connection: Callable[..., Any]
        atomic: Callable[..., Any]
        is_closed: Callable[[], bool]
        close: Callable[[], Any]
        database: str
        _add_conn_hooks: Callable[[Any], None]

    def writing(self) -> contextlib.AbstractContextManager[None]:
        """Write all or nothing.

        Raises ``KnownError(TAKEN_AWAY)``, each time, once the file is not in its place any more.
        """
        self._must_be_there()
        return transaction(self)

    def _must_be_there(self) -> None:
        if self._lost is None and identity_of(Path(self.database)) != self.identity:
            self._lost = put_back(Path(self.database), self._copy_into)
        if self._lost is not None:
            raise self._lost

    def _copy_into(self, file: Path) -> None:
        self.execute_sql(_OPEN_DOOR)
        self.execute_sql("vacuum into ?", (str(file),)).fetchall()

    def column_types(self, table: str) -> Mapping[str, str]:
        """Return the declared type of each column, in small letters."""
        rows = self.execute_sql(f'pragma table_info("{table}")').fetchall()
        return {row[1]: row[2].lower() for row in rows}

    def interrupt(self) -> None:
        """Call off the query under way, if there is one; from any thread."""
        if not self.is_closed():
            self.connection().interrupt()

    def rest(self) -> None:
        """Move what was written from the log into the file; for moments when nobody waits."""
        self.execute_sql("pragma wal_checkpoint(passive)").fetchall()

    def tidy(self) -> None:
        """Bring the statistics of the query planner up to date; cheap."""
        self.execute_sql("pragma optimize").fetchall()

    def total_changes(self) -> int:
        """Return how many rows this connection inserted, changed or deleted so far."""
        return int(self.execute_sql("select total_changes()").fetchall()[0][0])


class _Encrypting(FileDatabase):
    def _add_conn_hooks(self, connection: apsw.Connection) -> None:
        """Say the key before anything else touches the file: the raw one, so nothing is derived."""
        if self.key is not None:
            connection.execute(f"pragma key = 'raw:{self.key.hex()}'").fetchall()
        super()._add_conn_hooks(connection)


_ApswDatabase: Final[Any] = type("_ApswDatabase", (_Encrypting, APSWDatabase), {})


class _StdlibDatabase(FileDatabase):
    def rollback(self) -> None:
        """Roll back, unless SQLite did so already because the disk has no room."""
        if _is_writing(self):
            super().rollback()


PRAGMAS: Final = (
    ("synchronous", "full"),
    ("cache_size", -16_000),
    ("temp_store", "memory"),
    ("foreign_keys", "off"),
    ("secure_delete", "on"),  # what was blanked or removed leaves no trace in a free page
    ("journal_size_limit", 32_000_000),
    ("wal_autocheckpoint", 4_000),  # pages: a rare longer commit, unless ``rest`` came before
)
_ERRORS: Final = (peewee.DatabaseError, peewee.InterfaceError, apsw.Error, sqlite3.Error)
_MESSAGES: Final = (
    ("disk is full", Fault.DISK_FULL),
    ("readonly", Fault.READ_ONLY),
    ("read-only", Fault.READ_ONLY),
    ("unable to open", Fault.READ_ONLY),
    ("not a database", Fault.NOT_A_LIBRARY),
    ("malformed", Fault.DAMAGED),
    ("corrupt", Fault.DAMAGED),
    ("unsupported file format", Fault.DAMAGED),
    ("vtable constructor failed", Fault.DAMAGED),
    ("invalid fts5 file format", Fault.DAMAGED),
    ("i/o error", Fault.DAMAGED),
    ("is locked", Fault.ALREADY_OPEN),
)
_NO_ROOM_BYTES: Final = 1_000_000
_OPEN_DOOR: Final = "pragma query_only = off"
_SHUT_DOOR: Final = "pragma query_only = on"


def connect(
    file: Path | str, engine: Engine = Engine.APSW, key: bytes | None = None, *, vfs: str = ""
) -> FileDatabase:
    """Open (or create) a database file with ``synchronous=FULL``, encrypted by ``key`` if given.

    Nothing in the file is changed by this alone. One connection serves one worker at a time,
    from whichever thread; queries may use ``storage.functions``. ``vacuum into`` writes a file of
    the same key. Raises ``KnownError``; only APSW can encrypt or take a ``vfs``.
    """
    if key is not None and engine is not Engine.APSW:
        raise ValueError("the standard library's SQLite does not encrypt")
    kind = _ApswDatabase if engine is Engine.APSW else _StdlibDatabase
    extra: dict[str, Any] = {} if engine is Engine.APSW else {"check_same_thread": False}
    if vfs:
        extra["vfs"] = vfs
    database: FileDatabase = kind(
        str(file), pragmas=PRAGMAS, thread_safe=False, timeout=5, autoconnect=False, **extra
    )
    database.key = key
    for name, function, values in FUNCTIONS:
        database.register_function(function, name, values)
    with translated(file):
        database.connect()
        try:
            database.execute_sql("select count(*) from sqlite_master").fetchall()
        except BaseException:
            database.close()
            raise
    database.identity = identity_of(Path(file))
    return database


def guard(database: SqliteDatabase) -> None:
    """Turn write-ahead logging on, and refuse every write outside of ``transaction``."""
    database.execute_sql("pragma journal_mode = wal").fetchall()
    database.execute_sql(_SHUT_DOOR)


@contextlib.contextmanager
def transaction(database: SqliteDatabase) -> Iterator[None]:
    """Write all or nothing; whatever is raised inside, nothing of it stays.

    An error of the commit itself leaves the outcome unknown to us (the disk may have it).
    """
    cursor = database.cursor()
    cursor.execute(_OPEN_DOOR)
    try:
        cursor.execute("begin immediate")
        yield
        cursor.execute("commit")
    except BaseException:
        if _is_writing(database):  # SQLite itself rolled back what the disk had no room for
            database.connection().cursor().execute("rollback")
        raise
    finally:
        database.connection().cursor().execute(_SHUT_DOOR)


def _is_writing(database: SqliteDatabase) -> bool:
    connection = database.connection()
    if isinstance(connection, sqlite3.Connection):
        return connection.in_transaction
    return not connection.getautocommit()


@contextlib.contextmanager
def translated(file: Path | str = "") -> Iterator[None]:
    """Turn what the driver says of disk and file into a ``KnownError``; bugs pass through."""
    try:
        yield
    except _ERRORS as error:
        text = str(error).lower()
        if "interrupt" in f"{type(error).__name__} {text}".lower():
            raise CalledOffError from error
        for part, fault in _MESSAGES:
            if part in text:
                told = Fault.DISK_FULL if fault is Fault.DAMAGED and _no_room(file) else fault
                raise KnownError(told, file=str(file), detail=str(error)) from error
        raise


@contextlib.contextmanager
def as_damage(file: Path | str) -> Iterator[None]:
    """Take whatever a file does to those who begin to read it as damage: ``KnownError``.

    For the opening alone, where nothing else can be meant.
    """
    try:
        yield
    except (*_ERRORS, ValueError, TypeError, LookupError) as error:
        raise KnownError(Fault.DAMAGED, file=str(file), detail=repr(error)) from error


def _no_room(file: Path | str) -> bool:
    """Whether a failed write can only mean a full disk (some systems call that an I/O error)."""
    path = Path(file)
    try:
        return shutil.disk_usage(path if path.is_dir() else path.parent).free < _NO_ROOM_BYTES
    except OSError:
        return False
