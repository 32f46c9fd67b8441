"""One library as this process serves it: the store's thread, who is let in, what was answered."""

from __future__ import annotations

import logging
import shutil
import time
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from secrets import token_bytes
from typing import Final, TypeVar

from perpusdesk import __version__
from perpusdesk.common.errors import Fault, KnownError
from perpusdesk.common.log import Code
from perpusdesk.protocol import messages
from perpusdesk.protocol.certificates import short_name
from perpusdesk.protocol.messages import (
    BucketsWanted,
    ChunkWanted,
    HaveWanted,
    MarksWanted,
    OpsWanted,
    Pull,
    Refusal,
    SnapshotWanted,
    StreamsWanted,
)
from perpusdesk.protocol.session import Answered, Proof, Session, SessionRefused, SessionWanted
from perpusdesk.protocol.shortening import Lengthener
from perpusdesk.storage import device_book
from perpusdesk.storage.library import Library
from perpusdesk.storage.update_store import UpdateStore
from perpusdesk.syncing import admission
from perpusdesk.syncing.authority import Authority
from perpusdesk.syncing.book import LibraryBook
from perpusdesk.syncing.engine.serve import Server
from perpusdesk.syncing.identity import Identity, Member, as_member, own_data
from perpusdesk.syncing.link_faults import LinkFault
from perpusdesk.syncing.snapshots import Shelf
from perpusdesk_server.admin.ports import Health, LogLine
from perpusdesk_server.device_backups import DeviceBackups
from perpusdesk_server.limits import Limits
from perpusdesk_server.sessions import Guest, NotLetInError, Sessions
from perpusdesk_server.worker import StoreThread

T = TypeVar("T")
log = logging.getLogger(__name__)
_KEPT: Final = 500
_GIVING: Final = (
    *(Pull, StreamsWanted, BucketsWanted, MarksWanted, OpsWanted, HaveWanted),
    *(SnapshotWanted, ChunkWanted),
)


@dataclass(frozen=True, slots=True)
class Answer:
    """What is sent back, what was asked, and why not, if it was refused."""

    body: bytes
    what: str
    reason: str = ""


