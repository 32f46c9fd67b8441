"""What the signature of a package covers."""

from __future__ import annotations

from typing import Final

_WORDS: Final = b"perpusdesk package 1\0"


def signing_bytes(library: bytes, body: bytes) -> bytes:
    """Return what a device signs: what it is, for which library, and the body as it is kept."""
    return _WORDS + library + body
