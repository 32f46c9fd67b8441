"""The dated forms of the packs, as the tables in ``resources/figures/packs`` have them."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from functools import lru_cache
from pathlib import Path
from typing import Annotated

import msgspec
from msgspec import Meta

from perpusdesk.common.errors import Fault, KnownError
from perpusdesk.common.paths import resources
from perpusdesk.domain.packs.form import Columns, Pack, Row, Span, in_force

_Digits = Annotated[int, Meta(ge=0, le=9)]
_Times = Annotated[int, Meta(ge=1, le=1_000_000)]


class _Row(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    key: str
    label: str
    code: str = ""
    sum: tuple[str, ...] = ()
    per: tuple[str, ...] = ()
    times: _Times = 1
    divide: _Times = 1
    digits: _Digits = 0
    each: str = ""
    monthly: bool = False
    unit: str = ""
    note: str = ""
    at_least: str = ""
    at_least_of: str = ""


class _Pack(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    key: str
    name: str
    valid_from: date
    source: str
    span: Span
    row: tuple[_Row, ...]
    columns: Columns = Columns.ALONE
    note: str = ""


class _Entry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    key: str
    name: str
    hint: str = ""


class _Entries(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    entry: tuple[_Entry, ...]


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    pack: tuple[_Pack, ...]


def packs(day: date) -> list[Pack]:
    """Return the forms in force on a day. Raises ``KnownError(UNREADABLE_FILE)``."""
    return in_force(_all(), day)


@lru_cache(maxsize=1)
def _all() -> tuple[Pack, ...]:
    files = sorted(resources("figures", "packs").glob("*.toml"))
    return tuple(pack for file in files for pack in read_packs(file))


def read_packs(file: Path) -> list[Pack]:
    """Return the packs of one file. Raises ``KnownError(UNREADABLE_FILE)``."""
    try:
        found = msgspec.convert(tomllib.loads(file.read_text("utf-8")), _File)
        return [_pack(one) for one in found.pack]
    except (OSError, ValueError, ZeroDivisionError) as error:
        raise KnownError(Fault.UNREADABLE_FILE, path=str(file), cause=str(error)) from error


@lru_cache(maxsize=1)
def entry_names() -> Mapping[str, tuple[str, str]]:
    """Return by key what a typed figure is called, and a hint where to find it, in order.

    Raises ``KnownError(UNREADABLE_FILE)``.
    """
    file = resources("figures", "entries.toml")
    try:
        found = msgspec.convert(tomllib.loads(file.read_text("utf-8")), _Entries)
    except (OSError, ValueError) as error:
        raise KnownError(Fault.UNREADABLE_FILE, path=str(file), cause=str(error)) from error
    return {one.key: (one.name, one.hint) for one in found.entry}


def _pack(one: _Pack) -> Pack:
    return Pack(
        one.key,
        one.name,
        one.valid_from,
        " ".join(one.source.split()),
        one.span,
        one.columns,
        tuple(_row(row) for row in one.row),
        " ".join(one.note.split()),
    )


def _row(one: _Row) -> Row:
    told = msgspec.structs.asdict(one)
    least = Fraction(one.at_least) if one.at_least else None
    return Row(**{**told, "at_least": least})
