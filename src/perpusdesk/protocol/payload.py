"""Payload bytes: msgpack, written once and kept verbatim for as long as the op lives."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

_encoder = msgspec.msgpack.Encoder()
_decoder = msgspec.msgpack.Decoder()


def encode(payload: Any) -> bytes:
    """Return the bytes of a payload of plain values (ids as 16 bytes, dates as ISO text)."""
    return _encoder.encode(payload)


def decode(data: bytes) -> Mapping[str, Any]:
    """Return the payload; raises ``msgspec.DecodeError`` when the bytes are damaged."""
    value: Mapping[str, Any] = _decoder.decode(data)
    return value
