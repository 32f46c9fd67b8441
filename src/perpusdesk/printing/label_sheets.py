"""Sheets of stickers: their sizes, kept as dated data in ``resources/labels`` and user folders."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import msgspec

from perpusdesk.common.errors import Fault, KnownError
from perpusdesk.common.paths import resources

Pair = tuple[float, float]
"""Across and down, in millimetres."""


@dataclass(frozen=True, slots=True)
class LabelSheet:
    """One make of sheet; ``sure`` is false while nobody has held a ruler against it."""

    key: str
    name: str
    valid_from: date
    source: str
    sure: bool
    page: Pair
    label: Pair
    columns: int
    rows: int
    margin: Pair
    gap: Pair

    @property
    def count(self) -> int:
        """How many stickers a sheet has."""
        return self.columns * self.rows

    def place(self, index: int) -> Pair:
        """Return the top left corner of sticker ``index`` (from 0), row by row."""
        row, column = divmod(index, self.columns)
        return (
            self.margin[0] + column * (self.label[0] + self.gap[0]),
            self.margin[1] + row * (self.label[1] + self.gap[1]),
        )

    def first_place(self, start: int) -> int:
        """Return the place (from 0) of sticker ``start`` (from 1), the nearest there is."""
        return max(0, min(start, self.count) - 1)

    def pages(self, start: int, total: int) -> int:
        """Return how many sheets ``total`` stickers need from sticker ``start`` on (at least 1)."""
        return max(1, -(-(self.first_place(start) + total) // self.count))

    def on_page(self, page: int, start: int, total: int) -> range:
        """Return which of ``total`` stickers (from 0) come onto sheet ``page`` (from 0)."""
        begin = page * self.count - self.first_place(start)
        return range(max(0, begin), max(0, min(total, begin + self.count)))

    def next_start(self, start: int, total: int) -> int:
        """Return the first free sticker (from 1) when ``total`` were printed from ``start`` on."""
        return (self.first_place(start) + total) % self.count + 1

    def is_on_the_page(self) -> bool:
        """Say whether the sheet has stickers and all of them lie on its page."""
        if min(self.columns, self.rows) < 1 or min(*self.label, *self.page) <= 0:
            return False
        left, top = self.place(self.count - 1)
        return (
            min(*self.margin, *self.gap) >= 0
            and left + self.label[0] <= self.page[0] + 0.01
            and top + self.label[1] <= self.page[1] + 0.01
        )


@dataclass(frozen=True, slots=True)
class _File:
    sheet: tuple[LabelSheet, ...]


def label_sheets(today: date, *folders: Path) -> dict[str, LabelSheet]:
    """Return the sheets in force, by key, the program's own first.

    A later ``valid_from`` replaces an earlier one of the same key, and a sheet of a user's folder
    replaces the program's. Raises ``KnownError(UNREADABLE_FILE)`` for a file that is no sheet.
    """
    result: dict[str, LabelSheet] = {}
    for folder in (resources("labels"), *folders):
        known = [sheet for path in sorted(folder.glob("*.toml")) for sheet in _read(path)]
        known.sort(key=lambda sheet: sheet.valid_from)
        result.update({sheet.key: sheet for sheet in known if sheet.valid_from <= today})
    return result


def _read(path: Path) -> Iterator[LabelSheet]:
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        sheets = msgspec.convert(data, _File).sheet
    except (OSError, ValueError) as error:
        raise KnownError(Fault.UNREADABLE_FILE, path=str(path), cause=str(error)) from error
    for sheet in sheets:
        if not sheet.is_on_the_page():
            raise KnownError(Fault.UNREADABLE_FILE, path=str(path), cause=sheet.key)
        yield sheet
