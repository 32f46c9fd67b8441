"""Cut a stream of ISO 2709 records into single ones, whatever the records say of themselves.

The end mark (0x1D) is believed, never the length in the leader: a record with a wrong length costs
itself and no other. Memory stays bounded: more than ``MAX_RECORD`` bytes without an end mark are
passed over and reported.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import BinaryIO, Final

RECORD_END: Final = b"\x1d"
MAX_RECORD: Final = 1 << 20
_READ: Final = 1 << 16
_BETWEEN: Final = b"\r\n\t \0\x1a\xef\xbb\xbf"
_LEADER: Final = re.compile(rb"\d{5}[ A-Za-z]{3}[ -~]{4}\d{5}[ -~]{7}(?=[0-9A-Za-z]{3}\d{9})")
_LEADER_LENGTH: Final = 24


@dataclass(frozen=True, slots=True)
class Piece:
    """The bytes between two end marks; ``offset`` is the place of the first in the stream.

    ``whole`` is false when no end mark closed it, ``too_long`` when bytes were passed over.
    """

    offset: int
    data: bytes
    whole: bool = True
    too_long: bool = False


def pieces(stream: BinaryIO) -> Iterator[Piece]:
    """Yield every record-like piece of the stream in order; blank space between them is none."""
    for piece in _cut(stream):
        yield from _parted(piece)


def _cut(stream: BinaryIO) -> Iterator[Piece]:
    """Cut at the end marks."""
    buffer, start, passed_over = bytearray(), 0, 0
    read = one_read(stream)
    while block := read(_READ):
        begin, searched = 0, len(buffer)
        buffer += block
        while (end := buffer.find(RECORD_END, max(begin, searched)) + 1) > 0:
            yield Piece(start, bytes(buffer[begin:end]), too_long=passed_over > 0)
            start += end - begin + passed_over
            begin, passed_over = end, 0
        del buffer[:begin]
        if len(buffer) > MAX_RECORD:
            passed_over += len(buffer) - MAX_RECORD
            del buffer[MAX_RECORD:]
    if buffer:
        yield Piece(start, bytes(buffer), whole=False, too_long=passed_over > 0)


def one_read(stream: BinaryIO) -> Callable[[int], bytes]:
    """Return a way to read that gives all of a broken compressed stream before it fails."""
    read: Callable[[int], bytes] = getattr(stream, "read1", stream.read)
    return read


def _parted(piece: Piece) -> Iterator[Piece]:
    """Take blank space off, and part a torn record from a whole one that follows it."""
    data = piece.data.lstrip(_BETWEEN)
    if not data.rstrip(_BETWEEN + RECORD_END):
        return
    offset = piece.offset + len(piece.data) - len(data)
    if piece.too_long or data[:5] == b"%05d" % len(data):
        yield Piece(offset, data, piece.whole, piece.too_long)
        return
    starts = [0, *(found.start() for found in _LEADER.finditer(data, _LEADER_LENGTH))]
    for begin, end in zip(starts, [*starts[1:], len(data)], strict=True):
        yield Piece(offset + begin, data[begin:end], piece.whole and end == len(data))
