"""A first look at files before anything is read in earnest: what they are, and what is in them."""

from __future__ import annotations

import contextlib
import io
import itertools
import re
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import BinaryIO, Final

from perpusdesk.common.errors import KnownError
from perpusdesk.exchange import plain_text, sheet_write, slims_csv, slims_dump
from perpusdesk.exchange.columns import TableKind, guess, key_of, kind_of, kind_said
from perpusdesk.exchange.open_files import Format, detect, is_dump, open_file
from perpusdesk.exchange.record_files import stream_of
from perpusdesk.exchange.sql_dump import DumpReader
from perpusdesk.exchange.strange_files import Strange, strange
from perpusdesk.exchange.tables import Table, tables
from perpusdesk.services.desk import Desk
from perpusdesk.services.transfer.import_memory import known_names, recall_columns

_SAMPLES: Final = 3
_SAMPLED: Final = 200
_LONGEST: Final = 2.0
"""Seconds after which counting is given up; the dry run counts anyway."""

_PHOTOS: Final = "photos"
_BLOCK: Final = 1 << 16
_RECORD: Final = re.compile(rb"<(?:\w+:)?record\b")
_COUNTED: Final = {"biblio": "titles", "item": "copies", "member": "members", "loan": "loans"}


class Maker(StrEnum):
    """Which program a table comes from, by its columns."""

    SLIMS = "slims"
    INLISLITE = "inlislite"
    ANYBODY = "anybody"


@dataclass(frozen=True, slots=True)
class TableLook:
    """One table: its columns, a few values of each, and what each probably means.

    ``meanings`` maps names of columns to fields ("" for none). ``named`` is false when no line of
    names was found: then the first row stands in for it. ``remembered`` tells that people said
    what these columns mean before.
    """

    name: str
    header: tuple[str, ...]
    kind: TableKind
    samples: tuple[tuple[str, ...], ...]
    meanings: Mapping[str, str]
    maker: Maker
    rows: int
    named: bool = True
    remembered: bool = False

    @property
    def usable(self) -> bool:
        """Whether the columns without which no row can go in are known."""
        known = set(self.meanings.values())
        if self.kind is TableKind.MEMBERS:
            return "name" in known
        return "title" in known or (
            self.kind is TableKind.COPIES and bool(known & {"barcode", "inventory"})
        )


@dataclass(frozen=True, slots=True)
class FileLook:
    """What a file is. ``counts`` are records, titles, copies, members, loans, photos.

    ``partial`` tells that there are more than was counted. ``broken`` is a text with broken
    accents, and how it would be made whole. ``strange`` says why the file is of no use.
    """

    path: Path
    format: Format | None
    counts: Mapping[str, int] = field(default_factory=dict)
    partial: bool = False
    tables: tuple[TableLook, ...] = ()
    broken: tuple[str, str] | None = None
    dump: bool = False
    strange: Strange | None = None

    @property
    def usable(self) -> bool:
        """Whether something can be taken out of it."""
        return self.strange is None and (not self.tables or any(t.usable for t in self.tables))

    @property
    def said_format(self) -> Format | None:
        """The format in the words of people: whose table it is, and whether it lists members."""
        if not self.tables or self.format not in (Format.CSV, Format.XLSX):
            return self.format
        first = self.tables[0]
        if first.maker is not Maker.ANYBODY:
            return Format.SLIMS if first.maker is Maker.SLIMS else Format.INLISLITE
        return Format.MEMBERS if first.kind is TableKind.MEMBERS else self.format


def look_at(desk: Desk, path: Path, format_: Format | None = None) -> FileLook:
    """Look at a file, as what it seems to be or as what people say it is; nothing is raised."""
    why = strange(path)
    try:
        if why in (Strange.FOLDER, Strange.ARCHIVE) and detect(path).value == _PHOTOS:
            return _photos(path)
        if why is not None:
            return FileLook(path, None, strange=why)
        known = format_ or detect(path)
        if known in (Format.MARC, Format.MARCXML):
            return _records(path, known)
        if is_dump(path) or (known is Format.SLIMS and detect(path) is Format.SLIMS):
            return _dump(path)
        return _tables(desk, path, known, format_)
    except KnownError:
        return FileLook(path, format_, strange=why or Strange.BROKEN)


class _Clock:
    """Says when counting has lasted long enough."""

    def __init__(self) -> None:
        self._until = time.monotonic() + _LONGEST
        self.partial = False

    def over(self) -> bool:
        self.partial = self.partial or time.monotonic() > self._until
        return self.partial

    @contextlib.contextmanager
    def despite_damage(self) -> Iterator[None]:
        """Keep what was counted of a file that breaks off."""
        try:
            yield
        except KnownError:
            self.partial = True


def _photos(path: Path) -> FileLook:
    """Look at a folder or an archive of members' photos."""
    format_, clock, count = Format(_PHOTOS), _Clock(), 0
    for _row in open_file(path, format_, lambda _header: {}).rows:
        count += 1
        if clock.over():
            break
    return FileLook(path, format_, {_PHOTOS: count}, clock.partial)


