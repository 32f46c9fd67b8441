"""Writing a database file page by page, encrypted by SQLite itself on the way to the disk.

There is no statement for this; so the pages are handed to the file that SQLite has open, by the
method that SQLite's pager calls (``sqlite3_file``, https://www.sqlite.org/c3ref/io_methods.html).
A plain file is written as it is.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
from pathlib import Path
from typing import Any, Final

import apsw

from perpusdesk.common.errors import Fault, KnownError
from perpusdesk.common.files import as_known
from perpusdesk.storage.database import connect, translated
from perpusdesk.storage.upgrade import remove_file

_WRITE: Final = 3  # among the methods: version, close, read, write
_WRITER: Final = ctypes.CFUNCTYPE(
    ctypes.c_int, ctypes.c_void_p, ctypes.c_char_p, ctypes.c_int, ctypes.c_int64
)
_FULL: Final = {apsw.SQLITE_FULL, apsw.SQLITE_IOERR_WRITE}


class _SqliteFile(ctypes.Structure):
    _fields_ = (("methods", ctypes.POINTER(ctypes.c_void_p)),)


class PageFile:
    """A new database file, written from its beginning to its end; not whole until ``close``."""

    def __init__(self, file: Path, key: bytes | None) -> None:
        """Make it anew. Raises ``KnownError``."""
        self._file = file
        remove_file(file)
        try:
            self._sink = _Sealing(file, key) if key else _Plain(file)
        except OSError as error:
            raise as_known(error, file) or error from error

    def write(self, start: int, pages: bytes) -> None:
        """Write whole pages. Raises ``KnownError``."""
        try:
            self._sink.write(start, pages)
        except OSError as error:
            raise as_known(error, self._file) or error from error

    def close(self) -> None:
        """Bring everything to the disk."""
        try:
            self._sink.close()
            with self._file.open("r+b") as opened:
                os.fsync(opened.fileno())
        except OSError as error:
            raise as_known(error, self._file) or error from error

    def abandon(self) -> None:
        """Let go of the file, whatever state it is in."""
        with contextlib.suppress(Exception):
            self._sink.close()


class _Plain:
    def __init__(self, file: Path) -> None:
        self._handle = file.open("wb")

    def write(self, start: int, pages: bytes) -> None:
        self._handle.seek(start)
        self._handle.write(pages)

    def close(self) -> None:
        self._handle.close()


class _Sealing:
    def __init__(self, file: Path, key: bytes) -> None:
        self._path = file
        with translated(file):
            first = connect(file, key=key)
            first.execute_sql("create table made(a)")  # a file of which SQLite knows the key
            first.close()
            self._database = connect(file, key=key)
        connection: Any = self._database.connection()
        self._pointer = ctypes.c_void_p()
        asked = ctypes.addressof(self._pointer)
        if not connection.file_control("main", apsw.SQLITE_FCNTL_FILE_POINTER, asked):
            raise KnownError(Fault.READ_ONLY, path=str(file))
        opened = ctypes.cast(self._pointer, ctypes.POINTER(_SqliteFile)).contents
        self._write = _WRITER(opened.methods[_WRITE])

    def write(self, start: int, pages: bytes) -> None:
        result = self._write(self._pointer, pages, len(pages), start)
        if result in _FULL:
            raise KnownError(Fault.DISK_FULL, path=str(self._path))
        if result:
            raise KnownError(Fault.DAMAGED, file=str(self._path), code=result)

    def close(self) -> None:
        self._database.close()
