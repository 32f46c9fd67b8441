"""Where the files of a store lie: a folder of a disk or stick; a server has the same face."""

from __future__ import annotations

import contextlib
import errno
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Final, Protocol

from perpusdesk.common.errors import Fault, KnownError
from perpusdesk.common.files import as_known, write_atomically
from perpusdesk.storage.folder import FolderLock

_BUSY: Final = "store.lock"


class Place(Protocol):
    """Files by name, written whole or not at all. All raise ``KnownError``."""

    @property
    def proves(self) -> bool:
        """Whether what is written is proven there, so that it need not be read again."""

    @property
    def where(self) -> str:
        """What people call it: a folder, a server."""

    def sizes(self, ending: str) -> dict[str, int]:
        """Return the files with an ending, each with its size in bytes."""

    def read(self, name: str, start: int = 0, length: int | None = None) -> bytes:
        """Return bytes of a file; fewer where it ends before."""

    def write(self, name: str, content: bytes) -> None:
        """Put a file there; after a power cut it is whole or not there."""

    def remove(self, name: str) -> None:
        """Remove a file, if it is there."""

    def alone(self) -> contextlib.AbstractContextManager[None]:
        """Let no other program write meanwhile; ``KnownError(BACKUP_BUSY)`` when one does."""


class FolderPlace:
    """The folder of a store."""

    proves = False

    def __init__(self, folder: Path) -> None:
        """The folder is made when something is written."""
        self.folder = folder

    @property
    def where(self) -> str:
        """The folder's path."""
        return str(self.folder)

    def sizes(self, ending: str) -> dict[str, int]:
        """Return the files with an ending, each with its size in bytes."""
        found = {}
        with self._told():
            for file in sorted(self.folder.glob(f"*{ending}")):
                if not file.name.startswith("."):
                    found[file.name] = file.stat().st_size
        return found

    def read(self, name: str, start: int = 0, length: int | None = None) -> bytes:
        """Return bytes of a file; fewer where it ends before."""
        with self._told(), (self.folder / name).open("rb") as file:
            file.seek(start)
            return file.read() if length is None else file.read(length)

    def write(self, name: str, content: bytes) -> None:
        """Put a file there; after a power cut it is whole or not there."""
        with self._told():
            write_atomically(self.folder / name, content)

    def remove(self, name: str) -> None:
        """Remove a file, if it is there."""
        with self._told():
            (self.folder / name).unlink(missing_ok=True)

    @contextlib.contextmanager
    def alone(self) -> Iterator[None]:
        """Let no other program write meanwhile; what a dead one left half written goes away."""
        with self._told():
            self.folder.mkdir(parents=True, exist_ok=True)
            lock = self._lock()
        try:
            with self._told():
                for half in self.folder.glob(".*.*"):
                    half.unlink(missing_ok=True)
            yield
        finally:
            if lock is not None:
                lock.release()

    def _lock(self) -> FolderLock | None:
        try:
            return FolderLock(self.folder, _BUSY)
        except KnownError as error:
            if error.fault is Fault.UNSAFE_PLACE:
                return None  # a share without locks: the folder is this device's own anyway
            if error.fault is Fault.ALREADY_OPEN:
                raise KnownError(Fault.BACKUP_BUSY, file=self.where) from error
            raise

    def free(self) -> int:
        """Return how many bytes there is room for."""
        with self._told():
            existing = next(p for p in (self.folder, *self.folder.parents) if p.exists())
            return shutil.disk_usage(existing).free

    @contextlib.contextmanager
    def _told(self) -> Iterator[None]:
        """Turn what the system says into a ``KnownError``: no room, read only, or it is gone."""
        try:
            yield
        except OSError as error:
            known = as_known(error, self.folder)
            if known is None and error.errno == errno.EFBIG:
                known = KnownError(Fault.DISK_FULL, path=str(self.folder))
            gone = KnownError(Fault.PLACE_GONE, file=self.where, detail=str(error))
            raise (known or gone) from error
