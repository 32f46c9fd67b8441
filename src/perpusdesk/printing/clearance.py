"""The *bebas pustaka* letter: this person owes the library nothing.

An official letter is in formal Indonesian whatever the language of the screens, so its sentences
stand here and not in the catalogue of translations.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from perpusdesk.common.formats import clock_time, long_date
from perpusdesk.printing.fitting import shorten
from perpusdesk.printing.official import (
    MARGIN,
    Letterhead,
    Signature,
    draw_letterhead,
    draw_signatures,
)
from perpusdesk.printing.paper import A4, INK, Paper, text_width, wrapped

_BOTTOM = A4[1] - 15
_SIZES = (11.0, 10.0, 9.0, 8.0)
"""Points: the first at which everything stands on one page."""
_LINE = 0.545
"""Millimetres from line to line per point of size."""
_TITLE = "SURAT KETERANGAN BEBAS PUSTAKA"


@dataclass(frozen=True, slots=True)
class ClearanceData:
    """Everything the letter says; ``details`` are up to five more lines about the person.

    ``checked`` is when the records were looked at; it is also the letter's date.
    """

    head: Letterhead
    number: str
    place: str
    checked: datetime
    member: str
    card: str
    category: str
    signatures: tuple[Signature, ...]
    details: tuple[tuple[str, str], ...] = ()
    purpose: str = ""


def clearance_letter(letter: ClearanceData) -> bytes:
    """Return the letter as one A4 page."""
    for size in _SIZES:
        paper = Paper(*A4, _TITLE)
        if _draw(paper, letter, size) <= _BOTTOM:
            break
    return paper.finish()


def _draw(paper: Paper, letter: ClearanceData, size: float) -> float:
    y = draw_letterhead(paper, letter.head) + 13
    y = _title(paper, letter, y) + 12
    opening = f"Yang bertanda tangan di bawah ini, {_office(letter)}, menerangkan bahwa:"
    y = _paragraph(paper, opening, y, size)
    y = _person(paper, letter, y + 2, size) + 2
    for sentence in _statements(letter):
        y = _paragraph(paper, sentence, y, size) + size * 0.23
    dated = f"{letter.place}, {long_date(letter.checked.date(), 'id')}"
    return draw_signatures(paper, dated, letter.signatures, y + size * 0.7)


def _office(letter: ClearanceData) -> str:
    return letter.signatures[-1].office if letter.signatures else letter.head.library


def _title(paper: Paper, letter: ClearanceData, y: float) -> float:
    middle = paper.width / 2
    half = text_width(_TITLE, 13, bold=True) / 2
    paper.text(middle, y, _TITLE, 13, bold=True, align="center")
    paper.rule(middle - half, y + 1.2, middle + half, y + 1.2, width=0.3, colour=INK)
    number = f"Nomor: {letter.number}"
    paper.text(middle, y + 6.6, number, 10.5, align="center", width=paper.width - 2 * MARGIN)
    return y + 6.6


def _paragraph(paper: Paper, text: str, y: float, size: float) -> float:
    lines = wrapped(text, paper.width - 2 * MARGIN, size, lines=5)
    return paper.lines(MARGIN, y, lines, size, size * _LINE)


def _person(paper: Paper, letter: ClearanceData, y: float, size: float) -> float:
    facts = [
        ("Nama", letter.member),
        ("Nomor anggota", letter.card),
        ("Jenis anggota", letter.category),
        *letter.details[:5],
    ]
    left, colon = MARGIN + 8, MARGIN + 50
    room = paper.width - MARGIN - colon - 4
    for index, (label, value) in enumerate(facts):
        paper.text(left, y, label, size, width=colon - left - 2, smallest=8)
        paper.text(colon, y, ":", size)
        lines = wrapped(value, room, size, bold=not index, lines=2) or [""]
        y = paper.lines(colon + 4, y, lines, size, size * _LINE, bold=not index)
    return y


def _statements(letter: ClearanceData) -> list[str]:
    moment = f"{long_date(letter.checked.date(), 'id')} pukul {clock_time(letter.checked, 'id')}"
    purpose = shorten(letter.purpose.strip(), 160, len)
    return [
        f"Berdasarkan catatan layanan sirkulasi {letter.head.library} sampai dengan tanggal "
        f"{moment}, yang bersangkutan tidak mempunyai pinjaman bahan pustaka, kewajiban "
        "penggantian bahan pustaka, maupun denda.",
        "Dengan demikian yang bersangkutan dinyatakan bebas pustaka."
        + (f" Surat keterangan ini diberikan untuk keperluan {purpose}." if purpose else ""),
        "Demikian surat keterangan ini dibuat dengan sebenarnya untuk dipergunakan sebagaimana "
        "mestinya.",
    ]
