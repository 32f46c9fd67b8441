"""Ed25519 keys (RFC 8032) as plain bytes: 32 private, 32 public, 64 a signature.

Each kind of thing that is signed begins with its own words, so that a signature under one is never
good for another.
"""

from __future__ import annotations

from functools import lru_cache
from hashlib import blake2b
from typing import Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

KEY_BYTES: Final = 32
SIGNATURE_BYTES: Final = 64
_PACKAGE: Final = b"perpusdesk package 1\0"
_REDACTED: Final = b"perpusdesk redacted package 1\0"


def make_key(random_bytes: bytes) -> bytes:
    """Return a private key from 32 bytes of good chance (``secrets.token_bytes``)."""
    if len(random_bytes) != KEY_BYTES:
        raise ValueError(len(random_bytes))
    return bytes(random_bytes)


def public_of(private: bytes) -> bytes:
    """Return the public key that belongs to a private one."""
    return _private(private).public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)


def sign(private: bytes, data: bytes) -> bytes:
    """Return the signature of ``data``: the same each time."""
    return _private(private).sign(data)


def verify(public: bytes, signature: bytes, data: bytes) -> bool:
    """Tell whether the owner of a key signed ``data``; a key that is none has signed nothing."""
    try:
        _public(bytes(public)).verify(bytes(signature), data)
    except (InvalidSignature, ValueError):
        return False
    return True


def fingerprint(public: bytes) -> bytes:
    """Return 16 bytes by which a key is known where 32 are too many to carry."""
    return blake2b(public, digest_size=16, person=b"perpus key").digest()


def package_bytes(library: bytes, body: bytes) -> bytes:
    """Return what a device signs for a package of its ops: good in one library alone."""
    return _PACKAGE + library + body


def redacted_bytes(library: bytes, note: bytes, body: bytes) -> bytes:
    """Return what is signed by the device that took words out of a package."""
    return _REDACTED + library + note + body


@lru_cache(maxsize=16)
def _private(private: bytes) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(private)


@lru_cache(maxsize=1024)
def _public(public: bytes) -> Ed25519PublicKey:
    return Ed25519PublicKey.from_public_bytes(public)
