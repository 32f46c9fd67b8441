"""The official parts of a paper: letterhead (kop), signatures, and the foot of each page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from perpusdesk.common.i18n import _
from perpusdesk.printing.paper import INK, LINE, MUTED, Paper, wrapped

MARGIN: Final = 20.0
"""Millimetres left and right of everything on an official A4 page."""
_LOGO: Final = 22.0
_SIGNATURE: Final = 72.0


@dataclass(frozen=True, slots=True)
class Letterhead:
    """Who writes: the authority above it, the library, its address; ``logo`` is an image file."""

    authority: str
    library: str
    address: str = ""
    contact: str = ""
    logo: bytes | None = None


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signs: ``lead`` stands above the office (``Mengetahui,``), the number below the name."""

    office: str
    name: str = ""
    staff_number: str = ""
    lead: str = ""


def draw_letterhead(paper: Paper, head: Letterhead, top: float = 15.0) -> float:
    """Draw the letterhead and its double rule; return the y below it."""
    left = MARGIN + (_LOGO + 4 if head.logo else 0)
    right = paper.width - MARGIN - (_LOGO + 4 if head.logo else 0)
    middle, room = (left + right) / 2, right - left
    if head.logo:
        paper.picture(head.logo, MARGIN, top, _LOGO, _LOGO)
    y = top
    for text, size, leading, bold, lines in (
        (head.authority.upper(), 12.0, 5.4, False, 2),
        (head.library.upper(), 15.0, 6.6, True, 2),
        (head.address, 9.0, 4.2, False, 2),
        (head.contact, 9.0, 4.2, False, 1),
    ):
        pieces = wrapped(text, room, size, bold=bold, lines=lines, even=True)
        for piece in pieces:
            y += leading
            paper.text(middle, y, piece, size, bold=bold, align="center")
    y = max(y + 3.5, top + (_LOGO + 2 if head.logo else 0))
    paper.rule(MARGIN, y, paper.width - MARGIN, y, width=0.8, colour=INK)
    paper.rule(MARGIN, y + 1.2, paper.width - MARGIN, y + 1.2, width=0.2, colour=INK)
    return y + 1.2


def signature_height(signatures: Sequence[Signature]) -> float:
    """Return the millimetres that the signatures need."""
    return 48.0 if signatures else 0.0


def draw_signatures(
    paper: Paper, place_and_date: str, signatures: Sequence[Signature], top: float
) -> float:
    """Draw at most two signatures, the last one at the right below the date; return the y below."""
    shown = list(signatures)[-2:]
    lefts = [MARGIN, paper.width - MARGIN - _SIGNATURE][-len(shown) :] if shown else []
    for left, signature in zip(lefts, shown, strict=True):
        dated = place_and_date if signature is shown[-1] else ""
        _signature(paper, signature, dated, left, top)
    return top + signature_height(shown)


def draw_foot(
    paper: Paper, words: str, numbering: str, *, margin: float = MARGIN, up: float = 12.0
) -> None:
    """Draw the foot: a rule, small ``words`` at the left, the page's number at the right."""
    y, right = paper.height - up, paper.width - margin
    paper.rule(margin, y - 4, right, y - 4, width=0.1, colour=LINE)
    paper.text(margin, y, words, 7.5, colour=MUTED, width=right - margin - 30)
    paper.text(right, y, numbering, 7.5, colour=MUTED, align="right")


def page_of(page: int, pages: int) -> str:
    """Return which page this is, in the user's language."""
    return _("Page {page} of {pages}").format(page=page, pages=pages)


def _signature(paper: Paper, signature: Signature, dated: str, left: float, top: float) -> None:
    size, leading = 10.5, 5.2
    lines = [dated, signature.lead]
    lines += wrapped(f"{signature.office},", _SIGNATURE, size, lines=2)
    for index, line in enumerate(lines, 1):
        paper.text(left, top + leading * index, line, size, width=_SIGNATURE, smallest=8)
    below = top + leading * len(lines) + 22
    paper.text(left, below, signature.name, size, bold=True, width=_SIGNATURE, smallest=8)
    paper.rule(left, below + 1.2, left + _SIGNATURE - 8, below + 1.2, width=0.2, colour=INK)
    if signature.staff_number:
        number = f"NIP {signature.staff_number}"
        paper.text(left, below + 5.6, number, 9.5, colour=MUTED, width=_SIGNATURE, smallest=7)
