"""The pieces of a snapshot in one file, each sealed on its own, so that any can be read or put.

A sealed piece is 12 random bytes and ChaCha20-Poly1305 (RFC 8439) over the piece, with its number
as additional data, under a key that HKDF derives from the library's. Without a key: the piece.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from perpusdesk.protocol.snapshot import CHUNK_BYTES, hash_of

_INFO: Final = b"perpusdesk snapshot file 1\0"
_NONCE: Final = 12
_TAG: Final = 16


class PieceFile:
    """Pieces of ``CHUNK_BYTES``, the last one shorter, by their number from 0."""

    def __init__(self, path: Path, key: bytes | None) -> None:
        self.path, self._key = path, key
        self._box = None if key is None else ChaCha20Poly1305(_derived(key))
        self._stride = CHUNK_BYTES + (_NONCE + _TAG if key is not None else 0)

    def beside(self) -> PieceFile:
        """Return the file that is to take this one's place."""
        return PieceFile(self.path.with_name(f"{self.path.name}.new"), self._key)

    def fill(self, pieces: Iterable[bytes]) -> tuple[list[bytes], int]:
        """Write all pieces anew; return their hashes and their bytes together. ``OSError``."""
        hashes, size = [], 0
        with self.path.open("wb") as file:
            for number, piece in enumerate(pieces):
                file.write(self._sealed(number, piece))
                hashes.append(hash_of(piece))
                size += len(piece)
        return hashes, size

    def read(self, number: int) -> bytes | None:
        """Return a piece; ``None`` when it is not here, torn, or sealed by another key."""
        try:
            with self.path.open("rb") as file:
                file.seek(number * self._stride)
                data = file.read(self._stride)
        except OSError:
            return None
        if self._box is None or not data:
            return data or None
        try:
            return self._box.decrypt(data[:_NONCE], data[_NONCE:], _place(number))
        except (InvalidTag, ValueError):
            return None

    def put(self, number: int, piece: bytes) -> None:
        """Put a piece in its place, and cut off what follows. Raises ``OSError``."""
        with self.path.open("r+b") as file:
            file.seek(number * self._stride)
            file.write(self._sealed(number, piece))
            file.truncate()

    def _sealed(self, number: int, piece: bytes) -> bytes:
        if self._box is None:
            return piece
        nonce = os.urandom(_NONCE)
        return nonce + self._box.encrypt(nonce, piece, _place(number))


def _derived(key: bytes) -> bytes:
    return HKDF(SHA256(), 32, None, _INFO).derive(key)


def _place(number: int) -> bytes:
    return number.to_bytes(8, "big")
