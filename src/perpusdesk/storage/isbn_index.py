"""Records of other catalogues by ISBN, in a file of their own beside the library: for no network.

The file holds no person and nothing of the library; it can be thrown away and made anew.
"""

from __future__ import annotations

import contextlib
import sqlite3
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from perpusdesk.common.errors import Fault, KnownError
from perpusdesk.common.files import as_known

FILE_NAME: Final = "isbn-index.db"
_FORMAT: Final = 1
_SCHEMA: Final = f"""
create table source(id integer primary key, name text not null unique, added text not null,
    records integer not null, whole integer not null);
create table record(id integer primary key, source integer not null, marc blob not null);
create table isbn(isbn text not null, record integer not null,
    primary key(isbn, record)) without rowid;
create index record_source on record(source);
pragma user_version = {_FORMAT};
"""


@dataclass(frozen=True, slots=True)
class IndexedSource:
    """A file that was put in; ``whole`` is false when that was broken off."""

    name: str
    added: str
    records: int
    whole: bool


@dataclass(frozen=True, slots=True)
class IndexedRecord:
    """A MARC record (ISO 2709) and the source it came with."""

    source: str
    marc: bytes


class IsbnIndex:
    """The index beside one library; made at the first ``begin``. Use on one thread, then close.

    Raises ``KnownError``: DISK_FULL, READ_ONLY, DAMAGED (``throw_away`` helps).
    """

    def __init__(self, folder: Path) -> None:
        self._path = folder / FILE_NAME
        self._database: sqlite3.Connection | None = None
        if self._path.is_file():
            self._open()

    def close(self) -> None:
        """Let the file go."""
        if self._database is not None:
            self._database.close()
            self._database = None

    def __enter__(self) -> IsbnIndex:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def find(self, isbn13: str, limit: int = 10) -> list[IndexedRecord]:
        """Return the records with an ISBN, those of the newest source first."""
        if self._database is None:
            return []
        with self._known():
            rows = self._database.execute(
                "select s.name, r.marc from isbn i join record r on r.id = i.record"
                " join source s on s.id = r.source where i.isbn = ? order by r.id desc limit ?",
                (isbn13, limit),
            ).fetchall()
            return [IndexedRecord(name, zlib.decompress(marc)) for name, marc in rows]

    def sources(self) -> list[IndexedSource]:
        """Return what was put in, the newest first."""
        if self._database is None:
            return []
        with self._known():
            rows = self._database.execute(
                "select name, added, records, whole from source order by id desc"
            ).fetchall()
        return [
            IndexedSource(name, added, count, bool(whole)) for name, added, count, whole in rows
        ]

    def begin(self, name: str, day: str) -> int:
        """Begin a source; one of the same name is taken out first. Returns its number."""
        self.remove(name)
        if self._database is None:
            self._open()
        database = self._connected()
        with self._known(), database:
            made = database.execute("insert into source values (null, ?, ?, 0, 0)", (name, day))
        return int(made.lastrowid or 0)

    def add(self, source: int, records: Iterable[tuple[Iterable[str], bytes]]) -> int:
        """Add records with their ISBNs to a source, all or none; return how many."""
        database, count = self._connected(), 0
        with self._known(), database:
            for isbns, marc in records:
                packed = zlib.compress(marc, 6)
                row = database.execute("insert into record values (null, ?, ?)", (source, packed))
                database.executemany(
                    "insert or ignore into isbn values (?, ?)",
                    [(isbn, row.lastrowid) for isbn in isbns],
                )
                count += 1
            change = "update source set records = records + ? where id = ?"
            database.execute(change, (count, source))
        return count

    def end(self, source: int) -> None:
        """Tell that a source is whole."""
        database = self._connected()
        with self._known(), database:
            database.execute("update source set whole = 1 where id = ?", (source,))

    def remove(self, name: str) -> bool:
        """Take a source out; tell whether it was there."""
        if self._database is None:
            return False
        database = self._database
        with self._known(), database:
            row = database.execute("select id from source where name = ?", (name,)).fetchone()
            if row is None:
                return False
            database.execute(
                "delete from isbn where record in (select id from record where source = ?)", row
            )
            database.execute("delete from record where source = ?", row)
            database.execute("delete from source where id = ?", row)
        return True

    @staticmethod
    def throw_away(folder: Path) -> None:
        """Remove the whole index; it can be made anew."""
        for ending in ("", "-wal", "-shm"):
            (folder / (FILE_NAME + ending)).unlink(missing_ok=True)

    def _open(self) -> None:
        database = sqlite3.connect(self._path)
        try:
            with self._known():
                database.execute("pragma journal_mode = wal")
                version = database.execute("pragma user_version").fetchone()[0]
                if version == 0:
                    database.executescript(_SCHEMA)
                elif version != _FORMAT:
                    raise KnownError(Fault.DAMAGED, file=str(self._path), format=version)
        except KnownError:
            database.close()
            raise
        self._database = database

    def _connected(self) -> sqlite3.Connection:
        assert self._database is not None, "begin() comes first"
        return self._database

    @contextlib.contextmanager
    def _known(self) -> Iterator[None]:
        try:
            yield
        except (sqlite3.DatabaseError, zlib.error) as error:
            if "full" in str(error):
                raise KnownError(Fault.DISK_FULL, file=str(self._path)) from error
            if "readonly" in str(error):
                raise KnownError(Fault.READ_ONLY, file=str(self._path)) from error
            raise KnownError(Fault.DAMAGED, file=str(self._path), cause=str(error)) from error
        except OSError as error:
            raise as_known(error, self._path) or error from error
