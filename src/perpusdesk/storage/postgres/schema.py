"""Schemas: one for each library, brought to this program's newest form by the frozen steps."""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from psycopg import Connection, sql

from perpusdesk.common.errors import Fault, KnownError
from perpusdesk.storage.migrate import STEPS, latest_step
from perpusdesk.storage.postgres.connection import connect
from perpusdesk.storage.postgres.database import PostgresDatabase
from perpusdesk.storage.postgres.ddl import translate
from perpusdesk.storage.postgres.faults import told

_PREFIX: Final = "library_"
_NAME: Final = re.compile(r"^[a-z][a-z0-9_]{2,50}$")
_HISTORY: Final = (
    'create table if not exists schema_migration(name text collate "C" primary key,'
    ' applied text collate "C" not null)'
)


def schema_name(library: bytes) -> str:
    """Return the schema of the library with this id."""
    return f"{_PREFIX}{library.hex()}"


def checked(name: str) -> str:
    """Return the name of a schema that a library may have. Raises ``ValueError``."""
    if not _NAME.match(name):
        raise ValueError(f"not a name for a library's schema: {name!r}")
    return name


def libraries(dsn: str) -> list[str]:
    """Return the names of the schemas with a library in them. Raises ``KnownError``."""
    query = (
        "select n.nspname from pg_namespace n join pg_class c on c.relnamespace = n.oid"
        " where c.relname = 'schema_migration' order by 1"
    )
    with _connected(dsn) as connection:
        rows = connection.execute(query).fetchall()
    return [str(name) for (name,) in rows if _NAME.match(name)]


def exists(dsn: str, schema: str) -> bool:
    """Whether there is such a schema. Raises ``KnownError``."""
    with _connected(dsn) as connection:
        query = "select 1 from pg_namespace where nspname = %s"
        return connection.execute(query, (schema,)).fetchone() is not None


def drop(dsn: str, schema: str) -> None:
    """Remove a library with all that is in it (for tests and benchmarks)."""
    with _connected(dsn) as connection:
        connection.execute(sql.SQL("drop schema if exists {} cascade").format(_identifier(schema)))


@contextmanager
def _connected(dsn: str) -> Iterator[Connection[Any]]:
    with told(dsn_without_password(dsn)), connect(dsn, writable=True) as connection:
        yield connection


def dsn_without_password(dsn: str) -> str:
    """Return a DSN as it may stand in messages."""
    hidden = re.sub(r"(://[^:/@]*):[^@]*@", r"\1:...@", dsn)
    return re.sub(r"password\s*=\s*('[^']*'|\S+)", "password=...", hidden)


def _identifier(schema: str) -> sql.Identifier:
    return sql.Identifier(schema)


# -- the steps ------------------------------------------------------------------------------------


class _Steps:
    """What a frozen step is given instead of the database: it says things as PostgreSQL does."""

    def __init__(self, database: PostgresDatabase) -> None:
        self._database = database

    def execute_sql(self, text: str, params: Any = None) -> Any:
        """Run a statement of a step, if it is meant for PostgreSQL."""
        said = translate(text)
        return None if said is None else self._database.execute_sql(said, params)


def schema_of(database: PostgresDatabase, steps: Path = STEPS) -> int:
    """Return the number of the newest step that a schema had (0: none).

    Raises ``KnownError`` with ``NEWER_LIBRARY``.
    """
    if database.execute_sql("select to_regclass('schema_migration')").fetchall() == [(None,)]:
        return 0
    done = database.execute_sql("select coalesce(max(name), '0000') from schema_migration")
    version = int(done.fetchall()[0][0][:4])
    if version > latest_step(steps):
        raise KnownError(Fault.NEWER_LIBRARY, library=version, program=latest_step(steps))
    return version


def migrate(database: PostgresDatabase, steps: Path = STEPS) -> None:
    """Run the steps that a schema has not had yet, within the caller's transaction."""
    database.execute_sql(_HISTORY)
    done = {name for (name,) in database.execute_sql("select name from schema_migration")}
    for file in sorted(steps.glob("[0-9]*.py")):
        if file.stem not in done:
            _up(file, database)
            now = datetime.now(UTC).isoformat(timespec="seconds")
            database.execute_sql("insert into schema_migration values (?, ?)", (file.stem, now))


def make(database: PostgresDatabase) -> None:
    """Make the schema itself, within the caller's transaction. Raises ``psycopg.Error``."""
    database.execute_sql(f'create schema "{database.database}"')


def _up(file: Path, database: PostgresDatabase) -> None:
    spec = importlib.util.spec_from_file_location(f"perpusdesk_step_{file.stem}", file)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    module.up(None, _Steps(database))
