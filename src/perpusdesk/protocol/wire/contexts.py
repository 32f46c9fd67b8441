"""Leaving out of a body what the other side has: the device, the run, the ids always in use.

A body's context (bytes 1 to the end of its palette) is the same for most packages of a day. On the
way to a peer that holds another package with the same context it may be replaced by its name of 5
bytes; bit 7 of byte 0 tells so. What is kept and signed is always the whole body.
"""

from __future__ import annotations

from collections.abc import Callable
from hashlib import blake2b
from typing import Final

from perpusdesk.protocol.wire.errors import WireError, WireFault
from perpusdesk.protocol.wire.header import SHORTENED, open_header

NAME_BYTES: Final = 5
_BEGIN: Final = 1


def context_of(body: bytes) -> bytes:
    """Return the context of a whole body; raises ``WireError``."""
    return body[_BEGIN : open_header(body).context_end]


def context_name(context: bytes) -> bytes:
    """Return the name of a context."""
    return blake2b(context, digest_size=NAME_BYTES).digest()


def shortened(body: bytes) -> bytes:
    """Return a whole body with the name of its context instead of that."""
    context = context_of(body)
    head = bytes([body[0] | SHORTENED]) + context_name(context)
    return head + body[_BEGIN + len(context) :]


def is_shortened(body: bytes) -> bool:
    """Whether a body came with the name of a context."""
    return bool(body) and bool(body[0] & SHORTENED)


def named_context(body: bytes) -> bytes:
    """Return the name of the context that a shortened body lacks."""
    return body[_BEGIN : _BEGIN + NAME_BYTES]


def lengthened(body: bytes, find: Callable[[bytes], bytes | None]) -> bytes:
    """Return the whole body; ``find`` gives the context of a name, ``None`` when it is unknown.

    Raises ``WireError``: ``UNKNOWN_CONTEXT`` asks the sender for the whole body.
    """
    if not is_shortened(body):
        return body
    context = find(named_context(body))
    if context is None:
        raise WireError(WireFault.UNKNOWN_CONTEXT, name=named_context(body).hex())
    return bytes([body[0] & ~SHORTENED & 0xFF]) + context + body[_BEGIN + NAME_BYTES :]
