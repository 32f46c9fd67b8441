"""What storage asks of a database, whichever engine is behind it: SQLite or PostgreSQL.

Queries are written in the words that both understand, with ``?`` for values; what differs is asked
of the database. ``storage.database`` gives SQLite this face, ``storage.postgres`` PostgreSQL.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Any, Protocol


class Cursor(Protocol):
    """Runs statements; the rows of the last one are fetched as tuples."""

    def execute(self, sql: str, values: Sequence[Any] = ..., /) -> Any:
        """Run one statement."""

    def executemany(self, sql: str, rows: Iterable[Sequence[Any]], /) -> Any:
        """Run one statement for each row of values."""


class Sql(Protocol):
    """One open database; one thread at a time uses it."""

    @property
    def database(self) -> Any:
        """What it is called in messages: a file, or a schema."""

    @property
    def has_search(self) -> bool:
        """Whether it keeps the index for searching titles by words, and their lines."""

    @property
    def row_lock(self) -> str:
        """What a query ends with that keeps the rows it reads for this transaction alone."""

    @property
    def begin_reading(self) -> str:
        """What begins a look at everything as it is at one moment; ``rollback`` ends it."""

    def execute_sql(self, sql: str, params: Sequence[Any] | None = None, /) -> Any:
        """Run one statement and return what ``fetchall`` gives the rows of."""

    def cursor(self) -> Any:
        """Return a ``Cursor``."""

    def writing(self) -> AbstractContextManager[None]:
        """Write all or nothing; whatever is raised inside, nothing of it stays."""

    def column_types(self, table: str) -> Mapping[str, str]:
        """Return the declared type of each column, in small letters."""

    def total_changes(self) -> int:
        """Return how many rows this connection inserted, changed or deleted so far."""

    def interrupt(self) -> None:
        """Call off the query under way, if there is one; from any thread."""

    def rest(self) -> None:
        """Do what can wait, for moments when nobody waits."""

    def tidy(self) -> None:
        """Bring the statistics of the query planner up to date, within a transaction; cheap."""

    def is_closed(self) -> bool:
        """Whether it was closed."""

    def close(self) -> Any:
        """Close it; what was not committed is gone."""
