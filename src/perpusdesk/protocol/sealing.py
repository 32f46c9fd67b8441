"""Bytes that one device alone can open: X25519, HKDF-SHA256 and ChaCha20-Poly1305.

Each sealing has a key of its own that is thrown away, so what was recorded on the way stays closed
even to who finds the server's keys later.
"""

from __future__ import annotations

from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

KEY_BYTES: Final = 32
_INFO: Final = b"perpusdesk seal 1\0"
_NONCE: Final = bytes(12)  # each key is used once


class SealError(Exception):
    """What was sealed cannot be opened with this key, or is damaged."""


def public_of(private: bytes) -> bytes:
    """Return the public key for which others seal."""
    return _raw(X25519PrivateKey.from_private_bytes(private).public_key())


def seal(public: bytes, data: bytes, random_bytes: bytes) -> bytes:
    """Return ``data`` for the owner of a key alone; ``random_bytes`` are 32 of good chance.

    Raises ``SealError`` for a key that is none.
    """
    once = X25519PrivateKey.from_private_bytes(random_bytes)
    own = _raw(once.public_key())
    return own + _box(once, public, own + public).encrypt(_NONCE, data, None)


def unseal(private: bytes, sealed: bytes) -> bytes:
    """Return what was sealed for the owner of this key; raises ``SealError``."""
    other, box = sealed[:KEY_BYTES], sealed[KEY_BYTES:]
    key = X25519PrivateKey.from_private_bytes(private)
    try:
        return _box(key, other, other + _raw(key.public_key())).decrypt(_NONCE, box, None)
    except InvalidTag as error:
        raise SealError from error


def _box(private: X25519PrivateKey, public: bytes, both: bytes) -> ChaCha20Poly1305:
    try:
        shared = private.exchange(X25519PublicKey.from_public_bytes(public))
    except ValueError as error:
        raise SealError from error
    return ChaCha20Poly1305(HKDF(SHA256(), KEY_BYTES, None, _INFO + both).derive(shared))


def _raw(public: X25519PublicKey) -> bytes:
    return public.public_bytes(Encoding.Raw, PublicFormat.Raw)
