"""The library's server as a place for backups: a line of its own, on which exchanges go first."""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal

from perpusdesk.app.exchange_runner import ExchangeRunner
from perpusdesk.services.safety.backup_places import ServerStores

if TYPE_CHECKING:
    from pathlib import Path

    from perpusdesk.syncing.backup_place import ServerPlace
    from perpusdesk.syncing.connections import Connection
    from perpusdesk.syncing.http_link import HttpLink
    from perpusdesk.syncing.http_transport import Exchanged
    from perpusdesk.syncing.identity import Identity

_PAUSE_S: Final = 0.05
CLOSING_S: Final = 20.0
"""So long a backup goes to the server when the program is closed; the rest follows another day."""


class ClosingLine:
    """The server's places for somebody who wants to switch the computer off: for a short time."""

    def __init__(self, where: Connection, identity: Identity, folder: Path) -> None:
        """Nothing is sent, and no time runs, until a store is asked for."""
        from perpusdesk.syncing.backup_place import places_at
        from perpusdesk.syncing.http_link import HttpLink

        self._link = HttpLink(where, identity)
        self._places = places_at(self._link, folder)
        self._end = threading.Timer(CLOSING_S, self._link.stop)
        self._end.daemon = True
        self.began = False

    def __call__(self, store: str) -> ServerPlace:
        """Return the place of a store; from the first one on the time runs."""
        if not self.began:
            self.began = True
            self._end.start()
        return self._places(store)

    def close(self) -> None:
        """Let go of the line."""
        self._end.cancel()
        self._link.stop()


class ServerLine(QObject):
    """``found`` carries the server's address when an exchange with it came to its end."""

    found = Signal(str)

    def __init__(self, exchange: ExchangeRunner, folder: Path) -> None:
        super().__init__(exchange)
        self._exchange, self._folder = exchange, folder
        self._link: HttpLink | None = None
        self._stores: ServerStores | None = None
        self._there = self._closed = False
        exchange.ran.connect(self._ran)

    @property
    def stores(self) -> ServerStores | None:
        """The places of stores there, ``None`` where the last exchange did not come to its end."""
        return self._stores if self._there and not self._closed else None

    @property
    def at_closing(self) -> ClosingLine | None:
        """A line of its own for the end of the program, ``None`` where the server is not there."""
        member, where = self._exchange.member, self._exchange.first
        if not self._there or member is None or where is None:
            return None
        return ClosingLine(where, member.identity, self._folder)

    def close(self) -> None:
        """End what is under way; it is gone on with another day. No exchange is ended."""
        self._closed = True
        if self._link is not None:
            self._link.stop()

    def _ran(self, done: Exchanged) -> None:
        first = done.connection == self._exchange.first
        self._there = done.done and first
        if self._there and not self._closed:
            self._open()
            self.found.emit(done.connection.url)

    def _open(self) -> None:
        from perpusdesk.syncing.backup_place import places_at
        from perpusdesk.syncing.http_link import HttpLink

        member, where = self._exchange.member, self._exchange.first
        if member is None or where is None:
            return
        if self._link is None or self._link.connection != where:
            if self._link is not None:
                self._link.stop()
            self._link = HttpLink(where, member.identity)
            self._stores = places_at(self._link, self._folder, self._wait)

    def _wait(self) -> None:
        """Let an exchange go first; on the thread of the backup."""
        while self._exchange.running and not self._closed:
            time.sleep(_PAUSE_S)