@dataclass(slots=True)
class Serving:
    """A library that this process serves; also what the administration page asks of (``House``).

    ``member`` belongs to the store's thread, as all methods do that are not said to be for any.
    ``holder`` is ``None`` on a hub: only the server admits devices. ``address`` is where devices
    reach it, ``pin`` the SHA-256 of its own TLS certificate, if it has one. ``on_news`` is called
    when a device brought something new. ``updates`` has the newer program for devices,
    ``backups`` the backups that they keep here.
    """

    member: Member
    holder: Authority | None
    address: str = ""
    pin: bytes | None = None
    limits: Limits = field(default_factory=Limits)
    store: StoreThread = field(default_factory=StoreThread)
    shelf: Shelf | None = None
    updates: UpdateStore | None = None
    backups: DeviceBackups | None = None
    on_news: Callable[[], None] = lambda: None
    started_ms: int = field(default_factory=lambda: time.time_ns() // 1_000_000)
    sessions: Sessions = field(init=False)
    _engine: Server = field(init=False)
    _lengthener: Lengthener = field(default_factory=Lengthener)
    _lines: deque[LogLine] = field(default_factory=lambda: deque(maxlen=_KEPT))
    _restored: int = 0

    def __post_init__(self) -> None:
        library = self.member.library
        library.exchange.caps_clocks = self.holder is not None
        self.sessions = Sessions(lambda: self.identity)
        self._engine = Server(library.exchange, self.member.trust, token_bytes, self.shelf)

    # -- for the administration page, from any thread -------------------------------------------

    @property
    def authority(self) -> Authority:
        """The key that admits devices; raises ``KnownError`` on a hub, which has none."""
        if self.holder is None:
            raise KnownError(Fault.KEYS_LOST, file="hub")
        return self.holder

    def within(self, work: Callable[[Library], T]) -> T:
        """Do something with the library, one at a time; from any thread but the store's."""
        return self.store(lambda: work(self.member.library))

    def health(self) -> Health:
        """Return how the server is."""
        return self.within(self._health)

    def log(self, most: int) -> Sequence[LogLine]:
        """Return the last exchanges and refusals, the newest first; of this run alone."""
        return list(self._lines)[: -most - 1 : -1]

    def _health(self, library: Library) -> Health:
        on_disk = library.folder.is_dir()
        usage = shutil.disk_usage(library.folder) if on_disk else None
        size = sum(file.stat().st_size for file in library.folder.glob("library.db*"))
        return Health(
            version=__version__,
            database="SQLite" if on_disk else "PostgreSQL",
            database_bytes=size,
            disk_free=usage.free if usage else 0,
            disk_total=usage.total if usage else 0,
            started_ms=self.started_ms,
            restored=self._restored,
            clock_suspect=library.clock_suspect,
        )

    # -- what devices ask -----------------------------------------------------------------------

    @property
    def identity(self) -> Identity:
        """How this server shows itself."""
        return self.member.identity

    def enrol(self, request: bytes) -> bytes:
        """Answer a device that wants to join; only where the authority is."""
        library = self.member.library
        book = LibraryBook(library, self.authority.public)
        answer = admission.answer(request, book, self.authority, library.now_ms(), token_bytes)
        self.member.trust.forget()
        for device in book.admitted:  # who had the place before, with another key, is out
            self.sessions.forget(device)
        if (library.id, own_data(library)) != (self.identity.library, self.identity.certificate):
            self._take_over()
        return answer

    def _take_over(self) -> None:
        """Go on with the library that the first device brought."""
        library, mine = self.member.library, self.identity
        library.exchange.library = library.id
        self.member = as_member(library, mine.private, mine.authority, own_data(library))
        self._engine = Server(library.exchange, self.member.trust, token_bytes, self.shelf)

    def session(self, said: SessionWanted | Proof) -> Answered:
        """Answer a device that wants to be let in."""
        now = self.member.library.now_ms()
        try:
            if isinstance(said, SessionWanted):
                return self.sessions.challenge(said, now)
            return self._let_in(said, now)
        except NotLetInError as error:
            return SessionRefused(error.reason.value)

    def _let_in(self, proof: Proof, now_ms: int) -> Session:
        shown = self.sessions.proven(proof, now_ms)
        trust = self.member.trust
        trust.keep([proof.certificate])
        newest = trust.newest(shown.device)
        if newest is None or (newest.key != shown.key and newest.issued_ms >= shown.issued_ms):
            raise NotLetInError(LinkFault.KEY_REPLACED)
        token, seconds = self.sessions.let_in(newest, now_ms)
        later = newest.issued_ms > shown.issued_ms
        data = device_book.certificates(self.member.library, newest.short)[0] if later else b""
        return Session(token, seconds, data)

    def exchange(self, guest: Guest, body: bytes) -> Answer:
        """Answer one message of an exchange. Raises ``MessageError``, ``KnownError``."""
        request = messages.decode_request(body)
        what = type(request).__name__
        if isinstance(request, _GIVING) and not guest.may_pull:
            response: messages.Response = Refusal("may_not_pull")
        else:
            handle = partial(self._engine.handle, guest.device)
            response = self._lengthener.answer(guest.device, request, handle)
        reason = response.reason if isinstance(response, Refusal) else ""
        if isinstance(response, messages.Pushed):
            reason = response.refused[0][1] if response.refused else ""
            if response.new:
                self.on_news()
        return Answer(messages.encode(response), what, reason)

    # -- what is noted, on the web server's loop ------------------------------------------------

    def note(self, line: LogLine) -> None:
        """Keep a line for the administration page; what repeats is counted in the last one."""
        last = self._lines[-1] if self._lines else None
        if last and (last.device, last.reason) == (line.device, line.reason):
            self._lines[-1] = LogLine(
                line.at_ms,
                line.device,
                last.came + line.came,
                last.went + line.went,
                line.reason,
                last.count + 1,
            )
        else:
            self._lines.append(line)

    # -- housekeeping ---------------------------------------------------------------------------

    def renew(self) -> int:
        """Issue again the certificates that come to their end; at the start and once a day.

        The key of the server's own library follows the recovery sheet in force as well.
        """
        self.member.library.keep_recoverable()
        if self.holder is None:
            return 0
        book = LibraryBook(self.member.library, self.holder.public)
        count = book.renew(self.holder, self.member.library.now_ms())
        self.member.trust.forget()
        return count

    def close(self) -> None:
        """End: nothing is pending, every answer that was given is on disk."""
        self.store.submit(self._close, patient=True).result()
        self.store.close()

    def _close(self) -> None:
        library = self.member.library
        try:
            if not library.database.is_closed():
                library.exchange.keep_contacts()
        finally:
            library.close()


def device_word(device: bytes) -> Code:
    """Return how a device is called in logs: a short name that tells nobody anything else."""
    return Code(short_name(device).hex())
