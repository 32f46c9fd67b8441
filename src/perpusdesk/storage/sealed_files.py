"""Files beside the database that nobody can read without it: attached files, rows set aside.

A sealed file is a head (magic and 16 random bytes) and pieces, each ChaCha20-Poly1305 under a key
of the file's own, with its number and whether it is the last as nonce: no piece can be changed,
moved or cut off unseen. The key they derive from lies in the encrypted database, so a restored
backup opens the files that came with it.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, Final, Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from perpusdesk.common.errors import Fault, KnownError
from perpusdesk.common.files import sync_folder
from perpusdesk.storage.library import Library

MAGIC: Final = b"PDSEAL1\0"
_SALT: Final = 16
_HEAD: Final = len(MAGIC) + _SALT
_PIECE: Final = 1 << 18
_TAG: Final = 16
_INFO: Final = b"perpusdesk file 1\0"
_LOCAL: Final = "files_key"


def files_key(library: Library) -> bytes | None:
    """Return the key for files beside a library; ``None`` where the library is not encrypted."""
    if library.key is None:
        return None
    kept = library.local(_LOCAL)
    if kept is None:
        kept = os.urandom(32)
        library.put_local(_LOCAL, kept)
    return bytes(kept)


def known_files_key(library: Library) -> bytes | None:
    """Return that key if there is one yet; only reads."""
    kept = None if library.key is None else library.local(_LOCAL)
    return None if kept is None else bytes(kept)


def is_sealed(file: Path) -> bool:
    """Whether a file is there and sealed."""
    try:
        with file.open("rb") as opened:
            return opened.read(len(MAGIC)) == MAGIC
    except OSError:
        return False


def plain_size(file: Path) -> int:
    """Return how long a file is once it is opened. Raises ``OSError``."""
    size = file.stat().st_size
    if not is_sealed(file):
        return size
    pieces = max(1, -(-(size - _HEAD) // (_PIECE + _TAG)))
    return size - _HEAD - pieces * _TAG


class Source(Protocol):
    """What is read piece by piece."""

    def read(self, count: int, /) -> bytes:
        """Return the next bytes, none at the end."""


def seal_stream(key: bytes, source: Source, target: BinaryIO) -> None:
    """Copy what is left of ``source`` into ``target``, sealed."""
    salt = os.urandom(_SALT)
    box = _box(key, salt)
    target.write(MAGIC + salt)
    number, part = 0, source.read(_PIECE)
    while True:
        following = source.read(_PIECE)
        target.write(box.encrypt(_nonce(number, last=not following), part, None))
        if not following:
            return
        number, part = number + 1, following


def seal_file(key: bytes, source: Path, target: Path) -> None:
    """Put ``source``, sealed, in the place of ``target``: whole or not at all. Raises ``OSError``.

    A hidden file beside the target is left by a power cut, sealed as far as it goes.
    """
    beside = target.with_name(f".coming.{target.name}")
    try:
        with source.open("rb") as opened, beside.open("wb") as out:
            seal_stream(key, opened, out)
            out.flush()
            os.fsync(out.fileno())
        beside.replace(target)
        sync_folder(target.parent)
    finally:
        beside.unlink(missing_ok=True)


def pieces_of(key: bytes | None, file: Path) -> Iterator[bytes]:
    """Yield the content of a file, sealed or not. Raises ``OSError``, ``KnownError(DAMAGED)``."""
    with file.open("rb") as opened:
        head = opened.read(_HEAD)
        if not head.startswith(MAGIC):
            yield head
            while part := opened.read(_PIECE):
                yield part
            return
        if key is None:
            raise KnownError(Fault.DAMAGED, file=str(file))
        box, number, part = _box(key, head[len(MAGIC) :]), 0, opened.read(_PIECE + _TAG)
        while True:
            following = opened.read(_PIECE + _TAG)
            try:
                yield box.decrypt(_nonce(number, last=not following), part, None)
            except InvalidTag as error:
                raise KnownError(Fault.DAMAGED, file=str(file)) from error
            if not following:
                return
            number, part = number + 1, following


def _box(key: bytes, salt: bytes) -> ChaCha20Poly1305:
    return ChaCha20Poly1305(HKDF(SHA256(), 32, salt, _INFO).derive(key))


def _nonce(number: int, *, last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([last])
