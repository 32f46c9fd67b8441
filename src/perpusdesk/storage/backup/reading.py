"""The pieces of a backup, opened; and its database as one that SQLite reads in place."""

from __future__ import annotations

import contextlib
import itertools
from collections import OrderedDict
from collections.abc import Iterator
from typing import Final

import apsw
import zstandard

from perpusdesk.common.errors import Fault, KnownError
from perpusdesk.storage.backup.keys import BrokenError
from perpusdesk.storage.backup.manifest import KeptFile, Manifest
from perpusdesk.storage.backup.piece_system import PieceSystem
from perpusdesk.storage.backup.store import Store

_CACHED_BYTES: Final = 96 << 20
_AHEAD: Final = 4 << 20
_NUMBERS: Final = itertools.count()
_OPEN: Final = apsw.SQLITE_OPEN_READONLY


class OpenBackup:
    """One backup of a store, to be read; one thread at a time."""

    def __init__(self, store: Store, name: str) -> None:
        """Read the manifest. Raises ``KnownError``."""
        self.store, self.name = store, name
        self.manifest: Manifest = store.manifest(name)
        self._unpack = zstandard.ZstdDecompressor()
        self._ahead: tuple[str, int, bytes] = ("", 0, b"")
        self._cached: OrderedDict[int, bytes] = OrderedDict()
        self._room = 0
        self.seen: set[int] = set()
        """Numbers of the pieces that were read and found whole."""

    @property
    def piece_bytes(self) -> int:
        """Bytes of the database in one piece."""
        return self.manifest.piece_pages * self.manifest.page_size

    @property
    def database_bytes(self) -> int:
        """Bytes of the whole database."""
        return self.manifest.page_count * self.manifest.page_size

    def piece(self, number: int) -> bytes:
        """Return the content of a piece. Raises ``KnownError(BACKUP_DAMAGED)``."""
        found = self._cached.get(number)
        if found is not None:
            self._cached.move_to_end(number)
            return found
        content = self._fetch(number)
        self.seen.add(number)
        self._cached[number] = content
        self._room += len(content)
        while self._room > _CACHED_BYTES:
            self._room -= len(self._cached.popitem(last=False)[1])
        return content

    def _fetch(self, number: int) -> bytes:
        name, pack, start, length = self.manifest.piece(number)
        try:
            packed = self.store.keys.open_piece(name, self._bytes(pack, start, length))
            return self._unpack.decompress(packed)
        except (BrokenError, zstandard.ZstdError) as error:
            raise self._damaged(pack) from error
        except KnownError as error:
            if error.fault is Fault.PLACE_GONE and pack not in self.store.place.sizes(pack):
                raise self._damaged(pack) from error
            raise

    def _damaged(self, pack: str) -> KnownError:
        where = f"{self.store.place.where}: {self.name}"
        return KnownError(Fault.BACKUP_DAMAGED, file=where, pack=pack)

    def _bytes(self, pack: str, start: int, length: int) -> bytes:
        """Read ahead: neighbours in a pack are mostly wanted one after the other."""
        held, begin, data = self._ahead
        if held != pack or not begin <= start <= start + length <= begin + len(data):
            data, begin = self.store.place.read(pack, start, max(length, _AHEAD)), start
            self._ahead = (pack, begin, data)
        return data[start - begin : start - begin + length]

    def database_pieces(self) -> Iterator[bytes]:
        """Yield the database file from its beginning to its end."""
        for number in self.manifest.pages:
            yield self.piece(number)

    def file_pieces(self, file: KeptFile) -> Iterator[bytes]:
        """Yield the content of a file beside the database."""
        for number in file.pieces:
            yield self.piece(number)

    @contextlib.contextmanager
    def database(self) -> Iterator[apsw.Connection]:
        """Give the database of the backup, opened for reading where it lies.

        Raises ``KnownError(BACKUP_DAMAGED)`` when a piece that is needed is not whole.
        """
        system = PieceSystem(self, f"perpusdesk-backup-{next(_NUMBERS)}")
        try:
            connection = apsw.Connection("library.db", vfs=system.name, flags=_OPEN)
            try:
                connection.execute("pragma cache_size = -64000")
                connection.execute("pragma temp_store = memory")
                yield connection
            finally:
                connection.close()
        except apsw.Error as error:
            raise system.fault or self._damaged("") from error
        finally:
            system.unregister()
