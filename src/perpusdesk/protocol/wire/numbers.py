"""Whole numbers as bytes: varints, and columns of numbers as planes of bytes.

A varint is LEB128: seven bits in each byte, the low ones first, bit 7 set while more follow; at
most 64 bits. A number that may be negative is folded (zigzag): 0, -1, 1, -2 become 0, 1, 2, 3.

A column of up to 16 numbers is one varint after the other. A longer one begins with a byte that
says how many bytes the largest number has; then come the lowest bytes of all numbers, the next
ones, and so on: what changes little lies together.
"""

from __future__ import annotations

import sys
from array import array
from collections.abc import Iterable, Sequence
from typing import Final

from perpusdesk.protocol.wire.errors import WireError, WireFault

_SHORT: Final = 16
_MOST: Final = 2**64


def folded(value: int) -> int:
    """Return a number of either sign as one that is not negative."""
    return value << 1 if value >= 0 else (-value << 1) - 1


def unfolded(value: int) -> int:
    """Return the number that ``folded`` was given."""
    return -(value + 1 >> 1) if value & 1 else value >> 1


def put(out: bytearray, value: int) -> None:
    """Add a varint."""
    while value > 0x7F:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    out.append(value)


def put_column(out: bytearray, values: Sequence[int]) -> None:
    """Add a column of numbers below 2**64."""
    if len(values) <= _SHORT:
        for value in values:
            put(out, value)
        return
    width = (max(values).bit_length() + 7) // 8
    out.append(width)
    if width == 1:
        out += bytes(values)
        return
    numbers = array("Q", values)
    if sys.byteorder == "big":
        numbers.byteswap()
    data = numbers.tobytes()
    for plane in range(width):
        out += data[plane::8]


class Reader:
    """Takes a body apart from its beginning; every way to run over its end is a ``WireError``."""

    def __init__(self, data: bytes, place: int = 0) -> None:
        self._data = data
        self.place = place

    def take(self, length: int) -> bytes:
        """Take so many bytes."""
        begin, end = self.place, self.place + length
        if end > len(self._data):
            raise WireError(WireFault.DAMAGED, at=begin)
        self.place = end
        return self._data[begin:end]

    def number(self) -> int:
        """Take a varint."""
        value, shift = 0, 0
        for place in range(self.place, min(self.place + 10, len(self._data))):
            byte = self._data[place]
            value |= (byte & 0x7F) << shift
            if byte < 0x80:
                self.place = place + 1
                if value >= _MOST:
                    break
                return value
            shift += 7
        raise WireError(WireFault.DAMAGED, at=self.place)

    def column(self, count: int) -> Sequence[int]:
        """Take a column of so many numbers."""
        if count <= _SHORT:
            return [self.number() for _ in range(count)]
        width = self.take(1)[0]
        if width == 1:
            return self.take(count)
        if width > 8:
            raise WireError(WireFault.DAMAGED, at=self.place)
        planes = bytearray(8 * count)
        for plane in range(width):
            planes[plane::8] = self.take(count)
        numbers = array("Q", bytes(planes))
        if sys.byteorder == "big":
            numbers.byteswap()
        return numbers

    def rest(self) -> bytes:
        """Take all that is left."""
        return self.take(len(self._data) - self.place)

    def end(self) -> None:
        """Make sure that nothing is left."""
        if self.place != len(self._data):
            raise WireError(WireFault.DAMAGED, at=self.place)


def total(values: Iterable[int]) -> int:
    """Return the sum of counts, refused when it is more than a body may hold."""
    found = sum(values)
    if found > MOST_VALUES:
        raise WireError(WireFault.TOO_LARGE, values=found)
    return found


MOST_VALUES: Final = 1_000_000
"""Most values of all payloads of one body together."""
