"""A library that lives in a schema of a PostgreSQL database: the same storage, another engine."""

from __future__ import annotations

import hashlib
import time
from array import array
from pathlib import Path
from typing import Any, Final

from psycopg import Connection

from perpusdesk.common.errors import Fault, KnownError
from perpusdesk.domain.ids import uuid7
from perpusdesk.protocol import payload as wire
from perpusdesk.storage.library import Library
from perpusdesk.storage.meta import DEVICE, LIBRARY
from perpusdesk.storage.migrate import latest_step
from perpusdesk.storage.postgres import schema
from perpusdesk.storage.postgres.database import ANSWER_SECONDS, PostgresDatabase
from perpusdesk.storage.postgres.faults import told
from perpusdesk.storage.timekeeping import Sources

_OWNER: Final = "owner"
_LOCK_SECONDS: Final = 10.0
_FIRST_LOCK_SECONDS: Final = 2.0
_LOCK_STEP: Final = 0.2
_UPGRADE_SECONDS: Final = 6 * 3600.0


class PostgresLibrary(Library):
    """One open library on PostgreSQL, with the interface of ``Library``.

    One process at a time serves it (an advisory lock on its connection). A connection that is
    lost between two writes comes back by itself; one lost in a write raises ``KnownError``, in a
    commit ``UnknownOutcomeError``.
    """

    def __init__(
        self, dsn: str, name: str, sources: Sources, *, writable: bool, answer_seconds: float
    ) -> None:
        """Open what is there; ``create`` and ``open`` are the ways to get here."""
        self.name = name
        self.folder = Path(name)
        self.sources = sources
        self._dsn = dsn
        self._answer_seconds = answer_seconds
        self._writes = writable
        self._owner = sources.random(16)
        self._begin(self._connected(), writable=writable)

    def _connected(self) -> PostgresDatabase:
        first = True

        def on_connect(connection: Connection[Any]) -> None:
            if self._writes:
                _lock(connection, self.name, patient=not first)
                if not first:
                    self._see_that_it_is_ours(connection)

        database = PostgresDatabase(
            self._dsn,
            self.name,
            writable=self._writes,
            on_connect=on_connect,
            answer_seconds=self._answer_seconds,
        )
        try:
            found = schema.schema_of(database)
            if found == 0:
                raise KnownError(Fault.NOT_A_LIBRARY, file=self.name, missing=True)
            if self._writes:
                self._take_over(database, found)
            elif found < latest_step():
                raise KnownError(Fault.READ_ONLY, file=self.name, detail="an older schema")
        except BaseException:
            database.close()
            raise
        first = False
        return database

    def _take_over(self, database: PostgresDatabase, found: int) -> None:
        with told(self.name), database.patient(_UPGRADE_SECONDS), database.writing():
            if found < latest_step():
                schema.migrate(database)
            database.execute_sql(
                "insert into local values (?, ?)"
                " on conflict(key) do update set value = excluded.value",
                (_OWNER, self._owner),
            )

    def _see_that_it_is_ours(self, connection: Connection[Any]) -> None:
        """Refuse to go on when another process had the library while our connection was lost."""
        query = "select value from local where key = %s"
        row = connection.execute(query, (_OWNER,), binary=True).fetchone()
        if row is None or bytes(row[0]) != self._owner:
            raise KnownError(Fault.ALREADY_OPEN, file=self.name, pid=None, since=None)

    # -- opening and closing --------------------------------------------------------------------

    @classmethod
    def create_in(
        cls,
        dsn: str,
        *,
        name: str = "",
        sources: Sources | None = None,
        library: bytes | None = None,
        answer_seconds: float = ANSWER_SECONDS,
    ) -> PostgresLibrary:
        """Make an empty library in a schema of its own; raises ``KnownError`` if there is one.

        ``name`` is the schema's (default: made of the id). ``library`` is the id of a library that
        other devices have already (default: a new one). The schema is there whole or not at all.
        """
        sources = sources or Sources()
        new, device = (uuid7(sources.wall_ms(), sources.random(10)).bytes for _ in range(2))
        id_ = library or new
        name = schema.checked(name or schema.schema_name(id_))
        if schema.exists(dsn, name):
            raise KnownError(Fault.ALREADY_OPEN, file=name, exists=True)
        database = PostgresDatabase(dsn, name)
        try:
            with told(name), database.writing():
                schema.make(database)
                schema.migrate(database)
                for key, value in ((LIBRARY, id_), (DEVICE, device)):
                    database.execute_sql("insert into meta values (?, ?)", (key, value))
        finally:
            database.close()
        return cls(dsn, name, sources, writable=True, answer_seconds=answer_seconds)

    @classmethod
    def open_in(
        cls,
        dsn: str,
        library: bytes | str,
        *,
        sources: Sources | None = None,
        writable: bool = True,
        answer_seconds: float = ANSWER_SECONDS,
    ) -> PostgresLibrary:
        """Open a library by its id or the name of its schema, brought to this program's schema.

        ``writable=False`` opens it for reading, beside the process that serves it. Raises
        ``KnownError``: unreachable, no library there, served by another process, newer.
        """
        sources = sources or Sources()
        name = library if isinstance(library, str) else schema.schema_name(library)
        name = schema.checked(name)
        return cls(dsn, name, sources, writable=writable, answer_seconds=answer_seconds)

    def beside(self) -> PostgresLibrary:
        """Open the same library once more, for reading alone, so that another thread may look."""
        return PostgresLibrary.open_in(
            self._dsn,
            self.name,
            sources=self.sources,
            writable=False,
            answer_seconds=self._answer_seconds,
        )

    def close(self) -> None:
        """Close the connection; nothing is pending, every write was committed."""
        self.database.close()

    # -- how it is ------------------------------------------------------------------------------

    @property
    def writable(self) -> bool:
        """Whether this process may write to the library."""
        return self._writes

    @property
    def unchecked(self) -> bool:
        """PostgreSQL sees to its files by itself."""
        return False

    def note_checked(self) -> None:
        """There is nothing to note."""

    def numbers(self, query: str, *values: Any) -> array[int]:
        """Return a column of whole numbers."""
        return array("q", (row[0] for row in self.rows(query, *values)))

    # -- local, never exchanged -----------------------------------------------------------------

    def local(self, key: str) -> Any:
        """Return a value that belongs to this server alone, or ``None``."""
        found = self.value("select value from local where key = ?", key)
        return None if found is None else wire.decode(found)

    def keep_local(self, key: str, value: Any) -> None:
        """Do as ``put_local``, within ``local_work``; any plain value comes back as it was."""
        super().keep_local(key, None if value is None else wire.encode(value))


