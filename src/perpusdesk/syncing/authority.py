"""The library's authority, as its server holds it: the key that admits devices."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from perpusdesk.protocol import certificates, keys
from perpusdesk.protocol.certificates import Certificate

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
