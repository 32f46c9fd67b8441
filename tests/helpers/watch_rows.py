"""Watches a library file for writes past the door: triggers on every table that is synced."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import Any

import apsw

from perpusdesk.storage.library import Library

OF_THE_DEVICE = {
    *("meta", "local", "stream", "op", "digest", "schema_migration"),
    *("package", "head", "certificate", "enrol_code", "peer", "contact", "piece"),
    *("contradiction", "exchange_log", "access_log", "backup_log", "chain", "chain_kept"),
    *("redaction", "stale_day", "day_fact", "month_fact"),
}


def synced_tables(library: Library) -> list[str]:
    """Return every table whose rows come of ops, found in the file and not in a list."""
    names = library.rows("select name, sql from sqlite_master where type = 'table'")
    virtual = [name for name, sql in names if sql.lower().startswith("create virtual")]
    return [
        name
        for name, _ in names
        if name not in OF_THE_DEVICE
        and not name.startswith("sqlite_")
        and not any(name.startswith(search) for search in virtual)
    ]


class RowWatch:
    """Notes each row that is written and each op that is added, with the number of the commit."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self.commits = 0
        self._count_commits()
        with may_write(library):
            self._add_triggers()

    def _count_commits(self) -> None:
        connection = self._library.database.connection()
        if isinstance(connection, apsw.Connection):
            connection.create_scalar_function("commit_number", lambda: self.commits, 0)
            connection.set_commit_hook(self._committed)
        else:
            connection.create_function("commit_number", 0, lambda: self.commits)
            connection.set_trace_callback(
                lambda text: self._committed() and None if text.lower() == "commit" else None
            )

    def _committed(self) -> bool:
        self.commits += 1
        return False

    def _add_triggers(self) -> None:
        run = self._library.database.execute_sql
        run("create temp table seen(number integer, type text, id blob, is_op integer)")
        run(
            "create temp trigger see_op after insert on main.op begin"
            " insert into seen values (commit_number(), new.type, new.entity, 1); end"
        )
        for table in synced_tables(self._library):
            for verb, row in (("insert", "new"), ("update", "new"), ("delete", "old")):
                run(
                    f'create temp trigger "see_{verb}_{table}" after {verb} on main."{table}" begin'
                    f" insert into seen values (commit_number(), '{table}', {row}.id, 0); end"
                )

    def escaped(self) -> list[tuple[Any, ...]]:
        """Return the rows that changed without an op of theirs in the same commit."""
        return self._library.rows(
            "select number, type, hex(id) from seen where not is_op"
            " except select number, type, hex(id) from seen where is_op"
        )

    def silent(self) -> list[tuple[Any, ...]]:
        """Return the ops that changed no row of theirs in the same commit."""
        return self._library.rows(
            "select number, type, hex(id) from seen where is_op and type <> 'undone'"
            " except select number, type, hex(id) from seen where not is_op"
        )

    def counts(self) -> tuple[int, int]:
        """Return how many ops and how many row changes were seen."""
        query = "select coalesce(sum(is_op), 0), coalesce(sum(not is_op), 0) from seen"
        ops, rows = self._library.rows(query)[0]
        return ops, rows


@contextlib.contextmanager
def may_write(library: Library) -> Iterator[None]:
    """Do what the program itself never may: write past the door."""
    library.database.execute_sql("pragma query_only = off")
    yield
    library.database.execute_sql("pragma query_only = on")


def everything(library: Library) -> dict[str, list[Any]]:
    """Return all rows of all tables, to compare a file with itself."""
    names = [row[0] for row in library.rows("select name from sqlite_master where type = 'table'")]
    return {name: library.rows(f'select * from "{name}"') for name in names}


def meaning(library: Library) -> dict[str, list[Any]]:
    """Return all rows of the synced tables as any device must have them: no local numbers."""
    return {
        name: sorted(
            tuple(value for column, value in zip(columns, row, strict=True) if column in kept)
            for row in library.rows(f'select * from "{name}"')
        )
        for name in synced_tables(library)
        for columns in [[row[1] for row in library.rows(f'pragma table_info("{name}")')]]
        for kept in [set(columns) - {"rid", "stream", "clocks"}]
    }
