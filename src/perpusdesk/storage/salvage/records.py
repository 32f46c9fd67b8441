"""SQLite's record format: the values of one row out of its bytes, or an error; nothing is guessed.

Format: https://www.sqlite.org/fileformat2.html#record_format.
"""

from __future__ import annotations

import struct
from typing import Any, Final

_SIZES: Final = (0, 1, 2, 3, 4, 6, 8, 8, 0, 0)
_REAL: Final = 7
_FALSE: Final = 8
_BLOB: Final = 12


class SpoiltError(Exception):
    """Bytes that cannot be what they should be."""


def varint(data: bytes, place: int) -> tuple[int, int]:
    """Return a number of one to nine bytes, and the place after it."""
    value = 0
    for count in range(8):
        if place + count >= len(data):
            raise SpoiltError
        byte = data[place + count]
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            return value, place + count + 1
    if place + 8 >= len(data):
        raise SpoiltError
    value = value << 8 | data[place + 8]
    return value - (1 << 64) if value >> 63 else value, place + 9


def values_of(record: bytes) -> list[Any]:
    """Return the values of a record, as SQLite would; raises ``SpoiltError``."""
    end, place = varint(record, 0)
    if not place <= end <= len(record):
        raise SpoiltError
    kinds = []
    while place < end:
        kind, place = varint(record, place)
        kinds.append(kind)
    values = []
    for kind in kinds:
        size = _SIZES[kind] if 0 <= kind < len(_SIZES) else (kind - _BLOB) // 2
        if kind < 0 or kind in (10, 11) or place + size > len(record):
            raise SpoiltError
        values.append(_value(kind, record[place : place + size]))
        place += size
    if place != len(record):
        raise SpoiltError
    return values


def _value(kind: int, data: bytes) -> Any:
    if kind >= _BLOB:
        if kind % 2 == 0:
            return data
        try:
            return data.decode("utf-8")
        except UnicodeDecodeError as error:
            raise SpoiltError from error
    if kind == _REAL:
        return struct.unpack(">d", data)[0]
    if kind >= _FALSE:
        return kind - _FALSE
    return int.from_bytes(data, "big", signed=True) if kind else None
