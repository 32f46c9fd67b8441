"""Which catalogues elsewhere may be asked for a record, and how: a small table in TOML."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from typing import Annotated, Any, Final

import msgspec
from msgspec import Meta, Struct

from perpusdesk.common.errors import Fault, KnownError
from perpusdesk.common.paths import resources

_Text = Annotated[str, Meta(min_length=1, max_length=200)]
_SRU: Final = re.compile(r"https?://[\w.-]+(?::\d{1,5})?(?:/[\w./~%-]*)?")
_Z3950: Final = re.compile(r"(?:tcp:|ssl:)?[A-Za-z0-9.-]+:\d{1,5}/[\w.-]+")


class Kind(StrEnum):
    """How a catalogue is spoken to."""

    SRU = "sru"
    Z3950 = "z3950"


class CopyServer(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One catalogue; in its queries ``{isbn}`` and ``{text}`` stand for what is looked for."""

    name: _Text
    kind: Kind = Kind.SRU
    address: _Text
    version: str = "1.1"
    schema: str = "marcxml"
    isbn_query: _Text
    text_query: str = ""
    source: str = ""
    enabled: bool = True

    def __post_init__(self) -> None:
        pattern = _SRU if self.kind is Kind.SRU else _Z3950
        if not pattern.fullmatch(self.address):
            raise ValueError(f"no address of this kind: {self.address}")
        if "{isbn}" not in self.isbn_query or "\n" in self.isbn_query + self.text_query:
            raise ValueError("the query must name {isbn}, on one line")


class _Table(Struct, forbid_unknown_fields=True):
    as_of: date
    server: list[CopyServer]


def shipped_servers() -> tuple[CopyServer, ...]:
    """Return the catalogues that the program knows by itself."""
    text = resources("servers", "copy_cataloguing.toml").read_text("utf-8")
    return tuple(msgspec.toml.decode(text, type=_Table).server)


def read_servers(rows: Iterable[Any]) -> tuple[CopyServer, ...]:
    """Return servers from plain values; raises ``KnownError`` (UNUSABLE_INPUT) with the cause."""
    try:
        return tuple(msgspec.convert(list(rows), list[CopyServer]))
    except msgspec.ValidationError as error:
        raise KnownError(Fault.UNUSABLE_INPUT, cause=str(error)) from error
