"""The library's server as a place for backups: a line of its own, on which exchanges go first."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal

from perpusdesk.app.exchange_runner import ExchangeRunner
from perpusdesk.services.backup_places import ServerStores

if TYPE_CHECKING:
    from pathlib import Path

    from perpusdesk.syncing.http_link import HttpLink
    from perpusdesk.syncing.http_transport import Exchanged

_PAUSE_S: Final = 0.05


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