def _records(path: Path, format_: Format) -> FileLook:
    clock, count = _Clock(), 0
    with clock.despite_damage(), stream_of(path) as stream:
        for found in _found(stream, format_):
            count += found
            if clock.over():
                break
    if not count and clock.partial:
        return FileLook(path, format_, strange=Strange.BROKEN)
    return FileLook(path, format_, {"records": count}, clock.partial)


def _found(stream: BinaryIO, format_: Format) -> Iterator[int]:
    """Yield how many records each block of a file brings."""
    tail = b""
    read = getattr(stream, "read1", stream.read)  # up to where a file breaks off
    while block := read(_BLOCK):
        if format_ is Format.MARC:
            yield block.count(b"\x1d")
            continue
        whole = tail + block.replace(b"\0", b"")
        found = list(_RECORD.finditer(whole))
        tail = whole[max(found[-1].end() if found else 0, len(whole) - 40) :]
        yield len(found)


def _dump(path: Path) -> FileLook:
    clock, counts, broken = _Clock(), Counter[str](), None
    with clock.despite_damage(), stream_of(path) as stream:
        text = io.TextIOWrapper(stream, "utf-8", errors="replace", newline="\n")
        usual: dict[str, list[str]] = {}
        for row in DumpReader(text, slims_dump.TABLES, usual).rows():
            if row.table in _COUNTED:
                counts[_COUNTED[row.table]] += 1
            broken = broken or _first_broken([value or "" for value in row.values.values()])
            if clock.over():
                break
    return FileLook(path, Format.SLIMS, dict(counts), clock.partial, broken=broken, dump=True)


def _tables(desk: Desk, path: Path, format_: Format, asked: Format | None) -> FileLook:
    clock, counts, found = _Clock(), Counter[str](), []
    broken: tuple[str, str] | None = None
    for table in tables(path, known_names(desk)):
        first = list(itertools.islice(table.rows, _SAMPLED))
        if not table.header and not first:
            continue
        rows = len(first) + _count(table.rows, clock)
        look = _look(desk, table, [cells for _, cells in first], asked, rows)
        counts[look.kind.value] += look.rows
        broken = broken or next(filter(None, (_first_broken(cells) for _, cells in first)), None)
        found.append(look)
    if not found:
        return FileLook(path, format_, strange=Strange.EMPTY)
    return FileLook(path, format_, dict(counts), clock.partial, tuple(found), broken)


def _count(rows: Iterator[tuple[int, list[str]]], clock: _Clock) -> int:
    count = 0
    while part := sum(1 for _ in itertools.islice(rows, 1000)):
        count += part
        if clock.over():
            break
    return count


def _look(
    desk: Desk, table: Table, first: list[list[str]], asked: Format | None, rows: int
) -> TableLook:
    header, kind, named = table.header, TableKind.TITLES, True
    if header:
        kind = kind_of(header)
    elif (own := slims_csv.header_of(first[0])) is not None:
        header, kind = own
    else:
        header, first, named, rows = first[0], first[1:], False, rows - 1
    said = recall_columns(desk, header)
    if asked in (Format.CSV, Format.XLSX) and kind is TableKind.MEMBERS:
        kind = TableKind.TITLES
    kind = TableKind.MEMBERS if asked is Format.MEMBERS else kind_said(kind, said)
    return TableLook(
        name=table.name,
        header=tuple(header),
        kind=kind,
        samples=tuple(_samples(first, place) for place in range(len(header))),
        meanings=meanings_of(header, kind, said),
        maker=_maker(header),
        rows=rows,
        named=named,
        remembered=bool(said),
    )


def meanings_of(
    header: Sequence[str], kind: TableKind, said: Mapping[str, str] | None = None
) -> dict[str, str]:
    """Return what each named column is taken for ("" for nothing)."""
    columns = guess(header, kind, said)
    meant = {place: name for name, places in columns.items() for place in places}
    return {name: meant.get(place, "") for place, name in enumerate(header) if name}


def _samples(rows: list[list[str]], place: int) -> tuple[str, ...]:
    values = (row[place] for row in rows if place < len(row) and row[place])
    return tuple(itertools.islice(dict.fromkeys(values), _SAMPLES))


def _first_broken(cells: Sequence[str]) -> tuple[str, str] | None:
    for cell in cells:
        if not cell.isascii() and (whole := plain_text.mended(cell)) != cell:
            return cell, whole
    return None


def _maker(header: Sequence[str]) -> Maker:
    keys = {key_of(name) for name in header if name}
    for maker, names in _OWN.items():
        for own in names:
            if len(keys & own) >= max(6, round(0.6 * len(own))):
                return maker
    return Maker.ANYBODY


def _keys(names: Sequence[str]) -> frozenset[str]:
    return frozenset(key_of(name) for name in names)


_OWN: Final = {
    Maker.SLIMS: tuple(map(_keys, (slims_csv.BIBLIO, slims_csv.ITEM, slims_csv.MEMBER))),
    Maker.INLISLITE: tuple(map(_keys, (sheet_write.INLIS_HEADER, sheet_write.INLIS_MEMBERS))),
}
