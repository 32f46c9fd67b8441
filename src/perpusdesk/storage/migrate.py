"""Bringing a library file to this program's schema, by frozen steps that are recorded by name."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from peewee import CharField

from perpusdesk.common.errors import Fault, KnownError
from perpusdesk.storage.database import FileDatabase
from perpusdesk.storage.meta import PROGRAM, Meta

APPLICATION_ID: Final = 0x50445342
STEPS: Final = Path(__file__).parent / "migrations"


def latest_step(steps: Path = STEPS) -> int:
    """Return the number of this program's newest schema step."""
    return max(int(path.name[:4]) for path in steps.glob("[0-9]*.py"))


def schema_of(database: FileDatabase, steps: Path = STEPS) -> int:
    """Return the schema of a file (0: empty); nothing in it is changed.

    Raises ``KnownError`` with ``NEWER_LIBRARY`` (``needs``: the version of the program that wrote
    it, where it says so) or ``NOT_A_LIBRARY``.
    """
    version = _pragma(database, "user_version")
    empty = not database.execute_sql("select count(*) from sqlite_master").fetchall()[0][0]
    if not empty and _pragma(database, "application_id") != APPLICATION_ID:
        raise KnownError(Fault.NOT_A_LIBRARY, file=str(database.database))
    if version > latest_step(steps):
        needs = Meta(database).get(PROGRAM, "")
        raise KnownError(
            Fault.NEWER_LIBRARY, library=version, program=latest_step(steps), needs=needs
        )
    return version


def migrate(database: FileDatabase, steps: Path = STEPS) -> None:
    """Create or upgrade the schema in one transaction."""
    with database.atomic("IMMEDIATE"):
        _runner(database, steps).up()
        database.execute_sql(f"pragma application_id = {APPLICATION_ID}").fetchall()
        database.execute_sql(f"pragma user_version = {latest_step(steps)}").fetchall()


def _pragma(database: FileDatabase, name: str) -> int:
    return int(database.execute_sql(f"pragma {name}").fetchall()[0][0])


def _runner(database: FileDatabase, steps: Path) -> Any:
    """Return playhouse's runner, with a history that APSW can bind (it takes no ``datetime``)."""
    from playhouse.migrations import Runner  # rarely needed, and slow to import

    class History(database.Model):  # type: ignore[misc, name-defined]  # peewee makes it here
        name = CharField(unique=True)
        applied = CharField(default=lambda: datetime.now(UTC).isoformat(timespec="seconds"))

        class Meta:
            legacy_table_names = False
            table_name = "schema_migration"

    runner = Runner(database, str(steps))
    runner.History = History
    return runner
