"""The keys of a store, all from one secret of 32 bytes (HKDF-SHA256, RFC 5869)."""

from __future__ import annotations

import os
from hashlib import blake2b
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

SECRET_BYTES: Final = 32
NAME_BYTES: Final = 16
NONCE_BYTES: Final = 12
TAG_BYTES: Final = 16
_INFO: Final = b"perpusdesk backup 1\0"


class BrokenError(Exception):
    """Bytes of a store are not what was written, or were sealed by another key."""


class StoreKeys:
    """Names pieces so that the names tell nothing, and seals pieces and manifests."""

    def __init__(self, secret: bytes) -> None:
        """``secret`` is what the lock of the store keeps sealed."""
        self._names = _derived(secret, b"names")
        self._pieces = ChaCha20Poly1305(_derived(secret, b"pieces"))
        self._manifests = ChaCha20Poly1305(_derived(secret, b"manifests"))

    def name_of(self, content: bytes | bytearray) -> bytes:
        """Return the name of a piece: equal for equal content, and for nobody else a hint."""
        return blake2b(content, digest_size=NAME_BYTES, key=self._names).digest()

    def seal_piece(self, name: bytes, packed: bytes) -> bytes:
        """Return a piece, sealed under its name."""
        nonce = os.urandom(NONCE_BYTES)
        return nonce + self._pieces.encrypt(nonce, packed, name)

    def open_piece(self, name: bytes, sealed: bytes) -> bytes:
        """Return what was sealed under this name. Raises ``BrokenError``."""
        return _opened(self._pieces, sealed, name)

    def seal_manifest(self, name: str, content: bytes) -> bytes:
        """Return a manifest, sealed under its file's name."""
        nonce = os.urandom(NONCE_BYTES)
        return nonce + self._manifests.encrypt(nonce, content, name.encode())

    def open_manifest(self, name: str, sealed: bytes) -> bytes:
        """Return what was sealed under this file's name. Raises ``BrokenError``."""
        return _opened(self._manifests, sealed, name.encode())


def _opened(cipher: ChaCha20Poly1305, sealed: bytes, name: bytes) -> bytes:
    try:
        return cipher.decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], name)
    except (InvalidTag, ValueError) as error:
        raise BrokenError from error


def _derived(secret: bytes, what: bytes) -> bytes:
    return HKDF(SHA256(), SECRET_BYTES, None, _INFO + what).derive(secret)
