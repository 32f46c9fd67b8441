"""A new computer takes the place of a device that was lost, by a code for exactly that device.

It is that device from then on, with a key of its own: the old key opens no session any more. What
the device keeps at the server, its sealed backups, can then be read like any other day.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from secrets import token_bytes

from perpusdesk import __version__
from perpusdesk.protocol import keys as make
from perpusdesk.protocol.enrolment import REPLACED, EnrolError, code_key
from perpusdesk.protocol.enrolment_code import EnrolmentCode
from perpusdesk.storage.key_store import KeyStore
from perpusdesk.storage.library import Library
from perpusdesk.syncing.backup_place import ServerPlace, places_at
from perpusdesk.syncing.connections import Connection, connections, keep_connections
from perpusdesk.syncing.enrolment import Applicant, Joined, NotJoined, ask, hear
from perpusdesk.syncing.http_link import HttpLink
from perpusdesk.syncing.identity import Identity
from perpusdesk.syncing.join import Post, keep_joined
from perpusdesk.syncing.membership import keep_device_key, keep_library_secret


@dataclass(frozen=True, slots=True)
class Replacement:
    """What the server made of this computer: the device, its key, and the way to the server."""

    code: EnrolmentCode
    joined: Joined
    private: bytes
    allow_plain: bool = False

    @property
    def device(self) -> bytes:
        """The id of the device that this computer is now."""
        return self.joined.certificate.device

    def link(self) -> HttpLink:
        """Return a line to the server, to be closed by whoever asked for it."""
        heard = self.joined
        identity = Identity(
            heard.library, self.device, self.private, heard.certificate_data, heard.authority
        )
        where = Connection(self.code.server, self.code.tls, self.allow_plain)
        return HttpLink(where, identity)

    def stores(
        self, link: HttpLink, folder: Path, before: Callable[[], object] = lambda: None
    ) -> Callable[[str], ServerPlace]:
        """Return what gives the places of the device's backups at the server.

        ``before`` is called before each piece, and may end it by an exception of its own.
        """
        return places_at(link, folder, before)


def replace_device(
    code: EnrolmentCode, store: KeyStore, post: Post, *, name: str = "", allow_plain: bool = False
) -> Replacement | NotJoined:
    """Let the server make this computer the device that the code is for.

    The key is kept first, so that each step can be repeated with the same code until
    ``keep_replacement``. Raises ``KnownError``: no server, no disk.
    """
    place = _pending(code)
    private = store.get(place)
    if private is None:
        private = make.make_key(token_bytes(make.KEY_BYTES))
        store.put(place, private)
    asked = ask(code, Applicant(REPLACED, private, name, __version__), token_bytes)
    if isinstance(asked, NotJoined):
        return asked
    try:
        heard = hear(asked, post(code.server, asked.request, code.tls))
    except EnrolError as error:
        return NotJoined(error.reason, error.facts)
    if isinstance(heard, NotJoined):
        return heard
    keep_device_key(store, heard.certificate.device, private)
    keep_library_secret(store, heard.certificate.device, heard.secret)
    return Replacement(code, heard, private, allow_plain)


def keep_replacement(library: Library, replacement: Replacement, store: KeyStore) -> None:
    """Let the library that was restored exchange with the server from now on."""
    code = replacement.code
    keep_joined(library, code, replacement.joined)
    known = [one for one in connections(library) if one.url != code.server]
    if known or replacement.allow_plain:  # the server has another address by now, or no TLS
        there = Connection(code.server, code.tls, replacement.allow_plain)
        keep_connections(library, [there, *known])
    store.remove(_pending(code))


def _pending(code: EnrolmentCode) -> str:
    return f"replacing/{make.public_of(code_key(code.secret)).hex()}"
