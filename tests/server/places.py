"""A real server and real desks, each with its own file and keys, over HTTP on 127.0.0.1."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import uvicorn

from perpusdesk.protocol import enrolment_code
from perpusdesk.protocol.enrolment_code import EnrolmentCode
from perpusdesk.services.set_up import NewLibrary, create_library
from perpusdesk.storage.key_store import KeyStore
from perpusdesk.storage.library import Library
from perpusdesk.syncing.connections import Connection
from perpusdesk.syncing.enrol_http import post_enrolment
from perpusdesk.syncing.http_link import HttpLink
from perpusdesk.syncing.http_transport import Exchanged, exchange_once
from perpusdesk.syncing.identity import Member, member_of
from perpusdesk.syncing.join import join_new
from perpusdesk_server import jobs
from perpusdesk_server.app import create_app
from perpusdesk_server.limits import Limits, Rate
from perpusdesk_server.opening import as_server
from perpusdesk_server.serving import Serving

MANY = Rate(100_000, 100_000)
UNHURRIED = Limits(MANY, MANY, MANY, MANY)


@contextmanager
def listening(serving: Serving, port: int = 0, **options: object) -> Iterator[int]:
    """Serve it by a real web server in a thread; give the port."""
    app = create_app(serving, **options)
    config = uvicorn.Config(app, port=port, log_config=None, access_log=False, lifespan="on")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        while not server.started:
            assert thread.is_alive()
            threading.Event().wait(0.01)
        yield server.servers[0].sockets[0].getsockname()[1]
    finally:
        server.should_exit = True
        thread.join(20)


def city(folder: Path, name: str = "Perpustakaan Kota Contoh") -> Serving:
    """Make a server with a library of its own."""
    library = create_library(folder, NewLibrary(name, "Pusat"))
    member, holder = as_server(library, KeyStore(folder), "Server kota")
    return Serving(member, holder, "http://127.0.0.1", limits=UNHURRIED)


def code_of(serving: Serving, port: int, **words: object) -> EnrolmentCode:
    """Let the server make a code."""
    asked = {"address": f"http://127.0.0.1:{port}", **words}
    made = serving.store(lambda: jobs.enrol(serving, asked))
    code = enrolment_code.read(made["code"])
    assert isinstance(code, EnrolmentCode)
    return code


@dataclass(slots=True)
class Branch:
    """A desk of its own."""

    library: Library
    member: Member
    link: HttpLink

    def exchange(self) -> Exchanged:
        return exchange_once(self.member, self.link)

    def __enter__(self) -> Branch:
        return self

    def __exit__(self, *_: object) -> None:
        self.link.close()
        self.library.close()


def joined(folder: Path, code: EnrolmentCode, name: str = "Meja", url: str = "") -> Branch:
    """Enrol a new desk over HTTP; it exchanges with ``url`` then."""
    keys = KeyStore(folder)
    library = join_new(folder, code, name, keys, post_enrolment)
    assert isinstance(library, Library), library
    return at_work(library, keys, url or code.server)


def at_work(library: Library, keys: KeyStore, url: str) -> Branch:
    member = member_of(library, keys)
    assert member is not None
    return Branch(library, member, HttpLink(Connection(url), member.identity))
