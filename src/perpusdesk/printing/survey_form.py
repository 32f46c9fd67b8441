"""The paper form of a survey: boxes to tick, numbered as they are typed by the keypad."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from perpusdesk.domain.surveys.form import Form, Question, QuestionKind
from perpusdesk.printing.official import MARGIN, Letterhead, draw_letterhead
from perpusdesk.printing.paper import A4, INK, LINE, MUTED, Paper, text_width, wrapped

_WIDTH: Final = A4[0] - 2 * MARGIN
_BOTTOM: Final = A4[1] - 20
_TOP: Final = 20.0
_SIZE: Final = 9.5
_LEADING: Final = 4.4
_SMALL: Final = 9.0
_BOX: Final = 3.4
_GAP: Final = 6.0
_WRITING: Final = 8.0
"""Millimetres of a line to write on."""


@dataclass(frozen=True, slots=True)
class PaperForm:
    """A form with who asks; ``code`` is the name and number of the version, at the foot."""

    head: Letterhead
    form: Form
    code: str


def paper_form(data: PaperForm) -> bytes:
    """Return the form on as many A4 pages as it needs."""
    pages = _Sheet(Paper(*A4, ""), data, 0).draw()
    paper = Paper(*A4, data.form.title)
    _Sheet(paper, data, pages).draw()
    return paper.finish()


class _Sheet:
    """Draws from top to bottom; drawn once to count the pages."""

    def __init__(self, paper: Paper, data: PaperForm, pages: int) -> None:
        self._paper, self._data, self._pages = paper, data, pages
        self._page, self._y, self._number = 1, 0.0, 0

    def draw(self) -> int:
        """Draw all of it; return the number of pages."""
        form = self._data.form
        self._y = draw_letterhead(self._paper, self._data.head) + 8
        for line in wrapped(form.title, _WIDTH, 13, bold=True, lines=2, even=True):
            self._paper.text(A4[0] / 2, self._y, line, 13, bold=True, align="center")
            self._y += 5.6
        for line in wrapped(form.intro, _WIDTH, _SMALL):
            self._paper.text(A4[0] / 2, self._y, line, _SMALL, colour=MUTED, align="center")
            self._y += 4.2
        self._line("Tanggal: ........ / ........ / ................")
        for question in form.questions:
            self._question(question)
        self._foot()
        return self._page

    def _question(self, question: Question) -> None:
        if question.kind is QuestionKind.SECTION:
            self._room(24)
            self._y += 9
            self._paper.text(MARGIN, self._y, question.text, 11, bold=True, width=_WIDTH)
            self._y += 2
            return
        self._number += 1
        label = f"{question.number or self._number}."
        indent = max(8.0, text_width(label, _SIZE, bold=True) + 2)
        lines = wrapped(question.text, _WIDTH - indent, _SIZE, bold=True)
        rows = self._rows(question, indent)
        self._room(_LEADING * (len(lines) + len(rows)) + 5)
        self._y += 2.4
        for place, line in enumerate(lines):
            self._y += _LEADING
            if not place:
                self._paper.text(MARGIN, self._y, label, _SIZE, bold=True)
            self._paper.text(MARGIN + indent, self._y, line, _SIZE, bold=True)
        self._answers(question, rows, indent)

    def _rows(self, question: Question, indent: float) -> list[list[tuple[float, str]]]:
        """Return the choices line by line, each with its place from the left."""
        rows: list[list[tuple[float, str]]] = []
        x = indent
        for place, option in enumerate(question.options, 1):
            word = f"{place}  {option.text}"
            wide = _BOX + 1.6 + text_width(word, _SMALL) + _GAP
            if not rows or x + wide - _GAP > _WIDTH:
                rows.append([])
                x = indent
            rows[-1].append((x, word))
            x += wide
        return rows

    def _answers(
        self, question: Question, rows: list[list[tuple[float, str]]], indent: float
    ) -> None:
        paper = self._paper
        for row in rows:
            self._y += _LEADING + 0.4
            for x, word in row:
                left = MARGIN + x
                paper.box(left, self._y - _BOX + 0.4, _BOX, _BOX, stroke=INK, line=0.25)
                room = A4[0] - MARGIN - left - _BOX - 1.6
                paper.text(left + _BOX + 1.6, self._y, word, _SMALL, width=room)
        if question.kind is QuestionKind.NUMBER:
            self._y += _WRITING - 1
            paper.rule(MARGIN + indent, self._y, MARGIN + indent + 40, self._y, colour=LINE)
        if question.kind is QuestionKind.TEXT:
            for _line in range(2):
                self._room(_WRITING)
                self._y += _WRITING
                paper.rule(MARGIN + indent, self._y, MARGIN + _WIDTH, self._y, colour=LINE)

    def _line(self, text: str) -> None:
        self._y += 5
        self._paper.text(MARGIN, self._y, text, _SMALL)

    def _room(self, height: float) -> None:
        if self._y + height > _BOTTOM:
            self._foot()
            self._paper.next_page()
            self._page += 1
            self._y = _TOP

    def _foot(self) -> None:
        y = A4[1] - 12
        thanks = self._data.form.thanks if self._page == max(self._pages, 1) else ""
        code = " · ".join(part for part in (self._data.code, thanks) if part)
        self._paper.text(MARGIN, y, code, 7.5, colour=MUTED, width=_WIDTH - 40)
        page = f"Halaman {self._page} dari {self._pages}"
        self._paper.text(A4[0] - MARGIN, y, page, 7.5, colour=MUTED, align="right")
