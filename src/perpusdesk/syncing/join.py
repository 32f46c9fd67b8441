"""A device joins: keys are kept before anything is sent, so that each step can be repeated.

A new device makes its library file when it was admitted; a desk that has a library goes on with it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from secrets import token_bytes

from perpusdesk import __version__
from perpusdesk.common.errors import Fault, KnownError
from perpusdesk.domain.ids import uuid7
from perpusdesk.protocol import keys as make
from perpusdesk.protocol.certificates import read as read_certificate
from perpusdesk.protocol.enrolment import EnrolError, code_key
from perpusdesk.protocol.enrolment_code import EnrolmentCode
from perpusdesk.storage import device_book
from perpusdesk.storage.key_store import KeyStore
from perpusdesk.storage.library import FILE_NAME, Library, Sources
from perpusdesk.storage.queries.devices import OWN_BRANCH, OWN_NUMBER
from perpusdesk.syncing.enrolment import Applicant, Joined, NotJoined, ask, hear
from perpusdesk.syncing.membership import (
    Membership,
    device_key,
    keep_device_key,
    keep_library_secret,
    keep_membership,
)

Post = Callable[[str, bytes, bytes | None], bytes]
"""Sends request bytes to a server (address, bytes, pin) and returns what it answered.

Raises ``EnrolError`` for a server that must not be talked to, ``KnownError`` for none.
"""


def join_new(
    folder: Path,
    code: EnrolmentCode,
    name: str,
    store: KeyStore,
    post: Post,
    *,
    sources: Sources | None = None,
) -> Library | NotJoined:
    """Join with a new device; returns its library, open and empty until the first exchange.

    Called again after a lost answer or a power cut with the same code, it goes on where it was.
    Raises ``KnownError``: a library is there already, no server, no disk.
    """
    if (folder / FILE_NAME).exists():
        raise KnownError(Fault.ALREADY_OPEN, file=str(folder), exists=True)
    sources = sources or Sources()
    place = f"pending/{make.public_of(code_key(code.secret)).hex()}"
    device = _pending(store, place) or uuid7(sources.wall_ms(), token_bytes(10)).bytes
    store.put(place, device)
    heard = ask_server(code, Applicant(device, b"", name, __version__), store, post)
    if isinstance(heard, NotJoined):
        return heard
    library = Library.create(
        folder, sources=sources, library=heard.library, device=device, encrypted=True
    )
    try:
        keep_joined(library, code, heard)
        store.remove(place)
    except BaseException:
        library.close()
        raise
    return library


def join_with(
    library: Library, code: EnrolmentCode, store: KeyStore, post: Post, name: str = ""
) -> Joined | NotJoined:
    """Join with a desk that has a library: its own key is made when it has none, or lost it.

    What it wrote stays and is sent at the first exchange. Raises ``KnownError``: no server, no
    disk.
    """
    about = about_library(library, name)
    heard = ask_server(code, about, store, post)
    if isinstance(heard, Joined):
        keep_joined(library, code, heard)
    return heard


def about_library(library: Library, name: str = "") -> Applicant:
    """Return what a desk that has a library says of itself, but for its key."""
    query = "select name, branch, number from device where id = ?"
    called, branch, number = library.row(query, library.device) or (None, None, None)
    return Applicant(
        device=library.device,
        private=b"",
        name=name or str(called or ""),
        program=__version__,
        library=library.id,
        branch=bytes(branch) if branch else None,
        number=int(number or 0),
        highest=device_book.highest_number(library),
    )


def ask_server(
    code: EnrolmentCode, about: Applicant, store: KeyStore, post: Post
) -> Joined | NotJoined:
    """Let the server admit a device, which keeps its secrets; touches no library, takes a while."""
    applicant = replace(about, private=_own_key(store, about.device))
    asked = ask(code, applicant, token_bytes)
    if isinstance(asked, NotJoined):
        return asked
    try:
        heard = hear(asked, post(code.server, asked.request, code.tls))
    except EnrolError as error:
        return NotJoined(error.reason, error.facts)
    if isinstance(heard, Joined):
        keep_library_secret(store, about.device, heard.secret)
    return heard


def _own_key(store: KeyStore, device: bytes) -> bytes:
    private = device_key(store, device)
    if private is None:
        private = make.make_key(token_bytes(make.KEY_BYTES))
        keep_device_key(store, device, private)
    return private


def _pending(store: KeyStore, place: str) -> bytes | None:
    kept = store.get(place)
    return kept if kept is not None and len(kept) == 16 else None


def keep_joined(library: Library, code: EnrolmentCode, joined: Joined) -> None:
    """Keep what the server said; the membership last: with it the device counts as enrolled."""
    server = read_certificate(joined.server, joined.authority, joined.library)
    device_book.put_certificate(library, joined.certificate, joined.certificate_data)
    device_book.put_certificate(library, server, joined.server)
    if joined.certificate.branch and library.local(OWN_BRANCH) is None:
        library.put_local(OWN_BRANCH, joined.certificate.branch)
    library.put_local(OWN_NUMBER, joined.certificate.number)
    known = Membership(
        url=code.server,
        pin=code.tls,
        authority=joined.authority,
        server=server.device,
        library_name=joined.library_name,
    )
    keep_membership(library, known)
