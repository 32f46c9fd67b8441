"""The library's server as a place for this device's backups, over a line of its own."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from perpusdesk.common.errors import Fault, KnownError
from perpusdesk.protocol.backup_store import (
    ALTERED,
    FULL,
    MISSING,
    MOST_PIECE,
    PATH,
    REVOKED,
    Answer,
    ListWanted,
    ReadWanted,
    RemoveWanted,
    Wanted,
    WriteWanted,
    decode_answer,
    encode,
    sum_of,
)
from perpusdesk.protocol.messages import MessageError
from perpusdesk.storage.folder import FolderLock
from perpusdesk.syncing.http_link import HttpLink
from perpusdesk.syncing.link_faults import LinkError, LinkFault

_FRAMES: Final = 8
"""How many frames of an exchange one piece is: some seconds of whatever the line carries."""
_TRIES: Final = 3
_BUSY: Final = "server-backup.lock"
_SHUT_OUT: Final = frozenset({REVOKED, LinkFault.UNKNOWN_DEVICE, LinkFault.KEY_REPLACED})


class ServerPlace:
    """One store of this device at its server; all methods raise ``KnownError``.

    ``UNREACHABLE`` (with ``reason``) where there is no way to it now, ``SERVER_FULL`` when this
    device's space there is used up, ``SHUT_OUT`` when the device was shut out.
    """

    proves = True

    def __init__(
        self,
        link: HttpLink,
        store: str,
        folder: Path,
        before: Callable[[], object] = lambda: None,
        one: threading.Lock | None = None,
    ) -> None:
        """``folder`` is the data folder; ``before`` is called before each piece and may wait.

        ``one`` is held while the line is used, for those who share it between threads.
        """
        self._link, self._store, self._folder, self._before = link, store, folder, before
        self._one = one or threading.Lock()

    @property
    def where(self) -> str:
        """The server's address."""
        return self._link.connection.url

    def sizes(self, ending: str) -> dict[str, int]:
        """Return the files with an ending, each with its size in bytes."""
        found = self._ask(ListWanted(self._store)).sizes
        return {name: found[name] for name in sorted(found) if name.endswith(ending)}

    def read(self, name: str, start: int = 0, length: int | None = None) -> bytes:
        """Return bytes of a file; fewer where it ends before."""
        found = bytearray()
        while length is None or len(found) < length:
            most = self._most() if length is None else min(self._most(), length - len(found))
            piece = self._ask(ReadWanted(self._store, name, start + len(found), most)).content
            found += piece
            if len(piece) < most:
                break
        return bytes(found)

    def write(self, name: str, content: bytes) -> None:
        """Send a file, going on where an earlier attempt ended; the server proves its sum."""
        total, proof = len(content), sum_of(content)
        before, tries = -1, 0
        said = self._ask(WriteWanted(self._store, name, proof, total, 0, b""))
        while not said.done:
            if said.at <= before:  # altered on the way, or the last answer was lost
                tries += 1
                if tries >= _TRIES:
                    raise KnownError(Fault.BACKUP_DAMAGED, file=self.where)
            before = said.at
            piece = content[said.at : said.at + self._most()]
            said = self._ask(WriteWanted(self._store, name, proof, total, said.at, piece))

    def remove(self, name: str) -> None:
        """Remove a file, if it is there."""
        self._ask(RemoveWanted(self._store, name))

    @contextlib.contextmanager
    def alone(self) -> Iterator[None]:
        """Let no other program of this device write there meanwhile."""
        try:
            lock = FolderLock(self._folder, _BUSY)
        except KnownError as error:
            if error.fault is Fault.ALREADY_OPEN:
                raise KnownError(Fault.BACKUP_BUSY, file=self.where) from error
            raise
        try:
            yield
        finally:
            lock.release()

    def _most(self) -> int:
        return min(self._link.pace.frame * _FRAMES, MOST_PIECE)

    def _ask(self, wanted: Wanted) -> Answer:
        self._before()
        try:
            with self._one:
                answer = decode_answer(self._link.fetch(PATH, encode(wanted)))
        except LinkError as error:
            raise self._known(error.reason) from error
        except MessageError as error:
            raise self._known(LinkFault.NOT_OURS) from error
        if answer.reason == FULL:
            facts = {"used": answer.used, "limit": answer.limit}
            raise KnownError(Fault.SERVER_FULL, file=self.where, **facts)
        if answer.reason == MISSING:
            raise KnownError(Fault.PLACE_GONE, file=self.where)
        if answer.reason and answer.reason != ALTERED:
            raise self._known(answer.reason)
        return answer

    def _known(self, reason: str) -> KnownError:
        if reason in _SHUT_OUT:
            return KnownError(Fault.SHUT_OUT, file=self.where)
        if reason == LinkFault.SERVER_FULL:
            return KnownError(Fault.SERVER_FULL, file=self.where)
        return KnownError(Fault.UNREACHABLE, server=self.where, reason=reason)


def places_at(
    link: HttpLink, folder: Path, before: Callable[[], object] = lambda: None
) -> Callable[[str], ServerPlace]:
    """Return what gives the place of a store at a server by its id; for any threads."""
    one = threading.Lock()
    return lambda store: ServerPlace(link, store, folder, before, one)
