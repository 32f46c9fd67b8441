"""Tables out of CSV, XLSX, XLS and ODS files: rows of plain texts under a header."""

from __future__ import annotations

import codecs
import csv
import itertools
import zipfile
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO, Final, TextIO

from python_calamine import CalamineError, CalamineWorkbook

from perpusdesk.common.errors import Fault, KnownError
from perpusdesk.exchange.columns import known
from perpusdesk.exchange.plain_text import tidy

SEPARATORS: Final = ",;\t^|"
_LOOK: Final = 20
_LARGEST_CELL: Final = 1 << 20
_LARGEST_SHEET: Final = 1 << 30
_BROKEN: Final = (
    CalamineError,
    OSError,
    EOFError,
    RuntimeError,
    ValueError,
    KeyError,
    zipfile.BadZipFile,
)
_SHEETS: Final = frozenset({".xlsx", ".xlsm", ".xlsb", ".xls", ".ods"})


@dataclass(slots=True)
class Table:
    """A header (may be empty: there was none) and the rows under it with their numbers from 1."""

    header: list[str]
    rows: Iterator[tuple[int, list[str]]]
    name: str = ""
    done: Callable[[], float] = field(default=lambda: 0.0)


def is_sheet(path: Path) -> bool:
    """Whether the file is a workbook by its name."""
    return path.suffix.lower() in _SHEETS


def tables(path: Path, said: Collection[str] = ()) -> Iterator[Table]:
    """Yield the tables of a file: one for a CSV, one per sheet that is not empty else.

    ``said`` are keys of names of columns that people gave a meaning.

    Raises ``KnownError`` (UNREADABLE_FILE) when it is no such file.
    """
    if is_sheet(path):
        yield from _sheets(path, said)
        return
    try:
        with path.open("rb") as raw:
            encoding = _encoding(raw)
        with path.open(encoding=encoding, errors="replace", newline="") as text:
            yield _csv(path, text, said)
    except OSError as error:
        raise _unreadable(path, error) from error


# -- CSV ----------------------------------------------------------------------------------------


def _csv(path: Path, text: TextIO, said: Collection[str]) -> Table:
    size = max(1, path.stat().st_size)
    sample = list(itertools.islice(text, _LOOK))
    text.seek(0)
    csv.field_size_limit(_LARGEST_CELL)
    reader = csv.reader(_without_nul(text), delimiter=_separator(sample))
    empty = Table([], iter(()), path.stem, lambda: _share(text, size))
    return _headed(_numbered(reader), empty, said)


def _share(text: TextIO, size: int) -> float:
    return 1.0 if text.closed else min(1.0, text.buffer.tell() / size)


def _encoding(raw: BinaryIO) -> str:
    start = raw.read(4)
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    decoder = codecs.getincrementaldecoder("utf-8")()
    block = start
    try:
        while block:
            decoder.decode(block)
            block = raw.read(1 << 16)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8-sig"


def _separator(sample: list[str]) -> str:
    """Return the mark that cuts the first lines into the most cells, most evenly."""

    def evenness(mark: str) -> tuple[int, int]:
        rows = [row for row in csv.reader(sample, delimiter=mark) if row]
        widths = [len(row) for row in rows]
        usual = max(set(widths), key=lambda width: (widths.count(width), width), default=1)
        named = max((known(row) for row in rows), default=0)
        return named, usual if usual > 1 else 0

    return max(SEPARATORS, key=evenness)


def _without_nul(lines: Iterable[str]) -> Iterator[str]:
    for line in lines:
        yield line.replace("\0", "") if "\0" in line else line


def _numbered(reader: Iterator[list[str]]) -> Iterator[tuple[int, list[str]]]:
    """Number the records; one that the CSV rules cannot read is empty and passed over."""
    for number in itertools.count(1):
        try:
            yield number, [tidy(cell) for cell in next(reader)]
        except StopIteration:
            return
        except csv.Error:
            yield number, ["\ufffd"]


# -- workbooks ----------------------------------------------------------------------------------


def _sheets(path: Path, said: Collection[str]) -> Iterator[Table]:
    book = _guarded(path, lambda: _open_book(path))
    for name in book.sheet_names:
        sheet = _Sheet(_guarded(path, partial(book.get_sheet_by_name, name)))
        table = _headed(sheet.rows(), Table([], iter(()), name, sheet.share), said)
        if table.header or name == book.sheet_names[0]:
            yield table


class _Sheet:
    """One sheet, and how much of it was read."""

    def __init__(self, sheet: Any) -> None:
        self._sheet = sheet
        self._first = (sheet.start or (0, 0))[0] + 1
        self._read = 0

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        for row in self._sheet.iter_rows():
            yield self._first + self._read, [_text(cell) for cell in row]
            self._read += 1

    def share(self) -> float:
        return min(1.0, self._read / max(1, self._sheet.total_height or 0))


def _open_book(path: Path) -> CalamineWorkbook:
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > _LARGEST_SHEET:
                raise CalamineError("too large")
    return CalamineWorkbook.from_path(path)


def _guarded(path: Path, read: Callable[[], Any]) -> Any:
    """Do what may meet a broken file; a panic of the reader counts as one, too."""
    try:
        return read()
    except _BROKEN as error:
        raise _unreadable(path, error) from error
    except BaseException as error:
        if type(error).__name__ == "PanicException":
            raise _unreadable(path, error) from error
        raise


def _text(cell: Any) -> str:
    if isinstance(cell, str):
        return tidy(cell)
    if isinstance(cell, bool):
        return str(int(cell))
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, datetime):
        return cell.isoformat(" ") if cell.time() != time() else cell.date().isoformat()
    if isinstance(cell, date | time | timedelta):
        return str(cell)
    return "" if cell is None else str(cell)


def _unreadable(path: Path, error: BaseException) -> KnownError:
    return KnownError(Fault.UNREADABLE_FILE, file=str(path), cause=str(error))


# -- the header ---------------------------------------------------------------------------------


def _headed(rows: Iterator[tuple[int, list[str]]], table: Table, said: Collection[str]) -> Table:
    """Find the header among the first rows: the one with the most names of columns.

    Title lines above it are passed over; without a header all rows are the table's.
    """
    first = list(itertools.islice(rows, _LOOK))
    counts = [known(cells, said) for _, cells in first]
    best = max(counts, default=0)
    place = counts.index(best) if best >= 2 else -1
    table.header = first[place][1] if place >= 0 else []
    table.rows = _filled(itertools.chain(first[place + 1 :], rows))
    return table


def _filled(rows: Iterable[tuple[int, list[str]]]) -> Iterator[tuple[int, list[str]]]:
    return ((number, cells) for number, cells in rows if any(cells))
