"""The readable beginning of a body: whose ops they are and which, without opening the rest.

Byte 0 is the format (bits 0-3: 1) and the packing (bits 4-6: see ``packing``). Then the context:
5 bytes of short name, 8 of incarnation (big-endian), the palette with its length before it. Then
the first seq and the number of ops (varints), and the packed rest.
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import blake2b
from typing import Final, NamedTuple

from perpusdesk.domain.ids import run_tag
from perpusdesk.protocol.wire.errors import WireError, WireFault
from perpusdesk.protocol.wire.ids import put_ids, take_ids
from perpusdesk.protocol.wire.numbers import Reader, put

FORMAT: Final = 1
SHORTENED: Final = 0x80
"""Bit of byte 0: the context is told by name (``contexts``)."""

SHORT_NAME: Final = 5
MOST_OPS: Final = 20_000
_INCARNATION: Final = 8
_MOST_PALETTE: Final = 4096
SEQ_LIMIT: Final = 2**63


@dataclass(frozen=True, slots=True)
class Header:
    """What a body tells of itself; ``device_name`` is the short name of the device."""

    version: int
    device_name: bytes
    incarnation: int
    first: int
    count: int

    @property
    def last(self) -> int:
        """The seq of the last op."""
        return self.first + self.count - 1


class Opened(NamedTuple):
    """A header, how the rest is packed, the palette's bytes, and where the parts are."""

    header: Header
    packing: int
    palette: bytes
    context_end: int
    rest: int


def short_name(device: bytes) -> bytes:
    """Return the 5 bytes by which packages name a device."""
    return blake2b(device, digest_size=SHORT_NAME).digest()


def read_header(body: bytes) -> Header:
    """Return what a body tells of itself; raises ``WireError``. Reads only its first bytes."""
    return open_header(body).header


def open_header(body: bytes) -> Opened:
    """Return the header and where everything is; raises ``WireError``."""
    reader = Reader(body)
    form = reader.take(1)[0]
    if form & SHORTENED:
        raise WireError(WireFault.UNKNOWN_CONTEXT)
    if form & 0xF != FORMAT:
        raise WireError(WireFault.TOO_NEW, format=form & 0xF)
    name = reader.take(SHORT_NAME)
    incarnation = int.from_bytes(reader.take(_INCARNATION), "big")
    palette = reader.take(reader.number())
    context_end = reader.place
    first, count = reader.number(), reader.number()
    if not 1 <= first < SEQ_LIMIT or first + count > SEQ_LIMIT or not count:
        raise WireError(WireFault.OUT_OF_RANGE)
    if count > MOST_OPS:
        raise WireError(WireFault.TOO_LARGE, ops=count)
    header = Header(FORMAT, name, incarnation, first, count)
    return Opened(header, form >> 4, palette, context_end, reader.place)


def put_header(out: bytearray, packing: int, header: Header, palette: bytes) -> None:
    """Add a header."""
    out.append(packing << 4 | FORMAT)
    out += header.device_name + header.incarnation.to_bytes(_INCARNATION, "big")
    put(out, len(palette))
    out += palette
    put(out, header.first)
    put(out, header.count)


def palette_bytes(ids: list[bytes], tag: int) -> bytes:
    """Return the ids that many ops have in common as bytes."""
    out = bytearray()
    put(out, len(ids))
    put_ids(out, ids, tag)
    return bytes(out)


def palette_ids(data: bytes, tag: int) -> list[bytes]:
    """Return the ids of a palette; raises ``WireError``."""
    reader = Reader(data)
    count = reader.number()
    if count > _MOST_PALETTE:
        raise WireError(WireFault.TOO_LARGE, palette=count)
    ids = take_ids(reader, count, tag)
    reader.end()
    return ids


def tag_of(device: bytes, incarnation: int) -> int:
    """Return the tag of the ids that the run of a stream draws."""
    return run_tag(device, incarnation >> 1)
