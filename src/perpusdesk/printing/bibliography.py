"""A bibliography on A4: titles under headings, numbered, with an index of names and titles."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Final

from perpusdesk.common.formats import long_date, number
from perpusdesk.common.i18n import _, ngettext
from perpusdesk.printing.official import MARGIN, Letterhead, draw_letterhead
from perpusdesk.printing.paper import A4, MUTED, Paper, wrapped
from perpusdesk.printing.title_entry import TitleEntry, collation, description, whole_title

_RIGHT: Final = A4[0] - MARGIN
_TEXT: Final = MARGIN + 12.0
_CALL: Final = 30.0
_BOTTOM: Final = A4[1] - 20.0
_NEXT_TOP: Final = 20.0
_SIZE: Final = 9.5
_LEADING: Final = 4.3
_COLUMN: Final = (_RIGHT - MARGIN - 8) / 2


@dataclass(frozen=True, slots=True)
class Section:
    """A heading (``800 Kesusastraan``) and the titles under it."""

    heading: str
    entries: tuple[TitleEntry, ...]


@dataclass(frozen=True, slots=True)
class Bibliography:
    """A list with its name, e.g. what was searched for; ``made`` is the day it speaks of."""

    letterhead: Letterhead
    name: str
    made: date
    sections: tuple[Section, ...]


def bibliography(data: Bibliography) -> bytes:
    """Return the list with its index as PDF."""
    return _Writer(data).write()


class _Writer:
    def __init__(self, data: Bibliography) -> None:
        self._data = data
        self._paper = Paper(*A4, data.name)
        self._page, self._y = 1, 0.0
        self._index: list[tuple[str, int]] = []

    def write(self) -> bytes:
        self._head()
        count = 0
        for section in self._data.sections:
            first = section.entries[:1]
            self._heading(section.heading, sum(_Block(entry).height for entry in first))
            for entry in section.entries:
                count += 1
                self._entry(count, entry)
        if not count:
            self._paper.text(MARGIN, self._y + 6, _("There is no title in this list."), _SIZE)
        else:
            self._write_index()
        self._foot()
        return self._paper.finish()

    def _head(self) -> None:
        y = draw_letterhead(self._paper, self._data.letterhead) + 12
        for line in wrapped(self._data.name, _RIGHT - MARGIN, 15, bold=True, lines=3, even=True):
            self._paper.text(A4[0] / 2, y, line, 15, bold=True, align="center")
            y += 6.6
        count = sum(len(section.entries) for section in self._data.sections)
        about = ngettext("{n} title", "{n} titles", count).format(n=number(count))
        words = f"{about} · {long_date(self._data.made)}"
        self._paper.text(A4[0] / 2, y, words, 10, colour=MUTED, align="center")
        self._y = y + 8

    def _room(self, height: float) -> None:
        """Go to the next page unless so many millimetres are free."""
        if self._y + height > _BOTTOM:
            self._foot()
            self._paper.next_page()
            self._page += 1
            self._y = _NEXT_TOP

    def _heading(self, text: str, below: float = 12.0) -> None:
        """Write a heading, on the next page when what must stand below it has no room."""
        if not text:
            return
        self._room(12.5 + below)
        self._y += 5
        self._paper.text(MARGIN, self._y, text, 11.5, bold=True, width=_RIGHT - MARGIN)
        self._paper.rule(MARGIN, self._y + 1.8, _RIGHT, self._y + 1.8, width=0.3)
        self._y += 7.5

    def _entry(self, count: int, entry: TitleEntry) -> None:
        block = _Block(entry)
        self._room(block.height)
        top = self._y
        self._paper.text(_TEXT - 3, top, f"{count}", _SIZE, colour=MUTED, align="right")
        for place, line in enumerate(block.call):
            y = top + place * _LEADING
            self._paper.text(_RIGHT, y, line, 9, bold=True, align="right")
        y = self._paper.lines(_TEXT, top, block.heads, _SIZE, _LEADING, bold=True)
        y = self._paper.lines(_TEXT, y, block.lines, _SIZE, _LEADING)
        self._paper.lines(_TEXT, y, block.abstract, 8.5, _LEADING, colour=MUTED)
        self._y = top + block.height
        names = [name for name in (entry.heading, *entry.other_names) if name]
        self._index += [(name, count) for name in (*names, whole_title(entry))]

    def _write_index(self) -> None:
        self._room(40)
        self._heading(_("Index of names and titles"))
        ordered = sorted(set(self._index), key=lambda pair: (pair[0].casefold(), pair[1]))
        lines = [
            f"{name}, {', '.join(str(count) for _name, count in places)}"
            for name, places in groupby(ordered, key=lambda pair: pair[0])
        ]
        self._columns([piece for line in lines for piece in _hanging(line)])

    def _columns(self, lines: Sequence[tuple[float, str]]) -> None:
        """Set lines in two columns, page after page."""
        start = 0
        while start < len(lines):
            free = max(1, int((_BOTTOM - self._y) / 3.9))
            part = lines[start : start + 2 * free]
            tall = -(-len(part) // 2)
            for column in (0, 1):
                left = MARGIN + column * (_COLUMN + 8)
                for place, (indent, text) in enumerate(part[column * tall : (column + 1) * tall]):
                    self._paper.text(left + indent, self._y + place * 3.9, text, 8.5)
            self._y += tall * 3.9
            start += len(part)
            if start < len(lines):
                self._room(_BOTTOM)

    def _foot(self) -> None:
        y = A4[1] - 12
        self._paper.text(MARGIN, y, self._data.name, 7.5, colour=MUTED, width=130)
        words = _("Page {page}").format(page=self._page)
        self._paper.text(_RIGHT, y, words, 7.5, colour=MUTED, align="right")


class _Block:
    """One entry broken into lines; ``height`` in millimetres with the gap below."""

    def __init__(self, entry: TitleEntry) -> None:
        width = _RIGHT - _TEXT - _CALL
        self.heads = wrapped(entry.heading, width, _SIZE, bold=True, lines=2)
        self.lines = [
            line
            for text in (description(entry), collation(entry))
            for line in wrapped(text, width, _SIZE)
        ]
        self.abstract = wrapped(entry.abstract, width, 8.5, lines=4)
        self.call = wrapped(entry.call_number, _CALL - 4, 9, bold=True, lines=3)
        rows = max(len(self.heads) + len(self.lines) + len(self.abstract), len(self.call))
        self.height = rows * _LEADING + 2.5


def _hanging(line: str) -> list[tuple[float, str]]:
    """Break a line of the index: how far each piece is set in, and its text."""
    pieces = wrapped(line, _COLUMN - 4, 8.5)
    return [(0.0 if place == 0 else 4.0, piece) for place, piece in enumerate(pieces)]
