"""A device's certificate: who it is, what it may do, and the authority's signature under that.

The authority is one Ed25519 key for each library, made by its server; every device knows its
public part since it was enrolled. Bytes: 64 of signature, then the MessagePack array.
"""

from __future__ import annotations

from enum import StrEnum
from hashlib import blake2b
from typing import Final

import msgspec

from perpusdesk.protocol.keys import (
    KEY_BYTES,
    SIGNATURE_BYTES,
    fingerprint,
    public_of,
    sign,
    verify,
)

MOST_BYTES: Final = 2048
_ID_BYTES: Final = 16
_WORDS: Final = b"perpusdesk certificate 1\0"


class Role(StrEnum):
    """What a device is in its library."""

    DESK = "desk"
    VAN = "van"
    HUB = "hub"
    SERVER = "server"
    ADMIN = "admin"
    READER = "reader"


class Scope(StrEnum):
    """What a device may do towards others."""

    PUSH = "push"
    PULL = "pull"
    SERVE = "serve"
    ENROL = "enrol"
    REVOKE = "revoke"


ROLE_SCOPES: Final[dict[Role, tuple[Scope, ...]]] = {
    Role.DESK: (Scope.PUSH, Scope.PULL),
    Role.VAN: (Scope.PUSH, Scope.PULL),
    Role.HUB: (Scope.PUSH, Scope.PULL, Scope.SERVE),
    Role.SERVER: (Scope.PUSH, Scope.PULL, Scope.SERVE, Scope.ENROL, Scope.REVOKE),
    Role.ADMIN: (Scope.PUSH, Scope.PULL, Scope.ENROL, Scope.REVOKE),
    Role.READER: (Scope.PULL,),
}


class CertificateFault(StrEnum):
    """Why a certificate is not good."""

    MALFORMED = "malformed"
    FORGED = "forged"
    OTHER_AUTHORITY = "other_authority"
    WRONG_LIBRARY = "wrong_library"
    EXPIRED = "expired"


class CertificateError(Exception):
    """A certificate was not taken; ``reason`` says why."""

    def __init__(self, reason: CertificateFault) -> None:
        super().__init__(reason.value)
        self.reason = reason


class Certificate(msgspec.Struct, frozen=True, array_like=True):
    """One device as the authority knows it; times in Unix ms, ids as 16 bytes.

    ``number`` begins the device's own ranges of barcodes and is no other device's. ``role`` and
    ``scopes`` may hold words of a newer program: they give no right here. ``issuer`` is the
    fingerprint of the authority's key.
    """

    library: bytes
    device: bytes
    key: bytes
    role: str
    branch: bytes | None
    number: int
    name: str
    issued_ms: int
    expires_ms: int
    issuer: bytes = b""
    scopes: tuple[str, ...] = ()

    @property
    def short(self) -> bytes:
        """The name by which packages call the device."""
        return short_name(self.device)

    def may(self, scope: Scope) -> bool:
        """Whether the authority allows this device to do that."""
        return scope in self.scopes

    @property
    def may_push(self) -> bool:
        """Whether what this device writes is taken in."""
        return self.may(Scope.PUSH)

    @property
    def may_pull(self) -> bool:
        """Whether it is given what others wrote."""
        return self.may(Scope.PULL)

    @property
    def may_serve(self) -> bool:
        """Whether others exchange with it: a hub or the server."""
        return self.may(Scope.SERVE)

    @property
    def may_enrol(self) -> bool:
        """Whether people may admit new devices on it."""
        return self.may(Scope.ENROL)

    @property
    def may_revoke(self) -> bool:
        """Whether people may shut devices out on it."""
        return self.may(Scope.REVOKE)

    @property
    def may_redact(self) -> bool:
        """Whether it may take words of erased persons out of what others wrote."""
        return self.may_serve or self.may_revoke

    def expired(self, now_ms: int) -> bool:
        """Whether it is over by a clock that is trusted: the server's, never the device's own."""
        return now_ms >= self.expires_ms


def short_name(device: bytes) -> bytes:
    """Return the 5 bytes that name a device in the head of a package."""
    return blake2b(device, digest_size=5).digest()


def scopes_of(role: str) -> tuple[str, ...]:
    """Return what a role may do; nothing for a role that is not known here."""
    return ROLE_SCOPES[Role(role)] if role in set(Role) else ()


def issue(authority_private: bytes, certificate: Certificate) -> bytes:
    """Return the signed certificate; issuer, and scopes when there are none, are filled in."""
    scopes = certificate.scopes or scopes_of(certificate.role)
    issuer = fingerprint(public_of(authority_private))
    filled = msgspec.structs.replace(certificate, issuer=issuer, scopes=scopes)
    body = msgspec.msgpack.encode(filled)
    return sign(authority_private, _WORDS + body) + body


def read(data: bytes, authority_public: bytes, library: bytes | None = None) -> Certificate:
    """Return what the authority signed, for ``library`` when that is given.

    Raises ``CertificateError``: malformed, by another authority, forged, of another library. It
    does not look at the clock: ask ``expired`` where a clock can be trusted.
    """
    certificate = _parsed(data)
    if certificate.issuer != fingerprint(authority_public):
        raise CertificateError(CertificateFault.OTHER_AUTHORITY)
    signature, body = data[:SIGNATURE_BYTES], data[SIGNATURE_BYTES:]
    if not verify(authority_public, signature, _WORDS + body):
        raise CertificateError(CertificateFault.FORGED)
    if library is not None and certificate.library != library:
        raise CertificateError(CertificateFault.WRONG_LIBRARY)
    return certificate


def _parsed(data: bytes) -> Certificate:
    if not SIGNATURE_BYTES < len(data) <= MOST_BYTES:
        raise CertificateError(CertificateFault.MALFORMED)
    try:
        certificate = msgspec.msgpack.decode(data[SIGNATURE_BYTES:], type=Certificate)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise CertificateError(CertificateFault.MALFORMED) from error
    ids = (certificate.library, certificate.device, certificate.branch or bytes(_ID_BYTES))
    sound = (
        all(len(one) == _ID_BYTES for one in ids)
        and len(certificate.key) == KEY_BYTES
        and 0 < certificate.number < 2**31
        and 0 <= certificate.issued_ms < certificate.expires_ms < 2**62
    )
    if not sound:
        raise CertificateError(CertificateFault.MALFORMED)
    return certificate
