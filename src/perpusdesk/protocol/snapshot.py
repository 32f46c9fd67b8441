"""A snapshot on its way: compressed, in pieces that are known by their hashes, signed by its maker.

Any mirror may hand the pieces out, a server, a neighbour or a stick: what was changed is noticed.
"""

from __future__ import annotations

from hashlib import blake2b
from typing import Final

import msgspec

CHUNK_BYTES: Final = 32 * 1024
_WORDS: Final = b"perpusdesk snapshot 1\0"


class Manifest(msgspec.Struct, frozen=True, array_like=True):
    """What a snapshot holds, who made it, and the hash of each piece (16 bytes)."""

    library: bytes
    maker: bytes
    made_ms: int
    program: str
    schema: int
    digest: str
    ops: int
    rows: dict[str, int]
    clock: int
    packed_bytes: int
    chunks: list[bytes]
    chunk_bytes: int = CHUNK_BYTES


class SignedManifest(msgspec.Struct, frozen=True, array_like=True):
    """A manifest as its maker signed it."""

    body: bytes
    signature: bytes
    certificate: bytes

    @property
    def name(self) -> bytes:
        """16 bytes that name this very snapshot."""
        return blake2b(self.body, digest_size=16).digest()


def signing_bytes(library: bytes, body: bytes) -> bytes:
    """Return what the maker signs."""
    return _WORDS + library + body


def hash_of(chunk: bytes) -> bytes:
    """Return the hash by which a piece is known."""
    return blake2b(chunk, digest_size=16, person=b"perpus piece").digest()


def write_manifest(manifest: Manifest) -> bytes:
    """Return the bytes that are signed."""
    return msgspec.msgpack.encode(manifest)


def read_manifest(body: bytes) -> Manifest | None:
    """Read what was signed; ``None`` when it makes no sense."""
    try:
        manifest = msgspec.msgpack.decode(body, type=Manifest)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None
    chunks = -(-manifest.packed_bytes // manifest.chunk_bytes) if manifest.chunk_bytes > 0 else -1
    return manifest if chunks == len(manifest.chunks) and manifest.packed_bytes > 0 else None
