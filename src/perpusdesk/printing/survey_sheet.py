"""The publication sheet of a satisfaction survey, in the form of PermenPANRB 14/2017."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from perpusdesk.printing.official import (
    MARGIN,
    Letterhead,
    Signature,
    draw_letterhead,
    draw_signatures,
)
from perpusdesk.printing.paper import A4, INK, LINE, MUTED, Paper, wrapped

_WIDTH: Final = A4[0] - 2 * MARGIN
_BOX: Final = 66.0
"""Millimetres of the box with the index."""
_THANKS: Final = (
    "Terima kasih atas penilaian yang telah Anda berikan. Masukan Anda sangat bermanfaat untuk"
    " kemajuan unit kami agar terus memperbaiki dan meningkatkan kualitas pelayanan bagi"
    " masyarakat."
)


@dataclass(frozen=True, slots=True)
class SurveySheet:
    """Everything on the sheet, in words; ``groups`` are headings with their counts.

    ``warning`` says what is to be known before it is published (too few respondents).
    """

    head: Letterhead
    title: str
    service: str
    period: str
    ikm: str
    letter: str
    grade: str
    respondents: str
    groups: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]
    weight: str
    dated: str
    warning: str = ""
    signatures: tuple[Signature, ...] = ()


def survey_sheet(data: SurveySheet) -> bytes:
    """Return the sheet, one page of A4."""
    paper = Paper(*A4, f"{data.title} {data.period}")
    y = draw_letterhead(paper, data.head) + 14
    y = _heading(paper, data, y) + 8
    bottom = max(_index(paper, data, y), _facts(paper, data, y)) + 8
    if data.warning:
        bottom = _warning(paper, data.warning, bottom) + 6
    for line in wrapped(_THANKS.upper(), _WIDTH - 20, 10, bold=True, even=True):
        bottom += 5.4
        paper.text(A4[0] / 2, bottom, line, 10, bold=True, align="center")
    draw_signatures(paper, data.dated, data.signatures, bottom + 12)
    paper.text(MARGIN, A4[1] - 14, data.weight, 8, colour=MUTED, width=_WIDTH)
    return paper.finish()


def _heading(paper: Paper, data: SurveySheet, y: float) -> float:
    middle = A4[0] / 2
    lines = [(line, 16.0) for line in wrapped(data.title.upper(), _WIDTH, 16, bold=True, even=True)]
    lines.append((data.head.library.upper(), 12.0))
    for text, size in lines:
        paper.text(middle, y, text, size, bold=True, align="center", width=_WIDTH, smallest=9)
        y += size * 0.45
    paper.text(middle, y + 1, data.period, 11, align="center", width=_WIDTH)
    return y


def _index(paper: Paper, data: SurveySheet, top: float) -> float:
    height, middle = 74.0, MARGIN + _BOX / 2
    paper.box(MARGIN, top, _BOX, height, stroke=INK, line=0.6, radius=2)
    paper.text(middle, top + 11, "NILAI IKM", 13, bold=True, align="center")
    paper.rule(MARGIN + 8, top + 15, MARGIN + _BOX - 8, top + 15, colour=LINE)
    paper.text(
        middle, top + 40, data.ikm, 46, bold=True, align="center", width=_BOX - 8, smallest=20
    )
    paper.text(middle, top + 55, "Mutu pelayanan", 10, colour=MUTED, align="center")
    grade = " - ".join(part for part in (data.letter, data.grade) if part) or "-"
    paper.text(middle, top + 64, grade, 17, bold=True, align="center", width=_BOX - 6, smallest=10)
    return top + height


def _facts(paper: Paper, data: SurveySheet, top: float) -> float:
    left = MARGIN + _BOX + 10
    room = A4[0] - MARGIN - left
    y = top + 4
    for name, value in (("Nama layanan", data.service), ("Jumlah responden", data.respondents)):
        paper.text(left, y, name, 9.5, colour=MUTED)
        for line in wrapped(value, room, 12, bold=True, lines=3):
            y += 5.6
            paper.text(left, y, line, 12, bold=True)
        y += 7
    for name, counts in data.groups:
        paper.text(left, y, name, 9.5, colour=MUTED)
        for word, count in counts:
            y += 5.2
            paper.text(left, y, word, 10.5, width=room - 22)
            paper.text(left + room, y, count, 10.5, bold=True, align="right")
            paper.rule(left, y + 1.4, left + room, y + 1.4, width=0.1, colour=LINE)
        y += 8
    return y


def _warning(paper: Paper, text: str, y: float) -> float:
    lines = wrapped(text, _WIDTH - 12, 10, bold=True)
    height = 5 * len(lines) + 5
    paper.box(MARGIN, y, _WIDTH, height, stroke=INK, line=0.3, radius=1.5)
    paper.lines(MARGIN + 6, y + 6, lines, 10, 5, bold=True)
    return y + height
