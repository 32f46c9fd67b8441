"""Any file that a library may be moved in from: which format it is, and its rows."""

from __future__ import annotations

import codecs
import contextlib
import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import BinaryIO, Final

from perpusdesk.exchange import slims_csv, tables
from perpusdesk.exchange.columns import TableKind, guess, key_of, kind_of, kind_said
from perpusdesk.exchange.import_rows import BadRow, PhotoRow, Row, RowProblem
from perpusdesk.exchange.marc_stream import one_read
from perpusdesk.exchange.pictures import holds_pictures, pictures_in
from perpusdesk.exchange.reading_beside import read_beside
from perpusdesk.exchange.record_files import stream_of
from perpusdesk.exchange.slims_dump import Scratch
from perpusdesk.exchange.table_rows import rows_of

_LOOK: Final = 65536
_MARC: Final = re.compile(rb"^[\s\x00]*\d{5}[ -~]{7}\d{5}|^[\s\x00]*\d{5}[a-z][a-z].{17}|\x1d|\x1e")
_WIDE_XML: Final = re.compile(rb"\xff\xfe<|\xfe\xff\x00<")
_SQL: Final = re.compile(rb"^\s*(?:--|/\*|INSERT\s+INTO|CREATE\s+TABLE)", re.IGNORECASE)
_SQL_WORDS: Final = re.compile(rb"\b(?:INSERT\s+(?:IGNORE\s+)?INTO|CREATE\s+TABLE)\b", re.I)


class Format(StrEnum):
    """The formats by the words of the command line."""

    MARC = "marc"
    MARCXML = "marcxml"
    SLIMS = "slims"
    INLISLITE = "inlislite"
    XLSX = "xlsx"
    CSV = "csv"
    MEMBERS = "members"
    PHOTOS = "photos"


@dataclass(slots=True)
class Opened:
    """One open file: its rows, how much of it was read (0 to 1), and what its columns mean.

    ``columns`` maps names of columns to fields ("" for those that are not used); it grows while
    the sheets of a workbook are read.
    """

    path: Path
    format: Format
    rows: Iterator[Row]
    done: Callable[[], float]
    columns: dict[str, str] = field(default_factory=dict)


Said = Callable[[list[str]], Mapping[str, str]]
"""What people said of the columns of a table with this header."""


def detect(path: Path) -> Format:
    """Return what a file is by its first bytes and its name.

    Raises ``KnownError`` (UNREADABLE_FILE) when it cannot be opened.
    """
    if holds_pictures(path):
        return Format.PHOTOS
    if tables.is_sheet(path):
        return Format.XLSX
    with stream_of(path) as stream:
        start = stream.read(_LOOK)
    if start[:3] == b"\xef\xbb\xbf":
        start = start[3:]
    if start.lstrip()[:1] == b"<" or _WIDE_XML.match(start):
        return Format.MARCXML
    if _SQL.search(start) or _SQL_WORDS.search(start):
        return Format.SLIMS
    return Format.MARC if _MARC.search(start) else Format.CSV


def order_of(path: Path, format_: Format) -> int:
    """Return where a file stands among others: titles, then copies, then members."""
    if format_ in (Format.MEMBERS, Format.PHOTOS):
        return 2 if format_ is Format.MEMBERS else 3
    if format_ not in (Format.CSV, Format.SLIMS, Format.XLSX) or is_dump(path):
        return 0
    kinds = [_kind(table, format_)[1] for table in tables.tables(path)]
    places = {TableKind.TITLES: 0, TableKind.COPIES: 1, TableKind.MEMBERS: 2}
    return min((places[kind] for kind in kinds), default=0)


def is_dump(path: Path) -> bool:
    """Whether a file is a database dump by its name."""
    return path.name.lower().removesuffix(".gz").removesuffix(".xz").endswith(".sql")


