"""SQLite reads the database of a backup where it lies: a file system of one file, never written.

The pages come from the pieces (https://www.sqlite.org/vfs.html), so even a look into a backup
leaves no open copy behind.
"""

from __future__ import annotations

from typing import Any, Protocol

import apsw

from perpusdesk.common.errors import KnownError
from perpusdesk.storage.backup.manifest import Manifest


class Paged(Protocol):
    """A backup whose database is made of pieces of equal size, but for the last."""

    manifest: Manifest

    @property
    def piece_bytes(self) -> int:
        """Bytes of the database in one piece."""

    @property
    def database_bytes(self) -> int:
        """Bytes of the whole database."""

    def piece(self, number: int, /) -> bytes:
        """Return the content of a piece. Raises ``KnownError(BACKUP_DAMAGED)``."""


class PieceSystem(apsw.VFS):
    """Knows one file: the database of a backup. ``fault`` is why it could not be read."""

    def __init__(self, backup: Paged, name: str) -> None:
        self.name = name
        self.backup = backup
        self.fault: KnownError | None = None
        super().__init__(name, "", maxpathname=64)

    def xOpen(self, _name: object, _flags: list[int]) -> Any:
        """Open the one file there is."""
        return _PieceFile(self)

    def xAccess(self, _name: str, _flags: int) -> bool:
        """There is no log beside it."""
        return False

    def xFullPathname(self, name: str) -> str:
        """Names are whole as they are."""
        return name

    def xDelete(self, _name: str, _sync: bool) -> None:
        """Nothing is ever deleted."""


class _PieceFile:
    """What SQLite reads of a backup; it never writes."""

    def __init__(self, system: PieceSystem) -> None:
        self._system = system
        self._pages = system.backup.manifest.pages
        self._piece_bytes = system.backup.piece_bytes
        self._size = system.backup.database_bytes

    def xRead(self, amount: int, start: int) -> bytes:
        index, begin = divmod(start, self._piece_bytes)
        if index >= len(self._pages):
            return b""
        try:
            data = self._system.backup.piece(self._pages[index])
        except KnownError as error:
            self._system.fault = error
            raise apsw.IOError from error
        found = data[begin : begin + amount]
        if start == 0 and amount > 19:  # as a file without a log, for there is none
            found = found[:18] + b"\1\1" + found[20:]
        return found

    def xFileSize(self) -> int:
        return self._size

    def xClose(self) -> None:
        """Nothing to let go of."""

    def xLock(self, _level: int) -> None:
        """Nobody writes."""

    def xUnlock(self, _level: int) -> None:
        """Nobody writes."""

    def xCheckReservedLock(self) -> bool:
        return False

    def xSectorSize(self) -> int:
        return 4096

    def xDeviceCharacteristics(self) -> int:
        return int(apsw.SQLITE_IOCAP_IMMUTABLE)

    def xFileControl(self, _operation: int, _pointer: int) -> bool:
        return False

    def excepthook(self, *_error: Any) -> None:
        """SQLite is told by the error; the caller raises it anew."""
