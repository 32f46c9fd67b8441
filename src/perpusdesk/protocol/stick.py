"""A file of packages on a stick or in a folder: sealed for the devices of one library alone.

Bytes: ``PDSTICK1``, 4 bytes that tell the library apart, 12 of nonce, 4 of length, the sealed
index, the sealed content. Index and content are MessagePack under ChaCha20-Poly1305 with the
library's secret; the content is sealed with the next nonce and bound to the index. So a file that
is half, changed, or put together of two opens nowhere, and whoever finds the stick learns nothing.
"""

from __future__ import annotations

from enum import StrEnum
from hashlib import blake2b
from typing import Final, TypeVar

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from perpusdesk.protocol.messages import Package

MAGIC: Final = b"PDSTICK1"
NONCE_BYTES: Final = 12
HEAD_BYTES: Final = len(MAGIC) + 4 + NONCE_BYTES + 4
MOST_BYTES: Final = 64 * 1024 * 1024
_MOST_INDEX: Final = 8 * 1024 * 1024
_TAG: Final = 16
T = TypeVar("T")


class StickFault(StrEnum):
    """Why a file is not read."""

    NO_FILE_OF_OURS = "no_file_of_ours"
    OTHER_LIBRARY = "other_library"
    HALF = "half"
    SEALED_OTHERWISE = "sealed_otherwise"
    TOO_NEW = "too_new"


class StickError(Exception):
    """A file of the stick is not read; ``fault`` says why."""

    def __init__(self, fault: StickFault) -> None:
        super().__init__(fault.value)
        self.fault = fault


class Index(msgspec.Struct, frozen=True, array_like=True):
    """Which runs of which streams a file holds, as (device, incarnation, first seq, last seq).

    ``content_bytes`` is how long the sealed content behind the index is.
    """

    writer: bytes
    written_ms: int
    runs: list[tuple[bytes, int, int, int]]
    version: int = 1
    content_bytes: int = 0


class Content(msgspec.Struct, frozen=True, array_like=True):
    """The packages, and the certificates of the devices that signed them."""

    packages: list[Package]
    certificates: list[bytes] = []


def tag_of(library: bytes) -> bytes:
    """Return 4 bytes that tell a library apart from others on one stick, and no more of it."""
    return blake2b(library, digest_size=4, person=b"perpus stick").digest()


def write_file(
    secret: bytes, library: bytes, index: Index, content: Content, nonce: bytes
) -> bytes:
    """Return the bytes of a file; ``nonce`` are 12 random bytes."""
    head = MAGIC + tag_of(library) + nonce
    box, data = ChaCha20Poly1305(secret), msgspec.msgpack.encode(content)
    index = msgspec.structs.replace(index, content_bytes=len(data) + _TAG)
    sealed = box.encrypt(nonce, msgspec.msgpack.encode(index), head)
    bound = head + blake2b(sealed, digest_size=32).digest()
    body = box.encrypt(_next(nonce), data, bound)
    return head + len(sealed).to_bytes(4, "big") + sealed + body


def index_bytes(head: bytes, library: bytes) -> int:
    """Return how many bytes of the file hold head and index; raises ``StickError``."""
    if len(head) < HEAD_BYTES or not head.startswith(MAGIC):
        half = MAGIC.startswith(head[: len(MAGIC)]) and head[:2] == MAGIC[:2]
        raise StickError(StickFault.HALF if half else StickFault.NO_FILE_OF_OURS)
    if head[len(MAGIC) : len(MAGIC) + 4] != tag_of(library):
        raise StickError(StickFault.OTHER_LIBRARY)
    length = int.from_bytes(head[HEAD_BYTES - 4 : HEAD_BYTES], "big")
    if not _TAG <= length <= _MOST_INDEX:
        raise StickError(StickFault.HALF)
    return HEAD_BYTES + length


def read_index(data: bytes, size: int, secret: bytes, library: bytes) -> Index:
    """Read the index from the beginning of a file of ``size`` bytes; raises ``StickError``."""
    end = index_bytes(data[:HEAD_BYTES], library)
    if len(data) < end:
        raise StickError(StickFault.HALF)
    head = data[: HEAD_BYTES - 4]
    sealed = data[HEAD_BYTES:end]
    try:
        index = _opened(secret, head[-NONCE_BYTES:], sealed, head, Index)
    except ValueError as error:
        raise StickError(StickFault.SEALED_OTHERWISE) from error
    if index.version != 1:
        raise StickError(StickFault.TOO_NEW)
    if size != end + index.content_bytes:
        raise StickError(StickFault.HALF)
    return index


def read_content(data: bytes, secret: bytes, library: bytes) -> Content:
    """Read all of a file; raises ``StickError``."""
    end = index_bytes(data[:HEAD_BYTES], library)
    head = data[: HEAD_BYTES - 4]
    bound = head + blake2b(data[HEAD_BYTES:end], digest_size=32).digest()
    try:
        return _opened(secret, _next(head[-NONCE_BYTES:]), data[end:], bound, Content)
    except ValueError as error:
        raise StickError(StickFault.HALF) from error


def _opened(secret: bytes, nonce: bytes, sealed: bytes, bound: bytes, kind: type[T]) -> T:
    """Return what was sealed; raises ``ValueError`` for anything else."""
    try:
        data = ChaCha20Poly1305(secret).decrypt(nonce, sealed, bound)
    except InvalidTag as error:
        raise ValueError from error
    return msgspec.msgpack.decode(data, type=kind)  # its errors are ValueErrors


def _next(nonce: bytes) -> bytes:
    """Return the nonce of the second part."""
    number = int.from_bytes(nonce, "big") ^ 1 << 95
    return number.to_bytes(NONCE_BYTES, "big")


# -- a snapshot: the sealed manifest, then the sealed pieces in order, each with its length --------

SNAPSHOT_MAGIC: Final = b"PDSNAP01"
SNAPSHOT_HEAD: Final = len(SNAPSHOT_MAGIC) + 4 + NONCE_BYTES


def snapshot_head(library: bytes, nonce: bytes) -> bytes:
    """Return how the file of a snapshot begins; ``nonce`` are 12 random bytes."""
    return SNAPSHOT_MAGIC + tag_of(library) + nonce


def seal_part(secret: bytes, head: bytes, number: int, data: bytes) -> bytes:
    """Return the sealed part of a snapshot's file with this number, its length in front."""
    nonce = _counted(head[-NONCE_BYTES:], number)
    sealed = ChaCha20Poly1305(secret).encrypt(nonce, data, head + number.to_bytes(8, "big"))
    return len(sealed).to_bytes(4, "big") + sealed


def open_part(secret: bytes, head: bytes, number: int, sealed: bytes) -> bytes:
    """Return what was sealed as part ``number``; raises ``StickError``."""
    nonce = _counted(head[-NONCE_BYTES:], number)
    try:
        return ChaCha20Poly1305(secret).decrypt(nonce, sealed, head + number.to_bytes(8, "big"))
    except InvalidTag as error:
        raise StickError(StickFault.SEALED_OTHERWISE if number == 0 else StickFault.HALF) from error


def _counted(nonce: bytes, number: int) -> bytes:
    return (int.from_bytes(nonce, "big") ^ number).to_bytes(NONCE_BYTES, "big")
