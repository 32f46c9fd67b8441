"""The library's authority, as its server holds it: the key that admits devices."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from perpusdesk.common.errors import Fault, KnownError
from perpusdesk.protocol import certificates, keys
from perpusdesk.protocol.certificates import Certificate
from perpusdesk.storage import device_book
from perpusdesk.storage.key_store import KeyStore
from perpusdesk.storage.library import Library
from perpusdesk.syncing import membership as own

YEAR_MS: Final = 365 * 24 * 3600 * 1000
VALID_MS: Final = 10 * YEAR_MS
RENEW_MS: Final = 3 * YEAR_MS


@dataclass(frozen=True, slots=True)
class Authority:
    """The authority's private key, and the library's secret for folders and sticks.

    ``device`` and ``device_key`` (public) are the server's own.
    """

    private: bytes
    secret: bytes
    device: bytes
    device_key: bytes
    server_name: str

    @property
    def public(self) -> bytes:
        """The key that every device of the library believes."""
        return keys.public_of(self.private)

    @property
    def fingerprint(self) -> bytes:
        """What codes carry of it."""
        return keys.fingerprint(self.public)

    def certify(
        self,
        *,
        library: bytes,
        device: bytes,
        key: bytes,
        role: str,
        branch: bytes | None,
        number: int,
        name: str,
        now_ms: int,
    ) -> tuple[Certificate, bytes]:
        """Return a new certificate, good for ten years, and its signed bytes."""
        certificate = Certificate(
            library=library,
            device=device,
            key=key,
            role=role,
            branch=branch,
            number=number,
            name=name,
            issued_ms=now_ms,
            expires_ms=now_ms + VALID_MS,
        )
        data = certificates.issue(self.private, certificate)
        return certificates.read(data, self.public, library), data

    def renewed(self, certificate: Certificate, now_ms: int) -> tuple[Certificate, bytes] | None:
        """Return a later certificate for one that has less than three years left, or ``None``."""
        if now_ms < certificate.expires_ms - RENEW_MS:
            return None
        return self.certify(
            library=certificate.library,
            device=certificate.device,
            key=certificate.key,
            role=certificate.role,
            branch=certificate.branch,
            number=certificate.number,
            name=certificate.name,
            now_ms=now_ms,
        )


def authority_of(
    store: KeyStore, library: Library, name: str, random: Callable[[int], bytes]
) -> Authority:
    """Return the authority that this server holds; its secrets are made for a new server.

    Raises ``KnownError``: KEYS_LOST when the library has devices already but the secrets are not
    here (another user runs the program, or they were not restored with the library), for new ones
    would shut every device out; or what the disk said.
    """
    device = library.device
    private = own.authority_key(store, device)
    device_key = own.device_key(store, device)
    secret = own.library_secret(store, device)
    if private is None or device_key is None or secret is None:
        if device_book.all_certificates(library):
            raise KnownError(Fault.KEYS_LOST, file=str(store.files), kept=store.kept.value)
        private, device_key, secret = (random(keys.KEY_BYTES) for _ in range(3))
        own.keep_authority_key(store, device, private)
        own.keep_device_key(store, device, device_key)
        own.keep_library_secret(store, device, secret)
    return Authority(private, secret, device, keys.public_of(device_key), name)
