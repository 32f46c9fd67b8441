"""Opening one encrypted page of a database file: it is as it was written, or it is not read.

The format is SQLite3 Multiple Ciphers' ChaCha20-Poly1305 with a raw key
(https://utelle.github.io/SQLite3MultipleCiphers/docs/ciphers/cipher_chacha20/): the last 32 bytes
of a page are a nonce and a tag over all before; the keystream's counter is the page's number xor
the last four bytes of the nonce, so that no page can stand in the place of another.
"""

from __future__ import annotations

from typing import Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms
from cryptography.hazmat.primitives.poly1305 import Poly1305

PAGE_BYTES: Final = 4096
RESERVED: Final = 32
_NONCE: Final = 16
_OPEN_HEAD: Final = 24  # of the first page; its first 16 bytes are a salt
_MAGIC: Final = b"SQLite format 3\0"


def open_page(key: bytes, number: int, sealed: bytes) -> bytes | None:
    """Return a page's content without its last 32 bytes, ``None`` if it is not as it was written.

    ``number`` counts from 1.
    """
    end = len(sealed) - RESERVED
    nonce, tag = sealed[end : end + _NONCE], sealed[end + _NONCE :]
    counter = int.from_bytes(nonce[12:], "little") ^ number
    once = _keystream(key, counter, nonce, bytes(64))
    try:
        Poly1305.verify_tag(once[:32], sealed[: end + _NONCE], tag)
    except InvalidSignature:
        return None
    head = _OPEN_HEAD if number == 1 else 0
    content = _keystream(once[32:], counter + 1, nonce, sealed[head:end])
    return _MAGIC + sealed[16:head] + content if head else content


def _keystream(key: bytes, counter: int, nonce: bytes, data: bytes) -> bytes:
    start = (counter & 0xFFFFFFFF).to_bytes(4, "little") + nonce[:12]
    return Cipher(algorithms.ChaCha20(key, start), None).encryptor().update(data)
