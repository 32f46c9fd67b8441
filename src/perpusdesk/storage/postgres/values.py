"""How values travel: numbers as 64 bits, bytes as bytes, and text that may hold a zero.

PostgreSQL keeps no zero character in text, but the log must give back each text as it was written.
So a zero travels as a mark that no writing system uses, and that mark (should anybody write it) as
two.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any, Final

from psycopg import Connection
from psycopg.abc import Buffer
from psycopg.adapt import Loader
from psycopg.pq import Format
from psycopg.types.numeric import Int8BinaryDumper, NumericBinaryLoader
from psycopg.types.string import BytesBinaryDumper, StrBinaryDumper, StrDumperUnknown

_MARK: Final = "\U0010ffff"
_ZERO: Final = _MARK + "0"
_ITSELF: Final = _MARK + "1"


def storable(text: str) -> str:
    """Return a text as it can be stored."""
    if "\0" in text or _MARK in text:
        return text.replace(_MARK, _ITSELF).replace("\0", _ZERO)
    return text


def restored(text: str) -> str:
    """Return a stored text as it was written."""
    if _MARK in text:
        return text.replace(_ZERO, "\0").replace(_ITSELF, _MARK)
    return text


class _TextDumper(StrDumperUnknown):
    def dump(self, obj: str) -> Buffer | None:
        return super().dump(storable(obj))


class _TextBinaryDumper(StrBinaryDumper):
    def dump(self, obj: str) -> Buffer | None:
        return super().dump(storable(obj))


class _TextLoader(Loader):
    format = Format.BINARY

    def load(self, data: Buffer) -> str:
        return restored(str(data, "utf-8"))


class _Bool(Loader):
    """Truth as SQLite tells it: 1 or 0."""

    format = Format.BINARY

    def load(self, data: Buffer) -> int:
        return int(data != b"\x00")


class _Sum(NumericBinaryLoader):
    """The sum of whole numbers is a whole number."""

    def load(self, data: Buffer) -> Any:
        value: Decimal = super().load(data)
        whole = value.is_finite() and value == value.to_integral_value()
        return int(value) if whole else float(value)


def adapt(connection: Connection[Any]) -> None:
    """Let values travel over a connection as storage knows them."""
    adapters = connection.adapters
    adapters.register_dumper(int, Int8BinaryDumper)
    adapters.register_dumper(bytes, BytesBinaryDumper)
    adapters.register_dumper(str, _TextBinaryDumper)
    adapters.register_dumper(str, _TextDumper)
    for name in ("text", "varchar", "name"):
        adapters.register_loader(name, _TextLoader)
    adapters.register_loader("bool", _Bool)
    adapters.register_loader("numeric", _Sum)
