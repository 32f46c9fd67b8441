"""The sheet for the wall: you said, we did. Large enough to be read standing, one colour."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from perpusdesk.common.formats import long_date
from perpusdesk.printing.official import MARGIN, Letterhead, draw_letterhead
from perpusdesk.printing.paper import A4, INK, LINE, MUTED, PALE, Paper, wrapped

_SIZE: Final = 14.0
_LEADING: Final = 6.4
_LABEL: Final = 38.0
"""Millimetres for the words at the left."""
_BOTTOM: Final = A4[1] - 24
_NEXT_TOP: Final = 24.0
_GAP: Final = 7.0
_MOST: Final = 15
"""Lines of one text; who needs more does not write for a wall."""
_TEXT: Final = A4[0] - 2 * MARGIN - _LABEL


@dataclass(frozen=True, slots=True)
class Told:
    """One thing for the public: what visitors said, what the library did, about what."""

    said: str
    done: str
    about: str = ""


@dataclass(frozen=True, slots=True)
class PublicSheet:
    """Who tells it, of which time, when it was made, and what; no name of a visitor."""

    head: Letterhead
    made: date
    told: tuple[Told, ...]
    period: str = ""


def public_sheet(data: PublicSheet) -> bytes:
    """Return the sheet on as many A4 pages as it needs; one thing is never cut in two."""
    paper = Paper(*A4, "Anda berkata, kami lakukan")
    y = _opening(paper, data)
    if not data.told:
        paper.text(MARGIN, y + 8, "Belum ada yang diumumkan dalam kurun ini.", 12, colour=MUTED)
    for one in data.told:
        height = _height(one)
        if y + height > _BOTTOM and y > _NEXT_TOP:
            _foot(paper, data)
            paper.next_page()
            y = _NEXT_TOP
        y = _draw(paper, one, y) + _GAP
    _foot(paper, data)
    return paper.finish()


def _opening(paper: Paper, data: PublicSheet) -> float:
    y = draw_letterhead(paper, data.head) + 16
    middle = A4[0] / 2
    paper.text(middle, y, "Anda berkata, kami lakukan", 24, bold=True, align="center")
    y += 9
    if data.period:
        paper.text(middle, y, data.period, 11, colour=MUTED, align="center")
        y += 7
    thanks = "Terima kasih atas saran, pengaduan, dan masukan Anda."
    paper.text(middle, y, thanks, 12, align="center")
    return y + 10


def _parts(one: Told) -> tuple[tuple[str, Sequence[str], bool], ...]:
    return (
        ("Anda berkata", _lines(one.said, bold=False), False),
        ("Kami lakukan", _lines(one.done, bold=True), True),
    )


def _lines(text: str, *, bold: bool) -> list[str]:
    parts = [part for part in text.splitlines() if part.strip()]
    lines = [line for part in parts for line in wrapped(part, _TEXT, _SIZE, bold=bold)]
    if len(lines) > _MOST:
        lines = [*lines[: _MOST - 1], f"{lines[_MOST - 1]} …"]
    return lines


def _height(one: Told) -> float:
    lines = sum(max(1, len(lines)) for _label, lines, _bold in _parts(one))
    return (7.0 if one.about else 2.0) + lines * _LEADING + 6


def _draw(paper: Paper, one: Told, top: float) -> float:
    right = A4[0] - MARGIN
    paper.rule(MARGIN, top, right, top, width=0.3, colour=PALE)
    y = top + 2
    if one.about:
        y += 5
        paper.text(MARGIN, y, one.about, 10, colour=MUTED, width=right - MARGIN)
    for label, lines, bold in _parts(one):
        paper.text(MARGIN, y + _LEADING, label, 11, colour=MUTED, width=_LABEL - 4)
        for line in lines:
            y += _LEADING
            paper.text(MARGIN + _LABEL, y, line, _SIZE, bold=bold, colour=INK)
        y += 2
    return y


def _foot(paper: Paper, data: PublicSheet) -> None:
    y = A4[1] - 14
    paper.rule(MARGIN, y - 5, A4[0] - MARGIN, y - 5, width=0.1, colour=LINE)
    told = f"{data.head.library} · {long_date(data.made, 'id')}".strip(" ·")
    paper.text(MARGIN, y, told, 9, colour=MUTED, width=A4[0] - 2 * MARGIN)
