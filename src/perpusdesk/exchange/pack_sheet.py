"""A pack as a workbook: the form's rows in their order, and where each number comes from."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

_LONGEST_NAME: Final = 31
_WIDTHS: Final = (8, 46, 16, 12, 50)


@dataclass(frozen=True, slots=True)
class SheetLine:
    """One line; ``level`` 0 is a heading, 1 a row, 2 a part. Values not known stay empty."""

    code: str
    label: str
    values: tuple[Decimal | None, ...]
    unit: str
    remark: str
    digits: int
    level: int


@dataclass(frozen=True, slots=True)
class PackBook:
    """All that the workbook says; ``above`` stands over the rows, ``below`` under them."""

    name: str
    above: tuple[str, ...]
    heads: tuple[str, ...]
    lines: tuple[SheetLine, ...]
    below: tuple[str, ...]
    proof_name: str
    proof_heads: tuple[str, ...]
    proofs: tuple[tuple[str, ...], ...]


def write_pack(path: Path, book: PackBook) -> int:
    """Write the workbook; return the number of lines. Texts are never taken for formulas."""
    import xlsxwriter  # slow to import

    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(str(path), options) as file:
        looks = _Looks(file)
        _rows(file.add_worksheet(book.name[:_LONGEST_NAME]), book, looks)
        _proofs(file.add_worksheet(book.proof_name[:_LONGEST_NAME]), book, looks)
    return len(book.lines)


class _Looks:
    def __init__(self, file: Any) -> None:
        self._file = file
        self.title = file.add_format({"bold": True, "font_size": 14})
        self.head = file.add_format(
            {"bold": True, "bottom": 1, "text_wrap": True, "valign": "bottom"}
        )
        self.heading = file.add_format({"bold": True, "top": 1})
        self.part = file.add_format({"indent": 2})
        self.plain = file.add_format({"text_wrap": True, "valign": "top"})
        self._numbers: dict[int, Any] = {}

    def number(self, digits: int) -> Any:
        """Return how a number with so many decimal places looks."""
        if digits not in self._numbers:
            shape = "#,##0" + (f".{'0' * digits}" if digits else "")
            self._numbers[digits] = self._file.add_format({"num_format": shape, "valign": "top"})
        return self._numbers[digits]


def _rows(sheet: Any, book: PackBook, looks: _Looks) -> None:
    for place, said in enumerate(book.above):
        sheet.write_string(place, 0, said, looks.title if place == 0 else None)
    top = len(book.above) + 1
    for column, head in enumerate(book.heads):
        sheet.write_string(top, column, head, looks.head)
    values = len(book.heads) - 4
    widths = (_WIDTHS[0], _WIDTHS[1], *([_WIDTHS[2]] * values), _WIDTHS[3], _WIDTHS[4])
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width)
    row = top
    for line in book.lines:
        row += 1
        _line(sheet, row, line, values, looks)
    for place, note in enumerate(book.below):
        sheet.write_string(row + 2 + place, 1, note)
    sheet.freeze_panes(top + 1, 2)
    sheet.fit_to_pages(1, 0)


def _line(sheet: Any, row: int, line: SheetLine, values: int, looks: _Looks) -> None:
    look = (looks.heading, looks.plain, looks.part)[line.level]
    sheet.write_string(row, 0, line.code, looks.plain)
    sheet.write_string(row, 1, line.label, look)
    for place, value in enumerate(line.values):
        if value is not None:
            sheet.write_number(row, 2 + place, float(value), looks.number(line.digits))
    sheet.write_string(row, 2 + values, line.unit, looks.plain)
    sheet.write_string(row, 3 + values, line.remark, looks.plain)


def _proofs(sheet: Any, book: PackBook, looks: _Looks) -> None:
    for column, (head, width) in enumerate(zip(book.proof_heads, (44, 20, 100), strict=True)):
        sheet.write_string(0, column, head, looks.head)
        sheet.set_column(column, column, width)
    for row, cells in enumerate(book.proofs, 1):
        for column, text in enumerate(cells):
            sheet.write_string(row, column, text, looks.plain)
    sheet.freeze_panes(1, 0)
