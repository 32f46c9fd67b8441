"""The INSERT statements of a MySQL dump, read row by row with bounded memory.

Understands what mysqldump, MariaDB and phpMyAdmin write; everything else in the file is passed over
and nothing of it is ever executed.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Final, Protocol

_READ: Final = 1 << 18
_LONGEST_ROW: Final = 1 << 24
_TAIL: Final = 4096
_STATEMENT: Final = re.compile(
    r"^[ \t]*(?:INSERT\s+(?:LOW_PRIORITY\s+|DELAYED\s+|IGNORE\s+)*INTO\s+`?(?P<into>\w+)`?\s*"
    r"(?:\((?P<names>[^()]*)\)\s*)?VALUES\s*"
    r"|CREATE\s+TABLE\s+(?:IF\s+NOT\s+EXISTS\s+)?`?(?P<table>\w+)`?\s*\((?P<body>.*?)\n\))",
    re.IGNORECASE | re.MULTILINE | re.DOTALL,
)
_COLUMN: Final = re.compile(r"^\s*`(\w+)`\s", re.MULTILINE)
_VALUE: Final = r"(?:_\w+\s*)?'(?:[^'\\]++|\\.|'')*+'|[^\s,()';]++(?:\(\))?"
_ROW: Final = re.compile(
    rf"\s*+\(\s*+((?:{_VALUE})(?:\s*+,\s*+(?:{_VALUE}))*+)\s*+\)\s*+([,;])", re.DOTALL
)
_PART: Final = re.compile(rf"\s*+({_VALUE})\s*+(?:,|$)", re.DOTALL)
_ESCAPED: Final = re.compile(r"\\(.)|''", re.DOTALL)
_MEANS: Final = {"n": "\n", "r": "\r", "t": "\t", "0": "", "b": "", "Z": ""}
_BROKEN: Final = re.compile(r"\)\s*([,;])\s*\n")


class TextSource(Protocol):
    """Whatever gives text block by block."""

    def read(self, size: int, /) -> str:
        """Return the next block, empty at the end."""


@dataclass(frozen=True, slots=True)
class DumpRow:
    """One row of a table by its columns (``None`` is NULL); empty where it could not be read."""

    table: str
    values: dict[str, str | None]
    text: str = ""


class DumpReader:
    """Reads the rows of some tables out of a dump.

    ``usual`` says how tables begin whose columns the dump does not name.
    """

    def __init__(
        self, source: TextSource, tables: Collection[str], usual: Mapping[str, list[str]]
    ) -> None:
        self._source = source
        self._wanted = tables
        self._usual = usual
        self._columns: dict[str, list[str]] = {}
        self._buffer = ""
        self._ended = False

    def rows(self) -> Iterator[DumpRow]:
        """Yield the rows in the order of the file."""
        while True:
            found = _STATEMENT.search(self._buffer)
            if found is None:
                if not self._skip():
                    return
                continue
            if found["table"]:
                self._columns[found["table"].lower()] = _COLUMN.findall(found["body"])
                self._buffer = self._buffer[found.end() :]
                continue
            table = found["into"].lower()
            names = re.findall(r"\w+", found["names"] or "") or self._columns.get(table, [])
            self._buffer = self._buffer[found.end() :]
            yield from self._values(table, names or self._usual.get(table, []), whole=bool(names))

    def _more(self) -> bool:
        block = "" if self._ended else self._source.read(_READ)
        self._ended = not block
        self._buffer += block
        return bool(block)

    def _skip(self) -> bool:
        """Read on, and forget what holds no statement; a line is never cut in its middle."""
        if self._more():
            if len(self._buffer) > _LONGEST_ROW:
                self._buffer = self._buffer[-_TAIL:]
            return True
        return False

    def _values(self, table: str, names: list[str], *, whole: bool) -> Iterator[DumpRow]:
        place, wanted = 0, table in self._wanted
        while True:
            found = _ROW.match(self._buffer, place)
            if found is None:
                self._buffer, place = self._buffer[place:], 0
                if len(self._buffer) < _LONGEST_ROW and self._more():
                    continue
                end = _BROKEN.search(self._buffer)
                if wanted and self._buffer.strip():
                    yield DumpRow(table, {}, self._buffer[: end.start() if end else 200][:500])
                self._buffer = self._buffer[end.end() :] if end else ""
                if end is None or end[1] == ";":
                    return
                continue
            place = found.end()
            if wanted:
                yield _row(table, names, found[1], whole=whole)
            if found[2] == ";":
                self._buffer = self._buffer[place:]
                return


def _row(table: str, names: list[str], text: str, *, whole: bool) -> DumpRow:
    values = [_plain(part) for part in _PART.findall(text)]
    if len(values) < len(names) or not names or (whole and len(values) > len(names)):
        return DumpRow(table, {}, text[:500])
    return DumpRow(table, dict(zip(names, values, strict=False)))


def _plain(part: str) -> str | None:
    if part.endswith("'"):
        inner = part[part.index("'") + 1 : -1]
        if "\\" in inner or "''" in inner:
            return _ESCAPED.sub(lambda found: _MEANS.get(found[1], found[1] or "'"), inner)
        return inner
    return None if part.upper() in ("NULL", "DEFAULT") else part
