"""A list as a workbook, line by line: headings that stay in sight, numbers, dates; or as CSV."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

MOST_ROWS: Final = 1_048_575
"""Lines that a sheet of a workbook holds below its heading."""

_LONGEST_CELL: Final = 32_767
_LONGEST_NAME: Final = 31
_NOT_IN_NAMES: Final = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))

Cell = str | int | date | None
"""What a cell says; a moment shows the clock of its own zone."""


class _Dates:
    """How days and moments look in a workbook."""

    def __init__(self, book: Any) -> None:
        self.day = book.add_format({"num_format": "dd-mm-yyyy"})
        self.moment = book.add_format({"num_format": "dd-mm-yyyy hh:mm"})


def write_list(
    path: Path,
    name: str,
    columns: Sequence[tuple[str, int]],
    lines: Iterable[Sequence[Cell]],
    most: int = MOST_ROWS,
) -> int:
    """Write the lines below headings (each with its width in characters); return their number.

    What is too long for one sheet goes on in the next. Memory stays bounded. Texts are written as
    texts: nothing in them is taken for a formula or a link.
    """
    import xlsxwriter  # slow to import

    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    count = 0
    with xlsxwriter.Workbook(str(path), options) as book:
        bold = book.add_format({"bold": True})
        dates = _Dates(book)
        sheet, row = _sheet(book, name, columns, bold), 0
        for line in lines:
            if row == most:
                number = len(book.worksheets()) + 1
                sheet, row = _sheet(book, f"{name[:25]} {number}", columns, bold), 0
            row += 1
            count += 1
            _write(sheet, row, line, dates)
    return count


def write_table(
    path: Path, columns: Sequence[tuple[str, int]], lines: Iterable[Sequence[Cell]]
) -> int:
    """Write the lines as CSV in UTF-8 that a spreadsheet opens; return their number."""
    count = 0
    with path.open("w", newline="", encoding="utf-8-sig") as text:
        writer = csv.writer(text)
        writer.writerow([heading for heading, _width in columns])
        for line in lines:
            writer.writerow(line)
            count += 1
    return count


def _sheet(book: Any, name: str, columns: Sequence[tuple[str, int]], bold: Any) -> Any:
    sheet = book.add_worksheet(name.translate(_NOT_IN_NAMES).strip()[:_LONGEST_NAME] or None)
    sheet.freeze_panes(1, 0)
    for place, (heading, width) in enumerate(columns):
        sheet.set_column(place, place, width)
        sheet.write_string(0, place, heading, bold)
    return sheet


def _write(sheet: Any, row: int, line: Sequence[Cell], dates: _Dates) -> None:
    for place, cell in enumerate(line):
        if isinstance(cell, int):
            sheet.write_number(row, place, cell)
        elif isinstance(cell, datetime):
            sheet.write_datetime(row, place, cell.replace(tzinfo=None), dates.moment)
        elif isinstance(cell, date):
            sheet.write_datetime(row, place, cell, dates.day)
        elif cell:
            sheet.write_string(row, place, cell[:_LONGEST_CELL])
