"""The database file as it is at one moment, read in plain pages while others go on writing.

In WAL mode the file itself changes only when the log is moved into it, and that never goes beyond
what the oldest reader has seen. So: stop writers for a blink, begin to read, move all of the log
into the file. As long as that reader reads, the file stays as it was then
(https://www.sqlite.org/wal.html, "Concurrency"), and its pages can be read in any order.
"""

from __future__ import annotations

import contextlib
import time
from pathlib import Path
from typing import Any, Final

from perpusdesk.common.errors import Fault, KnownError
from perpusdesk.storage.database import FileDatabase, connect, translated

_TRIES: Final = 60
_PAUSE: Final = 0.05
_RESERVED_AT: Final = 20
_CHECKPOINT: Final = "pragma wal_checkpoint(passive)"


class Moment:
    """A reader that holds the file still. ``database`` is for queries of the same moment."""

    def __init__(self, file: Path, key: bytes | None) -> None:
        """Take the moment. Raises ``KnownError``: damaged, or somebody holds the file for long."""
        self._file = file
        self._open: list[FileDatabase] = []
        try:
            with translated(file):
                self.database = self._connect(key)
                self._hold_still(self._connect(key), self._connect(key))
                first = self._raw(0, 100)
                ((self.page_count,),) = self._rows("pragma page_count")
                ((self.page_size,),) = self._rows("pragma page_size")
        except BaseException:
            self.close()
            raise
        for helper in self._open[1:]:
            helper.close()
        self._spare = first[_RESERVED_AT]

    def _connect(self, key: bytes | None) -> FileDatabase:
        self._open.append(connect(self._file, key=key))
        return self._open[-1]

    def _rows(self, query: str) -> list[Any]:
        rows: list[Any] = self.database.execute_sql(query).fetchall()
        return rows

    def _hold_still(self, gate: FileDatabase, mover: FileDatabase) -> None:
        for attempt in range(_TRIES):
            mover.execute_sql(_CHECKPOINT).fetchall()  # the most of it, while nobody waits
            gate.execute_sql("begin immediate")
            try:
                self.database.execute_sql("begin")
                self._rows("select count(*) from sqlite_master")
                ((_busy, log, moved),) = mover.execute_sql(_CHECKPOINT).fetchall()
            finally:
                gate.execute_sql("rollback")
            if log == moved:
                return
            self.database.execute_sql("rollback")
            time.sleep(min(1.0, _PAUSE * (attempt + 1)))
        raise KnownError(Fault.BACKUP_BUSY, file=str(self._file))

    def read(self, page: int, count: int) -> bytearray:
        """Return pages, the first of which is number 0; what no page uses of itself is zero.

        Raises ``KnownError(DAMAGED)`` for a page that is not what was written.
        """
        with translated(self._file):
            found = self._raw(page * self.page_size, count * self.page_size)
        data = bytearray(found)
        if self._spare:
            nothing = bytes(self._spare)
            for end in range(self.page_size, len(data) + 1, self.page_size):
                data[end - self._spare : end] = nothing
        return data

    def _raw(self, start: int, length: int) -> bytes:
        connection: Any = self.database.connection()
        whole, data = connection.read("main", 0, start, length)
        if not whole:
            raise KnownError(Fault.DAMAGED, file=str(self._file), page=start)
        return bytes(data)

    def close(self) -> None:
        """Let the file go on."""
        for database in self._open:
            with contextlib.suppress(Exception):
                database.close()

    def __enter__(self) -> Moment:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
