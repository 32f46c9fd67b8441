"""A table over pages: columns in millimetres, cells that wrap, rows that are never cut in two."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from perpusdesk.printing.paper import INK, PALE, Align, Paper, wrapped

_GAP: Final = 3.0
"""Millimetres between a column and the next."""
_LEADING: Final = 0.45
_AIR: Final = 2.2


@dataclass(frozen=True, slots=True)
class Column:
    """One column; a cell takes at most ``lines`` lines, then ends with an ellipsis."""

    heading: str
    width: float
    align: Align = "left"
    lines: int = 2


@dataclass(frozen=True, slots=True)
class Table:
    """Columns from ``left`` on, in letters of ``size`` points."""

    columns: tuple[Column, ...]
    left: float
    size: float = 8.5

    @property
    def width(self) -> float:
        """The width of all columns in millimetres."""
        return sum(column.width for column in self.columns)

    def heading(self, paper: Paper, top: float) -> float:
        """Draw the headings with a rule below; return the y below it."""
        cells = [
            wrapped(column.heading, column.width - _GAP, self.size, bold=True, lines=2)
            for column in self.columns
        ]
        tall = max(len(cell) for cell in cells)
        bottom = top + self._leading * tall + 1.4
        x = self.left
        for column, cell in zip(self.columns, cells, strict=True):
            first = top + self._leading * (tall - len(cell) + 0.8)
            self._cell(paper, column, x, first, cell, bold=True)
            x += column.width
        right = self.left + self.width - _GAP
        paper.rule(self.left, bottom, right, bottom, width=0.3, colour=INK)
        return bottom

    def row(self, paper: Paper, top: float, cells: Sequence[str]) -> float:
        """Draw one row with a pale rule below; return the y below it."""
        x, bottom = self.left, top + self.height(cells)
        for column, cell in zip(self.columns, self._lines(cells), strict=True):
            self._cell(paper, column, x, top + 1.1 + self._leading * 0.8, cell)
            x += column.width
        right = self.left + self.width - _GAP
        paper.rule(self.left, bottom, right, bottom, width=0.1, colour=PALE)
        return bottom

    def height(self, cells: Sequence[str]) -> float:
        """Return the millimetres that a row takes."""
        return self._leading * max(len(cell) for cell in self._lines(cells)) + _AIR

    def pages(
        self, rows: Sequence[Sequence[str]], first: float, following: float, bottom: float
    ) -> list[list[int]]:
        """Return the places of the rows of each page, at least one page.

        Rows begin at ``first`` on the first page and at ``following`` on the others (headings not
        included) and end above ``bottom``.
        """
        pages: list[list[int]] = [[]]
        y = first
        for place, cells in enumerate(rows):
            height = self.height(cells)
            if y + height > bottom and pages[-1]:
                pages.append([])
                y = following
            pages[-1].append(place)
            y += height
        return pages

    @property
    def _leading(self) -> float:
        return self.size * _LEADING

    def _lines(self, cells: Sequence[str]) -> tuple[tuple[str, ...], ...]:
        return _wrapped(self, tuple(cells))

    def _cell(
        self,
        paper: Paper,
        column: Column,
        x: float,
        baseline: float,
        lines: Sequence[str],
        *,
        bold: bool = False,
    ) -> None:
        room = column.width - _GAP
        at = {"left": x, "center": x + room / 2, "right": x + room}[column.align]
        paper.lines(at, baseline, lines, self.size, self._leading, bold=bold, align=column.align)


@lru_cache(maxsize=1_024)
def _wrapped(table: Table, cells: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    """Return the lines of each cell; a row is asked for its height and drawn right after."""
    return tuple(
        tuple(wrapped(text, column.width - _GAP, table.size, lines=column.lines)) or ("",)
        for column, text in zip(table.columns, cells, strict=True)
    )
