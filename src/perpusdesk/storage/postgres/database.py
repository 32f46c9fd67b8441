"""One library's schema on PostgreSQL, with the face that storage knows (``storage.sql``)."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Final, TypeVar

import psycopg
from psycopg import Connection, Cursor
from psycopg.errors import Diagnostic
from psycopg.pq import TransactionStatus

from perpusdesk.storage.postgres import bulk
from perpusdesk.storage.postgres.connection import connect
from perpusdesk.storage.postgres.deadline import WATCH, Busy
from perpusdesk.storage.postgres.dialect import statement
from perpusdesk.storage.postgres.faults import UnknownOutcomeError, is_lost, told

T = TypeVar("T")
Row = Sequence[Any]

ANSWER_SECONDS: Final = 60.0
_MANY: Final = 4  # rows, from which on one statement for all is worth its making
_COLUMNS: Final = (
    "select attname, format_type(atttypid, null) from pg_attribute"
    " where attrelid = to_regclass(?) and attnum > 0 and not attisdropped order by attnum"
)


class Found:
    """What came of a statement: its rows (none when it was not a question)."""

    def __init__(self, cursor: Cursor[Any]) -> None:
        self.rowcount = cursor.rowcount
        self.is_question = cursor.description is not None
        self._rows: list[Any] = cursor.fetchall() if self.is_question else []

    def fetchall(self) -> list[Any]:
        """Return the rows as tuples."""
        return self._rows

    def fetchone(self) -> Any:
        """Return the first row, or ``None``."""
        return self._rows[0] if self._rows else None

    def __iter__(self) -> Iterator[Any]:
        return iter(self._rows)


class Writer:
    """A cursor as storage uses one."""

    def __init__(self, database: PostgresDatabase) -> None:
        self._database = database
        self.rowcount = -1

    def execute(self, sql: str, values: Row = ()) -> Found:
        """Run one statement."""
        found = self._database.execute_sql(sql, values)
        self.rowcount = found.rowcount
        return found

    def executemany(self, sql: str, rows: Iterable[Row]) -> None:
        """Run one statement for each row of values."""
        self.rowcount = self._database.execute_many(sql, rows)


class PostgresDatabase:
    """A connection to one schema; it comes back by itself when it was lost between two writes.

    ``on_connect`` is called with each new connection, the first one too; what it raises counts.
    """

    has_search: Final = False
    row_lock: Final = " for update"
    begin_reading: Final = "begin isolation level repeatable read read only"

    def __init__(
        self,
        dsn: str,
        schema: str,
        *,
        writable: bool = True,
        on_connect: Callable[[Connection[Any]], None] = lambda _: None,
        answer_seconds: float = ANSWER_SECONDS,
    ) -> None:
        """Connect. Raises ``KnownError`` (``UNREACHABLE``, or what ``on_connect`` says)."""
        self.database = schema
        self._dsn = dsn
        self._writable = writable
        self._on_connect = on_connect
        self._answer_seconds = answer_seconds
        self._changes = 0
        self._warnings: list[str] = []
        self._types: dict[str, dict[str, str]] = {}
        self._plans: dict[str, bulk.Plan | None] = {}
        self._closed = False
        with told(schema):
            self._connect()

    def _connect(self) -> None:
        connection = connect(self._dsn, self.database)
        try:
            connection.add_notice_handler(self._note)
            self._on_connect(connection)
        except BaseException:
            connection.close()
            raise
        self._connection = connection
        self._busy = Busy(connection, self._answer_seconds)
        WATCH.add(self._busy)

    def _note(self, said: Diagnostic) -> None:
        if said.severity_nonlocalized == "WARNING":
            self._warnings.append(said.message_primary or "")

    # -- statements -----------------------------------------------------------------------------

    def execute_sql(self, sql: str, params: Row | None = None, /) -> Found:
        """Run one statement, written as for SQLite, and return what it found."""
        made = statement(sql)
        values = made.values(params or ())
        found = self._run(lambda cursor: Found(cursor.execute(made.sql, values)))
        if not found.is_question:
            self._changes += max(found.rowcount, 0)
        return found

    def execute_many(self, sql: str, rows: Iterable[Row], /) -> int:
        """Run one statement for each row of values; return how many rows that changed."""
        given = rows if isinstance(rows, list) else list(rows)
        if not given:
            return 0
        plan = self._plan(sql) if len(given) >= _MANY else None
        if plan is not None and plan.fits(given):
            values = plan.values(given)
            count = self._run(lambda cursor: cursor.execute(plan.sql, values).rowcount)
        else:
            made = statement(sql)
            listed = [made.values(row) for row in given]
            count = self._run(lambda cursor: _one_by_one(cursor, made.sql, listed))
        self._changes += max(count, 0)
        return count

    def _plan(self, sql: str) -> bulk.Plan | None:
        if sql not in self._plans:
            self._plans[sql] = bulk.plan(sql, self.column_types)
        return self._plans[sql]

    def _run(self, work: Callable[[Cursor[Any]], T]) -> T:
        with told(self.database, reading=not self._writable):
            inside = not self._closed and self._is_writing()
            alive = not self._connection.closed
            try:
                return self._ask(work)
            except psycopg.Error as error:
                too_slow = alive and self._busy.was_cut
                if self._closed or inside or too_slow or not self._is_lost(error):
                    raise
            self._connect()  # nothing was begun: what was asked is asked again
            return self._ask(work)

    def _ask(self, work: Callable[[Cursor[Any]], T]) -> T:
        self._busy.begin()
        try:
            with self._connection.cursor(binary=True) as cursor:
                return work(cursor)
        finally:
            self._busy.end()

    def _is_lost(self, error: psycopg.Error) -> bool:
        return self._connection.closed or is_lost(error)

    def _is_writing(self) -> bool:
        return self._connection.info.transaction_status in _IN_TRANSACTION

    def cursor(self) -> Writer:
        """Return a cursor."""
        return Writer(self)

    def total_changes(self) -> int:
        """Return how many rows were inserted, changed or deleted so far."""
        return self._changes

    def column_types(self, table: str) -> Mapping[str, str]:
        """Return the type of each column: "bigint", "text" or "bytea"."""
        if table not in self._types:
            self._types[table] = dict(self.execute_sql(_COLUMNS, (f'"{table}"',)).fetchall())
        return self._types[table]

    # -- transactions ---------------------------------------------------------------------------

    @contextlib.contextmanager
    def writing(self) -> Iterator[None]:
        """Write all or nothing; whatever is raised inside, nothing of it stays.

        Raises ``UnknownOutcomeError`` when the commit was sent and its answer did not come, or
        said that no other machine has it. The commit itself is never called off.
        """
        self._run(lambda cursor: cursor.execute(b"begin read write"))
        try:
            yield
            with told(self.database):
                self._commit()
        except BaseException:
            self._roll_back()
            raise

    def _commit(self) -> None:
        if self._connection.info.transaction_status is not TransactionStatus.INTRANS:
            raise psycopg.OperationalError("the transaction was lost before its commit")
        self._warnings.clear()
        try:
            said = self._ask(lambda cursor: cursor.execute(b"commit").statusmessage)
        except psycopg.Error as error:
            if self._is_lost(error):
                raise UnknownOutcomeError(str(self.database), str(error).strip()) from error
            raise
        if self._warnings or said != "COMMIT":
            detail = "; ".join(self._warnings) or str(said)
            raise UnknownOutcomeError(str(self.database), detail)

    def _roll_back(self) -> None:
        """End what is open; a connection that cannot do that is closed and comes anew."""
        try:
            if self._is_writing():
                self._ask(lambda cursor: cursor.execute(b"rollback"))
        except psycopg.Error:
            self._connection.close()

    @contextlib.contextmanager
    def patient(self, seconds: float) -> Iterator[None]:
        """Wait so long for an answer: for a new schema, whose indexes take their time."""
        busy = self._busy
        before, busy.seconds = busy.seconds, seconds
        try:
            yield
        finally:
            busy.seconds = before

    # -- the end --------------------------------------------------------------------------------

    def interrupt(self) -> None:
        """Call off the question under way, from any thread; only on a connection for reading.

        One that writes is never called off: the order might reach it in its commit.
        """
        if not self._closed and not self._writable:
            self._connection.cancel_safe(timeout=5)

    def rest(self) -> None:
        """Nothing has to wait here: PostgreSQL tidies its log by itself."""

    def tidy(self) -> None:
        """Bring the statistics of the query planner up to date."""
        self.execute_sql("analyze")

    def is_closed(self) -> bool:
        """Whether it was closed."""
        return self._closed

    def close(self) -> None:
        """Close the connection; what was not committed is gone."""
        self._closed = True
        self._connection.close()


_IN_TRANSACTION: Final = (
    TransactionStatus.INTRANS,
    TransactionStatus.INERROR,
    TransactionStatus.ACTIVE,
)


def _one_by_one(cursor: Cursor[Any], sql: bytes, rows: Sequence[Row]) -> int:
    cursor.executemany(sql, rows)
    return cursor.rowcount
