"""The bulletin of new titles on A4: pictures, names, where they stand, and what they tell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from perpusdesk.common.errors import KnownError
from perpusdesk.common.formats import number
from perpusdesk.common.i18n import _, ngettext
from perpusdesk.printing.official import MARGIN, Letterhead, draw_letterhead
from perpusdesk.printing.paper import A4, ACCENT, MUTED, PALE, Paper, wrapped
from perpusdesk.printing.title_entry import TitleEntry, whole_title

_COLUMNS: Final = 2
_GAP: Final = 8.0
_WIDTH: Final = (A4[0] - 2 * MARGIN - _GAP) / _COLUMNS
_ROW: Final = 46.0
_COVER: Final = (26.0, 38.0)
_BOTTOM: Final = A4[1] - 18.0


@dataclass(frozen=True, slots=True)
class Bulletin:
    """The new titles of a period (``November 2026``), each section under its heading."""

    letterhead: Letterhead
    period: str
    sections: tuple[tuple[str, tuple[TitleEntry, ...]], ...]


def new_titles(data: Bulletin) -> bytes:
    """Return the bulletin as PDF."""
    paper = Paper(*A4, f"{_('New titles')} {data.period}")
    y = _head(paper, data)
    page = 1
    for heading, entries in data.sections:
        for start in range(0, len(entries), _COLUMNS):
            first = start == 0 and bool(heading)
            if y + _ROW + (9 if first else 0) > _BOTTOM:
                _foot(paper, data, page)
                paper.next_page()
                page, y = page + 1, 20.0
            if first:
                paper.text(MARGIN, y + 3, heading, 12, bold=True, colour=ACCENT)
                y += 8
            _row(paper, entries[start : start + _COLUMNS], y)
            y += _ROW
    _foot(paper, data, page)
    return paper.finish()


def _head(paper: Paper, data: Bulletin) -> float:
    y = draw_letterhead(paper, data.letterhead) + 14
    paper.text(MARGIN, y, _("New titles"), 24, bold=True)
    count = sum(len(entries) for _heading, entries in data.sections)
    about = ngettext("{n} title", "{n} titles", count).format(n=number(count))
    paper.text(MARGIN, y + 7, f"{data.period} · {about}", 11, colour=MUTED)
    if not count:
        paper.text(MARGIN, y + 20, _("Nothing new came in this period."), 11)
    return y + 15


def _row(paper: Paper, entries: Sequence[TitleEntry], y: float) -> None:
    for column, entry in enumerate(entries):
        with paper.moved(MARGIN + column * (_WIDTH + _GAP), y):
            _title(paper, entry)


def _title(paper: Paper, entry: TitleEntry) -> None:
    _cover(paper, entry)
    left, width = _COVER[0] + 4, _WIDTH - _COVER[0] - 4
    y = 3.6
    for line in wrapped(whole_title(entry), width, 10, bold=True, lines=3):
        paper.text(left, y, line, 10, bold=True)
        y += 4.3
    by = entry.responsibility or entry.heading
    about = " · ".join(part for part in (entry.publisher, entry.year) if part)
    for text in (by, about):
        if text:
            paper.text(left, y, text, 8.5, colour=MUTED, width=width)
            y += 3.9
    if entry.call_number:
        paper.text(left, y + 0.6, entry.call_number, 9, bold=True, width=width)
        y += 4.8
    free = int((_COVER[1] - y + 2) / 3.4)
    if entry.abstract and free > 0:
        paper.lines(left, y, wrapped(entry.abstract, width, 7.5, lines=free), 7.5, 3.4)


def _cover(paper: Paper, entry: TitleEntry) -> None:
    width, height = _COVER
    if entry.cover:
        try:
            paper.picture(entry.cover, 0, 0, width, height)
        except KnownError:
            pass
        else:
            return
    paper.box(0, 0, width, height, fill=PALE, radius=1.2)
    lines = wrapped(entry.title, width - 5, 7.5, bold=True, lines=5, even=True)
    paper.lines(width / 2, 9, lines, 7.5, 3.4, bold=True, colour=MUTED, align="center")


def _foot(paper: Paper, data: Bulletin, page: int) -> None:
    y = A4[1] - 10
    words = f"{data.letterhead.library} · {_('New titles')} {data.period}"
    paper.text(MARGIN, y, words, 7.5, colour=MUTED, width=140)
    paper.text(
        A4[0] - MARGIN,
        y,
        _("Page {page}").format(page=page),
        7.5,
        colour=MUTED,
        align="right",
    )
