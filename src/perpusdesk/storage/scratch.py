"""Plain SQLite files that pass through the disk: written so that nobody can read what lies there.

A snapshot is a plain SQLite file on its way. While it is made or put in it must lie on the disk for
a moment, for it may be larger than the memory. Here it lies in blocks of AES-256-XTS (IEEE 1619, as
disks are encrypted) under a key that only this process knows: what a killed one leaves is noise.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO, Final

import apsw
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import XTS

BLOCK: Final = 4096
NAME: Final = "perpusdesk-scratch"
"""The VFS under which SQLite opens such a file (``storage.database.connect(vfs=...)``)."""

_KEY: Final = os.urandom(64)


def sealed_block(number: int, plain: bytes) -> bytes:
    """Return the block of this number as it lies on the disk."""
    return _cipher(number).encryptor().update(plain)


def plain_block(number: int, sealed: bytes) -> bytes:
    """Return what a block from the disk holds; a torn one is of zeros."""
    return _cipher(number).decryptor().update(sealed) if len(sealed) == BLOCK else bytes(BLOCK)


def _cipher(number: int) -> Cipher[XTS]:
    return Cipher(AES(_KEY), XTS(number.to_bytes(16, "little")))


def read_blocks(file: Path) -> Iterator[bytes]:
    """Yield what a file of this process holds. Raises ``OSError``."""
    with file.open("rb") as opened:
        number = 0
        while sealed := opened.read(BLOCK):
            yield plain_block(number, sealed)
            number += 1


class Writer:
    """Writes a stream into such a file; ``close`` fills the last block with zeros."""

    def __init__(self, target: BinaryIO) -> None:
        self._target, self._rest, self._number = target, b"", 0

    def write(self, part: bytes) -> None:
        """Add bytes. Raises ``OSError``."""
        data = self._rest + part
        whole = len(data) - len(data) % BLOCK
        for start in range(0, whole, BLOCK):
            self._put(data[start : start + BLOCK])
        self._rest = data[whole:]

    def close(self) -> None:
        """Write what is left. Raises ``OSError``."""
        if self._rest:
            self._put(self._rest.ljust(BLOCK, b"\0"))
            self._rest = b""

    def _put(self, block: bytes) -> None:
        self._target.write(sealed_block(self._number, block))
        self._number += 1


class _Files(apsw.VFS):
    """The system's files, with each block sealed."""

    def __init__(self) -> None:
        super().__init__(NAME, "")

    def xOpen(self, name: Any, flags: list[int]) -> _File:
        return _File(name, flags)


class _File(apsw.VFSFile):
    def __init__(self, name: Any, flags: list[int]) -> None:
        super().__init__("", name, flags)

    def xRead(self, amount: int, offset: int) -> bytes:
        first, last = offset // BLOCK, -(-(offset + amount) // BLOCK)
        size = super().xFileSize()
        blocks = [
            plain_block(number, super(_File, self).xRead(BLOCK, number * BLOCK))
            for number in range(first, min(last, size // BLOCK))
        ]
        begin = offset - first * BLOCK
        return b"".join(blocks)[begin : begin + amount]

    def xWrite(self, data: bytes, offset: int) -> None:
        first, last = offset // BLOCK, -(-(offset + len(data)) // BLOCK)
        whole = bytearray(self.xRead((last - first) * BLOCK, first * BLOCK))
        whole.extend(bytes((last - first) * BLOCK - len(whole)))
        begin = offset - first * BLOCK
        whole[begin : begin + len(data)] = data
        for number in range(first, last):
            start = (number - first) * BLOCK
            sealed = sealed_block(number, bytes(whole[start : start + BLOCK]))
            super().xWrite(sealed, number * BLOCK)


_FILES: Final = _Files()
