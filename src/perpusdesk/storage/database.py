"""The SQLite connection: peewee on APSW (sqlite3mc) or on the standard library, safe settings."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import Any

import peewee
from peewee import SqliteDatabase
from playhouse.apsw_ext import APSWDatabase

from perpusdesk.common.errors import Fault, KnownError


class Engine(StrEnum):
    """The driver under peewee; both are kept green by the tests."""

    APSW = "apsw"
    STDLIB = "stdlib"


PRAGMAS = (
    ("journal_mode", "wal"),
    ("synchronous", "full"),
    ("cache_size", -16_000),
    ("temp_store", "memory"),
    ("foreign_keys", "off"),
    ("journal_size_limit", 16_000_000),
)

_MESSAGES = (
    ("disk is full", Fault.DISK_FULL),
    ("readonly", Fault.READ_ONLY),
    ("read-only", Fault.READ_ONLY),
    ("unable to open", Fault.READ_ONLY),
    ("not a database", Fault.NOT_A_LIBRARY),
    ("malformed", Fault.DAMAGED),
    ("corrupt", Fault.DAMAGED),
    ("i/o error", Fault.DAMAGED),
    ("locked", Fault.ALREADY_OPEN),
)


def connect(file: Path, engine: Engine = Engine.APSW) -> SqliteDatabase:
    """Open (or create) a database file with ``synchronous=FULL`` and write-ahead logging.

    One connection serves one worker at a time, from whichever thread. Raises ``KnownError``.
    """
    kind = APSWDatabase if engine is Engine.APSW else SqliteDatabase
    extra: dict[str, Any] = {} if engine is Engine.APSW else {"check_same_thread": False}
    database = kind(
        str(file), pragmas=PRAGMAS, thread_safe=False, timeout=5, autoconnect=False, **extra
    )
    with translated(file):
        database.connect()
        database.execute_sql("select count(*) from sqlite_master").fetchall()
    return database


@contextlib.contextmanager
def translated(file: Path | str = "") -> Iterator[None]:
    """Turn what the driver says of disk and file into a ``KnownError``; bugs pass through."""
    try:
        yield
    except (peewee.OperationalError, peewee.DatabaseError) as error:
        text = str(error).lower()
        for part, fault in _MESSAGES:
            if part in text:
                raise KnownError(fault, file=str(file), detail=str(error)) from error
        raise
