"""A real PostgreSQL for tests, started once per test process; see the fixture ``postgres_dsn``."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import Any
from uuid import UUID

import psycopg
import pytest

from perpusdesk.domain.merge.records import EVENT_RECORDS, FIELD_RECORDS
from perpusdesk.storage.event_rows import KINDS
from perpusdesk.storage.library import Library
from perpusdesk.storage.postgres.embedded import NoServerError, server

QUICK = {"fsync": "off", "full_page_writes": "off", "synchronous_commit": "off"}
"""Tests kill processes and connections, never the machine's power."""


@contextlib.contextmanager
def started() -> Iterator[str]:
    """Start a server and give its DSN; skip in words where it cannot start."""
    with contextlib.ExitStack() as stack:
        try:
            dsn = stack.enter_context(server(QUICK))
        except NoServerError as error:
            pytest.skip(str(error))
        yield dsn


def ask(dsn: str, query: str, *values: Any) -> list[Any]:
    """Run a statement on a connection of its own and return its rows."""
    with psycopg.connect(dsn, autocommit=True) as connection:
        cursor = connection.execute(query.encode(), values)
        return cursor.fetchall() if cursor.description else []


def backends(dsn: str) -> list[int]:
    """Return the process numbers of all connections of ours, the writing one first."""
    query = (
        "select a.pid from pg_stat_activity a left join pg_locks l on l.pid = a.pid"
        " and l.locktype = 'advisory' where a.application_name = 'perpusdesk'"
        " order by l.pid is null, a.pid"
    )
    return [pid for (pid,) in ask(dsn, query)]


def end_connections(dsn: str) -> int:
    """End every connection of ours as an administrator would; return how many there were."""
    found = backends(dsn)
    for pid in found:
        ask(dsn, "select pg_terminate_backend(%s, 60000)", pid)
    return len(found)


def stories(library: Library) -> dict[str, list[Any]]:
    """Return what all rows mean on any engine: the state of each record, no local numbers."""
    found: dict[str, list[Any]] = {}
    for name in FIELD_RECORDS:
        ids = [row[0] for row in library.rows(f'select id from "{name}" order by id')]
        found[name] = [
            (id_, mark, state.values, state.clocks, state.tombstone, state.deleted)
            for id_, (state, mark) in sorted(_loaded(library, name, ids).items())
        ]
    for name in EVENT_RECORDS:
        columns = f"id, {KINDS[name].columns}, clock, seq, mark"
        found[name] = library.rows(f"select {columns} from {name} order by id")
    return found


def _loaded(library: Library, name: str, ids: list[bytes]) -> dict[bytes, Any]:
    return library._door.rows.records.load(name, ids)


def columns_of_records(library: Library) -> dict[str, list[Any]]:
    """Return the plain columns of all records, as queries see them."""
    return {
        name: library.rows(
            f'select id, {", ".join(_quoted(fields))}, deleted, mark from "{name}" order by id'
        )
        for name, fields in FIELD_RECORDS.items()
    }


def _quoted(names: tuple[str, ...]) -> list[str]:
    return [f'"{name}"' for name in names]


def fresh_id(number: int) -> UUID:
    """Return the id of a library for tests."""
    return UUID(int=(0xF << 100) + number)