def _lock(connection: Connection[Any], name: str, *, patient: bool) -> None:
    """Take the right to serve a library, which ends with the connection.

    PostgreSQL frees it a moment after the line of a process that ended; ``patient``: our own
    former connection may hold it for some seconds yet.
    """
    digest = hashlib.blake2b(name.encode(), digest_size=8).digest()
    key = int.from_bytes(digest, "big", signed=True)
    until = time.monotonic() + (_LOCK_SECONDS if patient else _FIRST_LOCK_SECONDS)
    while True:
        row = connection.execute("select pg_try_advisory_lock(%s)", (key,), binary=True).fetchone()
        if row is not None and row[0]:
            return
        if time.monotonic() >= until:
            raise KnownError(Fault.ALREADY_OPEN, file=name, pid=_holder(connection, key))
        time.sleep(_LOCK_STEP)


def _holder(connection: Connection[Any], key: int) -> int | None:
    query = (
        "select pid from pg_locks where locktype = 'advisory' and granted"
        " and classid = %s and objid = %s and objsubid = 1"
        " and database = (select oid from pg_database where datname = current_database())"
    )
    high, low = (key >> 32) & 0xFFFFFFFF, key & 0xFFFFFFFF
    row = connection.execute(query, (high, low), binary=True).fetchone()
    return int(row[0]) if row is not None else None
