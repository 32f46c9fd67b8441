"""What a device shows others to be let in, and the parts with which it exchanges."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from perpusdesk.protocol import keys as signing
from perpusdesk.protocol.certificates import short_name
from perpusdesk.storage import device_book
from perpusdesk.storage.key_store import KeyStore
from perpusdesk.storage.library import Library
from perpusdesk.syncing.membership import device_key, membership, own_certificate
from perpusdesk.syncing.trust import LibraryTrust


@dataclass(frozen=True, slots=True)
class Identity:
    """A device as its certificate has it, and its private key; plain values, for any thread."""

    library: bytes
    device: bytes
    private: bytes
    certificate: bytes
    authority: bytes


@dataclass(frozen=True, slots=True)
class Member:
    """A library that is a member of an exchange: used by the thread that uses the library."""

    library: Library
    trust: LibraryTrust
    identity: Identity


def member_of(library: Library, store: KeyStore) -> Member | None:
    """Return the library as a member, its packages signed from now on.

    ``None``: it stands alone, or its key is not on this computer.
    """
    known, certificate = membership(library), own_certificate(library)
    private = device_key(store, library.device)
    if known is None or certificate is None or private is None:
        return None
    return as_member(library, private, known.authority, own_data(library))


def as_member(library: Library, private: bytes, authority: bytes, certificate: bytes) -> Member:
    """Return a library as a member whose secrets are known already."""
    library.exchange.sign = partial(signing.sign, private)
    identity = Identity(library.id, library.device, private, certificate, authority)
    trust = LibraryTrust(library, authority)
    library.exchange.redacts = trust.may_redact(library.device)
    return Member(library, trust, identity)


def own_data(library: Library) -> bytes:
    """Return the signed bytes of this device's newest certificate."""
    found = device_book.certificates(library, short_name(library.device))
    return found[0] if found else b""