def open_file(
    path: Path,
    format_: Format,
    said: Said,
    *,
    names: Collection[str] = (),
    mend: bool = True,
) -> Opened:
    """Open a file; its rows are read as they are asked for.

    ``names`` are columns that people gave a meaning: they help to find the header.

    Reading raises ``KnownError`` (UNREADABLE_FILE, DAMAGED for a broken compressed file).
    """
    if format_ in (Format.MARC, Format.MARCXML):
        return _records(path, format_)
    if format_ is Format.PHOTOS:
        return _photos(path)
    if format_ is Format.SLIMS and (is_dump(path) or detect(path) is Format.SLIMS):
        return _dump(path, mend)
    opened = Opened(path, format_, iter(()), lambda: 0.0)
    keys = {key_of(name) for name in names}
    opened.rows = _tables(opened, said, keys, mend)
    return opened


def _records(path: Path, format_: Format) -> Opened:
    share = 0.0

    def rows() -> Iterator[Row]:
        nonlocal share
        with contextlib.closing(read_beside(path, xml=format_ is Format.MARCXML)) as records:
            for row, share in records:  # noqa: B007 - told by ``done``
                yield row

    return Opened(path, format_, rows(), lambda: share)


def _photos(path: Path) -> Opened:
    share = 0.0

    def rows() -> Iterator[Row]:
        nonlocal share
        found = list(pictures_in(path))
        for number, (card, photo) in enumerate(found, start=1):
            share = number / len(found)
            yield PhotoRow(number, card, photo)

    return Opened(path, Format.PHOTOS, rows(), lambda: share)


def _dump(path: Path, mend: bool) -> Opened:
    opened = Opened(path, Format.SLIMS, iter(()), lambda: 0.0)

    def rows() -> Iterator[Row]:
        with stream_of(path) as stream, contextlib.closing(Scratch()) as scratch:
            yield from scratch.load(_Text(stream))
            total, given = max(1, sum(scratch.row_counts().values())), 0

            def done() -> float:
                return min(1.0, given / total)

            opened.done = done
            for row in scratch.rows(mend=mend, source=path):
                given += 1 + len(getattr(row, "copies", ()))
                yield row
            if scratch.broken is not None:
                raise scratch.broken

    opened.rows = rows()
    return opened


class _Text:
    """The text of a stream in UTF-8; of a broken one, all that stands before the break."""

    def __init__(self, stream: BinaryIO) -> None:
        self._read = one_read(stream)
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")

    def read(self, size: int, /) -> str:
        while True:
            block = self._read(size)
            text = self._decoder.decode(block, final=not block)
            if text or not block:
                return text


def _tables(opened: Opened, said: Said, names: Collection[str], mend: bool) -> Iterator[Row]:
    any_table = False
    for table in tables.tables(opened.path, names):
        opened.done = table.done
        header, kind = _kind(table, opened.format)
        if not header:
            continue
        any_table, table.header = True, header
        meanings = said(header)
        kind = kind_said(kind, meanings)
        columns = guess(header, kind, meanings)
        meant = {place: name for name, places in columns.items() for place in places}
        opened.columns.update({name: meant.get(at, "") for at, name in enumerate(header) if name})
        yield from rows_of(table, kind, columns, mend=mend, source=opened.path)
    if not any_table:
        yield BadRow(1, RowProblem.DAMAGED, {"problem": "no_columns"})


def _kind(table: tables.Table, format_: Format) -> tuple[list[str], TableKind]:
    """Return the header of a table and what its rows are.

    A table without a header may be one of SLiMS' own.
    """
    if not table.header:
        first = next(table.rows, None)
        found = slims_csv.header_of(first[1]) if first else None
        if first is None or found is None:
            return [], TableKind.TITLES
        table.rows = _again(first, table.rows)
        return found
    if format_ is Format.MEMBERS:
        return table.header, TableKind.MEMBERS
    return table.header, kind_of(table.header)


def _again(
    first: tuple[int, list[str]], rows: Iterator[tuple[int, list[str]]]
) -> Iterator[tuple[int, list[str]]]:
    yield first
    yield from rows
