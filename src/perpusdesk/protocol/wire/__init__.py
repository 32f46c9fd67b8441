"""The bodies of packages: ops of one stream in few bytes (``docs/developers/wire.md``)."""

from __future__ import annotations

from perpusdesk.protocol.wire.cutting import BODY_BYTES, fit
from perpusdesk.protocol.wire.errors import WireError, WireFault
from perpusdesk.protocol.wire.header import Header, read_header, short_name
from perpusdesk.protocol.wire.reading import decode
from perpusdesk.protocol.wire.writing import encode

__all__ = [
    "BODY_BYTES",
    "Header",
    "WireError",
    "WireFault",
    "decode",
    "encode",
    "fit",
    "read_header",
    "short_name",
]
