"""Catalogue cards of 12.5 by 7.5 cm, four on an A4 page to cut out: by author, title, subject.

The layout is the one that Indonesian card catalogues follow: the call number at the left, the
heading at the first indention, the description hanging below it, the tracing at the foot.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import StrEnum
from typing import Final

from perpusdesk.common.i18n import _
from perpusdesk.printing.paper import A4, LINE, MUTED, Paper, wrapped
from perpusdesk.printing.title_entry import (
    TitleEntry,
    collation,
    description,
    tracing,
    whole_title,
)

WIDTH: Final = 125.0
HEIGHT: Final = 75.0
_PAGE: Final = (A4[1], A4[0])
_LEFT: Final = (_PAGE[0] - 2 * WIDTH) / 2
_TOP: Final = (_PAGE[1] - 2 * HEIGHT) / 2
_PLACES: Final = tuple(
    (_LEFT + column * WIDTH, _TOP + row * HEIGHT) for row in (0, 1) for column in (0, 1)
)
_CALL: Final = 6.0
_FIRST: Final = 30.0
_SECOND: Final = 36.0
_EDGE: Final = WIDTH - 6.0
_SIZE: Final = 9.0
_LEADING: Final = 4.1
_FOOT: Final = HEIGHT - 12.0
_HOLE: Final = 4.0


class CardKind(StrEnum):
    """Under what a card is filed."""

    AUTHOR = "author"
    TITLE = "title"
    SUBJECT = "subject"


def catalogue_cards(entries: Sequence[TitleEntry], kinds: Sequence[CardKind]) -> bytes:
    """Return the cards of these titles as PDF, in landscape, with lines to cut along.

    A title without an author has its title for main entry, and no second title card.
    """
    paper = Paper(*_PAGE, _("Catalogue cards"))
    for number, (entry, filed) in enumerate(_cards(entries, kinds)):
        if number and number % len(_PLACES) == 0:
            paper.next_page()
        if number % len(_PLACES) == 0:
            _cut_lines(paper)
        with paper.moved(*_PLACES[number % len(_PLACES)]):
            _card(paper, entry, filed)
    return paper.finish()


def _cards(
    entries: Sequence[TitleEntry], kinds: Sequence[CardKind]
) -> Iterator[tuple[TitleEntry, str]]:
    """Yield each card as its title and what stands above the main entry (nothing: main card)."""
    for entry in entries:
        if CardKind.AUTHOR in kinds:
            yield entry, ""
        if CardKind.TITLE in kinds and (entry.heading or CardKind.AUTHOR not in kinds):
            yield entry, whole_title(entry) if entry.heading else ""
        if CardKind.SUBJECT in kinds:
            for subject in entry.subjects:
                yield entry, subject.upper()


def _card(paper: Paper, entry: TitleEntry, filed: str) -> None:
    y = 10.0
    if filed:
        for line in wrapped(filed, _EDGE - _SECOND, _SIZE, lines=2):
            paper.text(_SECOND, y, line, _SIZE)
            y += _LEADING
    _call_number(paper, entry.call_number, 10.0)
    if entry.heading:
        head = _as_heading(entry)
        paper.text(_FIRST, y, head, _SIZE, bold=True, width=_EDGE - _FIRST, smallest=7)
        y += _LEADING
    y = _paragraph(paper, description(entry), y, hanging=not entry.heading)
    y = _paragraph(paper, collation(entry), y)
    if entry.isbn:
        y = _paragraph(paper, f"ISBN {', '.join(entry.isbn[:2])}", y + 1.5)
    foot = wrapped(tracing(entry, _("Title")), _EDGE - _SECOND, 7.5, lines=3)
    y = max(y + 1.0, _FOOT - 3.2 * (len(foot) - 1))
    paper.lines(_SECOND, y, foot, 7.5, 3.2)
    numbers = wrapped(", ".join(entry.numbers), _FIRST - _CALL - 3, 6.5, lines=4)
    paper.lines(_CALL, HEIGHT - 6 - 2.8 * (len(numbers) - 1), numbers, 6.5, 2.8, colour=MUTED)
    paper.box(
        WIDTH / 2 - _HOLE / 2,
        HEIGHT - 7,
        _HOLE,
        _HOLE,
        stroke=LINE,
        radius=_HOLE / 2,
        line=0.1,
    )


def _as_heading(entry: TitleEntry) -> str:
    if entry.corporate:
        return entry.heading.upper()
    last, comma, first = entry.heading.partition(",")
    return f"{last.upper()}{comma}{first}"


def _call_number(paper: Paper, call_number: str, y: float) -> None:
    for part in _lines_of(call_number)[:5]:
        paper.text(_CALL, y, part, _SIZE, bold=True, width=_FIRST - _CALL - 2, smallest=6.5)
        y += _LEADING


def _lines_of(call_number: str) -> list[str]:
    """Return a call number one part per line, a class and its continuation on one."""
    lines: list[str] = []
    for part in call_number.split():
        if lines and part[0].isdigit() and lines[-1][-1].isdigit():
            lines[-1] += f" {part}"
        else:
            lines.append(part)
    return lines


def _paragraph(paper: Paper, text: str, y: float, *, hanging: bool = False) -> float:
    """Write a paragraph at the second indention; ``hanging`` begins it at the first."""
    start = _FIRST if hanging else _SECOND
    lines = wrapped(text, _EDGE - _SECOND, _SIZE, lines=6)
    for number, line in enumerate(lines):
        paper.text(start if number == 0 else _SECOND, y, line, _SIZE)
        y += _LEADING
    return y


def _cut_lines(paper: Paper) -> None:
    across, down = _PAGE
    for x in (_LEFT, _LEFT + WIDTH, _LEFT + 2 * WIDTH):
        paper.rule(x, 0, x, down, width=0.1, dash=(1, 1.5))
    for y in (_TOP, _TOP + HEIGHT, _TOP + 2 * HEIGHT):
        paper.rule(0, y, across, y, width=0.1, dash=(1, 1.5))
