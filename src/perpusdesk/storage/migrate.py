"""Bringing a library file to this program's schema, by frozen steps that are recorded by name."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from peewee import CharField, SqliteDatabase
from playhouse.migrations import Runner

from perpusdesk.common.errors import Fault, KnownError

APPLICATION_ID: Final = 0x50445342
STEPS: Final = Path(__file__).parent / "migrations"


class _Steps(Runner):  # type: ignore[misc]  # playhouse has no types
    """The runner of playhouse, with a history that APSW can bind (it takes no ``datetime``)."""

    def __init__(self, database: SqliteDatabase, directory: str) -> None:
        super().__init__(database, directory)

        class History(database.Model):  # type: ignore[misc, name-defined]
            name = CharField(unique=True)
            applied = CharField(default=lambda: datetime.now(UTC).isoformat(timespec="seconds"))

            class Meta:
                legacy_table_names = False
                table_name = self.table_name

        self.History: Any = History


def latest_step() -> int:
    """Return the number of this program's newest schema step."""
    return max(int(path.name[:4]) for path in STEPS.glob("[0-9]*.py"))


def migrate(database: SqliteDatabase) -> None:
    """Create or upgrade the schema; an older program refuses a newer library and harms nothing.

    Raises ``KnownError`` with ``NEWER_LIBRARY`` or ``NOT_A_LIBRARY``.
    """
    kind = _pragma(database, "application_id")
    version = _pragma(database, "user_version")
    empty = not database.execute_sql("select count(*) from sqlite_master").fetchall()[0][0]
    if not empty and kind != APPLICATION_ID:
        raise KnownError(Fault.NOT_A_LIBRARY, file=str(database.database))
    if version > latest_step():
        raise KnownError(Fault.NEWER_LIBRARY, library=version, program=latest_step())
    if version < latest_step():
        _Steps(database, str(STEPS)).up()
        database.execute_sql(f"pragma application_id = {APPLICATION_ID}").fetchall()
        database.execute_sql(f"pragma user_version = {latest_step()}").fetchall()


def _pragma(database: SqliteDatabase, name: str) -> int:
    return int(database.execute_sql(f"pragma {name}").fetchall()[0][0])
