"""A server, the desk and a van of one library, over HTTP on this computer."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

import uvicorn

from installers.manual.clock import Clock
from perpusdesk.protocol import enrolment_code
from perpusdesk.protocol.certificates import Role
from perpusdesk.protocol.enrolment_code import EnrolmentCode
from perpusdesk.services.desk import Desk
from perpusdesk.services.set_up import BRANCH_LOCAL, STAFF_LOCAL, open_desk
from perpusdesk.storage.key_store import system_key_store
from perpusdesk.storage.library import Library
from perpusdesk.syncing.connections import Connection
from perpusdesk.syncing.enrol_http import post_enrolment
from perpusdesk.syncing.enrolment import Joined
from perpusdesk.syncing.http_link import HttpLink
from perpusdesk.syncing.http_transport import exchange_once
from perpusdesk.syncing.identity import member_of
from perpusdesk.syncing.join import join_new, join_with
from perpusdesk_server import jobs
from perpusdesk_server.app import create_app
from perpusdesk_server.limits import Limits, Rate
from perpusdesk_server.opening import as_server
from perpusdesk_server.serving import Serving

_MANY = Rate(100_000, 100_000)
HOST = "localhost"
SHOWN = "server.perpus.contoh"
"""How the server is called in the pictures."""


@dataclass(slots=True)
class Fleet:
    """The server of a library, and where it listens."""

    serving: Serving
    url: str

    def code(self, role: Role) -> EnrolmentCode:
        """Let the server make a code for one device."""
        words = {"address": self.url, "role": role.value}
        made = self.serving.store(lambda: jobs.enrol(self.serving, words))
        code = enrolment_code.read(made["code"])
        if not isinstance(code, EnrolmentCode):
            raise TypeError(code)
        return code

    def join(self, library: Library) -> None:
        """Let a desk that has a library join, and send all it has."""
        keys = system_key_store(library.folder)
        heard = join_with(library, self.code(Role.DESK), keys, post_enrolment)
        if not isinstance(heard, Joined):
            raise TypeError(heard)
        self.exchange(library)

    def van(self, folder: Path, clock: Clock, name: str) -> Desk:
        """Let a new device join as a van and learn all; it works for the van's branch."""
        keys = system_key_store(folder)
        sources = clock.sources()
        code = self.code(Role.VAN)
        library = join_new(folder, code, name, keys, post_enrolment, sources=sources)
        if not isinstance(library, Library):
            raise TypeError(library)
        self.exchange(library)
        van = library.row("select id from branch where kind = 'van' order by name limit 1")
        person = library.row("select id from staff order by name limit 1")
        if van is None or person is None:
            raise LookupError("the demo library has no van")
        library.put_local(BRANCH_LOCAL, bytes(van[0]))
        library.put_local(STAFF_LOCAL, bytes(person[0]))
        return open_desk(library)

    def exchange(self, library: Library) -> None:
        """Exchange once with the server."""
        member = member_of(library, system_key_store(library.folder))
        if member is None:
            raise LookupError("not joined")
        link = HttpLink(Connection(self.url), member.identity)
        try:
            done = exchange_once(member, link)
        finally:
            link.close()
        if not done.done:
            raise ConnectionError(done)


@contextmanager
def fleet(folder: Path, clock: Clock) -> Iterator[Fleet]:
    """Let a new server listen."""
    library = Library.create(folder, sources=clock.sources())
    member, holder = as_server(library, system_key_store(folder), "Server kota")
    limits = Limits(_MANY, _MANY, _MANY, _MANY)
    serving = Serving(member, holder, f"http://{HOST}", limits=limits)
    config = uvicorn.Config(create_app(serving), port=0, log_config=None, access_log=False)
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        while not server.started and thread.is_alive():
            threading.Event().wait(0.01)
        port = server.servers[0].sockets[0].getsockname()[1]
        told = patch("perpusdesk.ui.exchange.text.host", return_value=SHOWN)
        timed = patch("perpusdesk.syncing.http_link.Sources", clock.sources)
        with told, timed:
            yield Fleet(serving, f"http://{HOST}:{port}")
    finally:
        server.should_exit = True
        thread.join(20)
