"""What a device knows of the library's server since it was enrolled, and its secrets.

The address, the pin and the authority's public key are kept in the library file, for this device
alone; the private key of the device and the library's secret are in the key store.
"""

from __future__ import annotations

from typing import Final

import msgspec

from perpusdesk.protocol.certificates import Certificate, CertificateError, read, short_name
from perpusdesk.storage import device_book
from perpusdesk.storage.key_store import KeyStore
from perpusdesk.storage.library import Library

_PLACE: Final = "membership"


class Membership(msgspec.Struct, frozen=True, array_like=True):
    """Where the server is, how it is known, and whose signatures count.

    ``pin`` is the SHA-256 of the server's own TLS certificate, ``None`` when the system's trust
    decides. ``authority`` is the public key; ``server`` the server's device id.
    """

    url: str
    pin: bytes | None
    authority: bytes
    server: bytes
    library_name: str = ""


def membership(library: Library) -> Membership | None:
    """Return it, or ``None`` for a library that stands alone."""
    kept = library.local(_PLACE)
    return None if kept is None else msgspec.msgpack.decode(bytes(kept), type=Membership)


def keep_membership(library: Library, value: Membership) -> None:
    """Keep it for this device."""
    library.put_local(_PLACE, msgspec.msgpack.encode(value))


def own_certificate(library: Library) -> Certificate | None:
    """Return this device's newest certificate, or ``None`` when it was never enrolled."""
    known = membership(library)
    if known is None:
        return None
    for data in device_book.certificates(library, short_name(library.device)):
        try:
            certificate = read(data, known.authority, library.id)
        except CertificateError:
            continue
        if certificate.device == library.device:
            return certificate
    return None


def device_key(keys: KeyStore, device: bytes) -> bytes | None:
    """Return the private key of a device, ``None`` when it is lost: then it is enrolled anew."""
    return keys.get(_key_name(device))


def keep_device_key(keys: KeyStore, device: bytes, private: bytes) -> None:
    """Keep the private key of a device."""
    keys.put(_key_name(device), private)


def library_secret(keys: KeyStore, device: bytes) -> bytes | None:
    """Return the library's key for folders and sticks, as this device holds it."""
    return keys.get(f"secret/{device.hex()}")


def keep_library_secret(keys: KeyStore, device: bytes, secret: bytes) -> None:
    """Keep the library's key for folders and sticks."""
    keys.put(f"secret/{device.hex()}", secret)


def authority_key(keys: KeyStore, server: bytes) -> bytes | None:
    """Return the private key of the authority that a server device holds."""
    return keys.get(f"authority/{server.hex()}")


def keep_authority_key(keys: KeyStore, server: bytes, private: bytes) -> None:
    """Keep the private key of the authority that a server device holds."""
    keys.put(f"authority/{server.hex()}", private)


def _key_name(device: bytes) -> str:
    return f"device/{device.hex()}"
