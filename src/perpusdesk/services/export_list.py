"""Any list on the screen as a workbook: its ids, how rows are read, and what each column says."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from perpusdesk.common.whole_file import Beside
from perpusdesk.exchange.list_sheet import Cell, write_list, write_table
from perpusdesk.services.desk import Desk

_PART: Final = 500


@dataclass(frozen=True, slots=True)
class ListColumn:
    """A heading, what the cell of a row says, and the width in characters."""

    heading: str
    cell: Callable[[Any], Cell]
    width: int = 16


@dataclass(frozen=True, slots=True)
class ListSheet:
    """A list: its name, columns, the ids in their order, and how the rows of some ids are read.

    An id without a row is left out. ``people`` is of how many members it tells: such a list leaves
    the library only after ``hand_out.hand_out``; ``members``: whom, as far as it knows.
    ``endings`` are the kinds of file it can be.
    """

    name: str
    columns: tuple[ListColumn, ...]
    ids: Sequence[Hashable]
    fetch: Callable[[Desk, Sequence[Any]], Mapping[Any, Any]]
    people: int = 0
    members: Sequence[UUID] = ()
    endings: tuple[str, ...] = ("xlsx",)


@dataclass(frozen=True, slots=True)
class SavedList:
    """The file, how many lines it has, and whether it was given up (then there is no file)."""

    file: Path
    lines: int
    stopped: bool = False


class _StoppedError(Exception):
    """Nobody wants the file any more."""


def field(heading: str, path: str, width: int = 16) -> ListColumn:
    """Return the column of a row's field (``"line.card"``: of a field's field) as it stands."""
    return ListColumn(heading, attrgetter(path), width)


def list_of(
    name: str, columns: Sequence[ListColumn], rows: Sequence[Any], people: int = 0
) -> ListSheet:
    """Return a list of rows that are at hand already."""
    kept = tuple(rows)
    return ListSheet(
        name,
        tuple(columns),
        range(len(kept)),
        lambda _desk, places: {place: kept[place] for place in places},
        people,
    )


def export_list(
    desk: Desk,
    sheet: ListSheet,
    path: Path,
    progress: Callable[[int], object] = lambda _done: None,
    stop: Callable[[], bool] = lambda: False,
) -> SavedList:
    """Write a list, however long; the file is whole or not there. Raises ``KnownError`` (disk).

    As XLSX, or as CSV by the file's ending. ``progress`` hears how many of the ids are done,
    ``stop`` is asked as often.
    """
    columns = [(column.heading, column.width) for column in sheet.columns]
    try:
        with Beside(path) as beside:
            lines = _lines(desk, sheet, progress, stop)
            if path.suffix.lower() == ".csv":
                count = write_table(beside, columns, lines)
            else:
                count = write_list(beside, sheet.name, columns, lines)
    except _StoppedError:
        return SavedList(path, 0, stopped=True)
    return SavedList(path, count)


def _lines(
    desk: Desk, sheet: ListSheet, progress: Callable[[int], object], stop: Callable[[], bool]
) -> Iterator[list[Cell]]:
    for start in range(0, len(sheet.ids), _PART):
        if stop():
            raise _StoppedError
        part = sheet.ids[start : start + _PART]
        rows = sheet.fetch(desk, part)
        for id_ in part:
            if id_ in rows:
                yield [column.cell(rows[id_]) for column in sheet.columns]
        progress(start + len(part))
