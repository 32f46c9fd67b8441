"""Serving visitors' phones from a running desktop: off until somebody turns it on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject

from perpusdesk.services.desk import Desk
from perpusdesk.services.visits.kiosk_desk import KioskDesk
from perpusdesk.ui.kit.tasks import Tasks
from perpusdesk.ui.shell.messages import Messages

if TYPE_CHECKING:
    from perpusdesk.phone.server import PhoneServer
    from perpusdesk.ui.phones.part import PhonesPart


class Phoning(QObject):
    """Owns the small web server; what phones ask is done between the desk's own steps."""

    def __init__(self, desk: Desk, tasks: Tasks, messages: Messages, papers: Path) -> None:
        """``papers`` is the folder for PDF files."""
        super().__init__(messages if isinstance(messages, QObject) else None)
        self._desk, self._tasks, self._messages, self._papers = desk, tasks, messages, papers
        self._server: PhoneServer | None = None
        self._part: PhonesPart | None = None

    def part(self) -> PhonesPart:
        """Make what stands behind the tab."""
        from perpusdesk.ui.phones.part import PhonesPart

        self._part = PhonesPart(self._desk, self._tasks, self._messages, self._papers, self)
        return self._part

    @property
    def running(self) -> bool:
        """Whether phones are answered."""
        return self._server is not None and self._server.running

    def turn_on(self) -> None:
        """Begin to serve, beside the desk's work."""

        def start() -> PhoneServer:
            from perpusdesk.phone.server import PhoneServer  # what it needs is slow to import

            server = PhoneServer(self._ask)
            server.start()
            return server

        self._tasks.aside(start, self._begun, owner=self)

    def turn_off(self) -> None:
        """Serve no more."""
        server, self._server = self._server, None
        if server is not None:
            self._tasks.aside(server.stop, lambda _none: self._follow(), owner=self)

    def close(self) -> None:
        """Serve no more; for the end of the program."""
        if self._server is not None:
            self._server.stop()
            self._server = None

    def places(self) -> Sequence[tuple[str, str]]:
        """Return name of network and address of each way here."""
        if self._server is None:
            return []
        from perpusdesk.phone.server import addresses

        return [(one.network, one.url) for one in addresses(self._server.port)]

    def _ask(self, work: Callable[[Desk], Any]) -> Any:
        """Do something at the library between the desk's own steps; on a thread of the server."""
        with self._tasks.turn():
            return work(self._mine())

    def _mine(self) -> Desk:
        """Return a desk at which nobody sits: who answers is no staff, also while it is locked."""
        return KioskDesk(self._desk.library, self._desk.branch, None)

    def _begun(self, server: PhoneServer) -> None:
        if self._server is not None:  # turned on twice at once
            self._tasks.aside(server.stop)
            return
        self._server = server
        self._follow()

    def _follow(self) -> None:
        if self._part is not None:
            self._part.follow()
