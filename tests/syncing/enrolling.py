"""A server and devices that want to join it, for tests: real files, real keys, no network."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path
from secrets import token_bytes

from helpers.blank import blank
from helpers.library import Time
from perpusdesk.protocol import keys
from perpusdesk.protocol.enrolment_code import EnrolmentCode
from perpusdesk.storage.library import Library, Sources
from perpusdesk.syncing import admission
from perpusdesk.syncing.authority import Authority
from perpusdesk.syncing.book import LibraryBook, issue_code
from perpusdesk.syncing.enrolment import Applicant, Asked, Joined, NotJoined, ask, hear

SERVER = "https://perpus.kota.example"


@dataclass(slots=True)
class Server:
    """A server: its library file, its authority, its own clock."""

    library: Library
    authority: Authority
    time: Time = field(default_factory=Time)

    @property
    def book(self) -> LibraryBook:
        return LibraryBook(self.library, self.authority.public)

    def code(
        self,
        role: str = "desk",
        *,
        name: str = "",
        branch: bytes | None = None,
        device: bytes | None = None,
    ) -> EnrolmentCode:
        """Issue a code that is good for a day."""
        return issue_code(
            self.library,
            self.authority,
            SERVER,
            role=role,
            random=token_bytes,
            now_ms=self.time.wall_ms(),
            name=name,
            branch=branch,
            device=device,
        )

    def answer(self, request: bytes) -> bytes:
        return admission.answer(
            request, self.book, self.authority, self.time.wall_ms(), token_bytes
        )

    def admit(self, code: EnrolmentCode, applicant: Applicant) -> Joined | NotJoined:
        """Let a device ask and hear."""
        asked = ask(code, applicant, token_bytes)
        return hear(asked, self.answer(asked.request)) if isinstance(asked, Asked) else asked

    def joined(self, code: EnrolmentCode, applicant: Applicant) -> Joined:
        """The same where it has to work."""
        heard = self.admit(code, applicant)
        assert isinstance(heard, Joined), heard
        return heard


def make_server(folder: Path, *, empty: bool = False, library: bytes | None = None) -> Server:
    """Make a server with a library of its own (``empty``: with none yet; ``library``: its id)."""
    time = Time()
    sources = Sources(time.wall_ms, time.uptime_ms, token_bytes)
    file = blank(folder, sources=sources, library=library)
    authority = Authority(
        private=keys.make_key(token_bytes(32)),
        secret=token_bytes(32),
        device=file.device,
        device_key=keys.public_of(keys.make_key(token_bytes(32))),
        server_name="Server kota",
    )
    server = Server(file, authority, time)
    if not empty:
        admission.certified_server(file.id, server.book, authority, time.wall_ms())
    return server


def applicant(name: str = "Meja depan") -> Applicant:
    """Return a device that was never anywhere."""
    return Applicant(token_bytes(16), keys.make_key(token_bytes(32)), name, "1.0")


def with_data(one: Applicant, library: bytes, number: int = 1) -> Applicant:
    """Return the same device with data of a library."""
    branch = token_bytes(16)
    return replace(one, library=library, branch=branch, number=number, highest=number)
