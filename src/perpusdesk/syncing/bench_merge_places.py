"""The engines that the fold is measured on: SQLite files, and a real PostgreSQL."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from perpusdesk.storage.library import Library
from perpusdesk.syncing.bench_merge import Place, Rows


class OnSqlite:
    """Library files in a folder."""

    name = "sqlite"

    def __init__(self, folder: Path) -> None:
        self._folder, self._numbers = folder, count()

    def library(self) -> Library:
        """Make an empty library; the caller closes it."""
        return Library.create(self._folder / f"merge-{next(self._numbers)}")

    @contextlib.contextmanager
    def bare(self) -> Iterator[Callable[[Rows], None]]:
        """Make one more, and give what writes rows into it in one transaction."""
        with self.library() as library:

            def write(rows: Rows) -> None:
                with library.database.writing():
                    cursor = library.database.cursor()
                    for table, part in rows.items():
                        marks = ",".join("?" * len(part[0]))
                        cursor.executemany(f'insert into "{table}" values ({marks})', part)

            yield write


class OnPostgres:
    """Schemas in a database."""

    name = "postgresql"

    def __init__(self, dsn: str) -> None:
        self._dsn = dsn
        self._made: list[str] = []

    def library(self) -> Library:
        """Make an empty library; the caller closes it."""
        from perpusdesk.storage.postgres.library import PostgresLibrary

        made = PostgresLibrary.create_in(self._dsn)
        self._made.append(made.name)
        return made

    @contextlib.contextmanager
    def bare(self) -> Iterator[Callable[[Rows], None]]:
        """Make one more, and give what writes rows into it in one transaction, by bare psycopg."""
        from perpusdesk.storage.postgres.connection import connect

        with self.library():
            pass
        with connect(self._dsn, self._made[-1], writable=True) as connection:

            def write(rows: Rows) -> None:
                with connection.transaction(), connection.cursor() as cursor:
                    for table, part in rows.items():
                        marks = ",".join(["%s"] * len(part[0]))
                        cursor.executemany(f'insert into "{table}" values ({marks})'.encode(), part)

            yield write

    def clear(self) -> None:
        """Remove what was made."""
        from perpusdesk.storage.postgres import schema

        for name in self._made:
            schema.drop(self._dsn, name)
        self._made.clear()


@dataclass(frozen=True, slots=True)
class Measurable:
    """The engines that are here, and why others are not."""

    places: list[Place]
    absent: dict[str, str]


@contextlib.contextmanager
def places(folder: Path, dsn: str = "") -> Iterator[Measurable]:
    """Give the engines to measure: SQLite, and PostgreSQL at ``dsn`` or from the test wheel."""
    sqlite = OnSqlite(folder)
    with contextlib.ExitStack() as stack:
        try:
            postgres = stack.enter_context(_postgres(dsn))
        except ImportError as error:
            yield Measurable([sqlite], {OnPostgres.name: f"{error.name} is not installed"})
        except _AbsentError as error:
            yield Measurable([sqlite], {OnPostgres.name: str(error)})
        else:
            yield Measurable([sqlite, postgres], {})


class _AbsentError(Exception):
    pass


@contextlib.contextmanager
def _postgres(dsn: str) -> Iterator[OnPostgres]:
    from perpusdesk.storage.postgres.embedded import NoServerError, server

    with contextlib.ExitStack() as stack:
        try:
            place = OnPostgres(dsn or stack.enter_context(server()))
        except NoServerError as error:
            raise _AbsentError(str(error)) from error
        try:
            yield place
        finally:
            place.clear()
