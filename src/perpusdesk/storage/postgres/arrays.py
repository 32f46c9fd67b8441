"""Columns of values as PostgreSQL's arrays in their binary form, packed at once.

Format: "array_send" in PostgreSQL's ``src/backend/utils/adt/arrayfuncs.c`` (dimensions, whether
there are nulls, type of the elements, length and lower bound; then each with its length, -1: null).
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Sequence
from itertools import chain, repeat
from typing import Any, Final

from psycopg import Connection
from psycopg.abc import Buffer
from psycopg.adapt import Dumper
from psycopg.pq import Format

from perpusdesk.storage.postgres.values import storable

_INT8, _BYTEA, _TEXT = 20, 17, 25
_LENGTH: Final = struct.Struct(">i").pack
_NUMBER: Final = struct.Struct(">iq").pack
_NULL: Final = _LENGTH(-1)


class Packed(bytes):
    """The binary form of an array."""


class _Numbers(Packed):
    pass


class _Bytes(Packed):
    pass


class _Texts(Packed):
    pass


def packed(type_: str, values: Sequence[Any]) -> Packed:
    """Return values of a column of ``type_`` ("bigint", "bytea" or "text") as an array.

    Raises ``OverflowError`` for a number of more than 64 bits and ``TypeError`` for other values.
    """
    made, pack, oid = _KINDS[type_]
    try:
        return made(_head(oid, len(values)) + pack(values))
    except struct.error as error:
        if all(value is None or isinstance(value, int) for value in values):
            raise OverflowError("a number has more than 64 bits") from error
        raise TypeError(f"not for a column of {type_}: {error}") from error


def packed_list(values: Sequence[Any]) -> Packed:
    """Return values of one kind as an array."""
    first = next((value for value in values if value is not None), b"")
    kind = "text" if isinstance(first, str) else "bigint" if isinstance(first, int) else "bytea"
    return packed(kind, values)


def _head(oid: int, size: int) -> bytes:
    if size == 0:
        return struct.pack(">iii", 0, 0, oid)
    return struct.pack(">iiiii", 1, 1, oid, size, 1)


def _numbers(values: Sequence[Any]) -> bytes:
    if None in values:
        return b"".join([_NULL if one is None else _NUMBER(8, one) for one in values])
    return struct.pack(
        ">" + "iq" * len(values), *chain.from_iterable(zip(repeat(8), values, strict=False))
    )


def _bytes(values: Sequence[Any]) -> bytes:
    return b"".join([_NULL if one is None else _LENGTH(len(one)) + one for one in values])


def _texts(values: Sequence[Any]) -> bytes:
    return _bytes([None if one is None else storable(one).encode() for one in values])


_KINDS: Final[dict[str, tuple[type[Packed], Callable[[Sequence[Any]], bytes], int]]] = {
    "bigint": (_Numbers, _numbers, _INT8),
    "bytea": (_Bytes, _bytes, _BYTEA),
    "text": (_Texts, _texts, _TEXT),
}


class _Dumper(Dumper):
    format = Format.BINARY

    def dump(self, obj: Packed) -> Buffer | None:
        return obj


class _NumbersDumper(_Dumper):
    oid = 1016


class _BytesDumper(_Dumper):
    oid = 1001


class _TextsDumper(_Dumper):
    oid = 1009


def adapt_arrays(connection: Connection[Any]) -> None:
    """Let packed arrays travel over a connection."""
    for kind, dumper in (
        (_Numbers, _NumbersDumper),
        (_Bytes, _BytesDumper),
        (_Texts, _TextsDumper),
    ):
        connection.adapters.register_dumper(kind, dumper)
