"""The page that shows whether a printer keeps millimetres, and by how much it is off."""

from __future__ import annotations

from perpusdesk.common.i18n import _
from perpusdesk.printing.label_sheets import LabelSheet
from perpusdesk.printing.paper import INK, LINE, MUTED, Paper, wrapped

LENGTH = 100
"""Millimetres of the ruler."""


def calibration_page(sheet: LabelSheet, nudge: tuple[float, float] = (0.0, 0.0)) -> bytes:
    """Return one page: every sticker's outline and number, a 100 mm ruler each way, advice.

    On a page shorter than the ruler, the ruler that does not fit is left out.
    """
    paper = Paper(*sheet.page, sheet.name)
    with paper.moved(*nudge):
        for index in range(sheet.count):
            left, top = sheet.place(index)
            paper.box(left, top, *sheet.label, stroke=LINE, radius=0.5)
            paper.text(left + 1.2, top + 3.2, str(index + 1), 7, colour=MUTED)
    across, down = (sheet.page[0] - LENGTH) / 2, (sheet.page[1] - LENGTH) / 2
    if across >= 5:
        _ruler_across(paper, across, sheet.page[1] / 2)
        _advice(paper, sheet, across, sheet.page[1] / 2 + 10)
    if down >= 5:
        _ruler_down(paper, max(across - 16, 2.0), down)
    return paper.finish()


def _ticks() -> list[tuple[int, float]]:
    lengths = {0: 5.0, 5: 3.5}
    return [(mark, lengths.get(mark % 10, 2.0)) for mark in range(LENGTH + 1)]


def _ruler_across(paper: Paper, x: float, y: float) -> None:
    paper.box(x - 3, y - 2, LENGTH + 6, 11, fill="#FFFFFF")
    paper.rule(x, y, x + LENGTH, y, colour=INK)
    for mark, length in _ticks():
        paper.rule(x + mark, y, x + mark, y + length, width=0.1, colour=INK)
        if mark % 10 == 0:
            paper.text(x + mark, y + 7.8, str(mark), 6.5, align="center")


def _ruler_down(paper: Paper, x: float, y: float) -> None:
    paper.box(x - 1, y - 3, 11, LENGTH + 6, fill="#FFFFFF")
    paper.rule(x, y, x, y + LENGTH, colour=INK)
    for mark, length in _ticks():
        paper.rule(x, y + mark, x + length, y + mark, width=0.1, colour=INK)
        if mark % 10 == 0 and mark:
            paper.text(x + 5.8, y + mark + 0.9, str(mark), 6.5)


def _advice(paper: Paper, sheet: LabelSheet, x: float, y: float) -> None:
    texts = [
        (sheet.name, True),
        (_("Print at 100 % (actual size). Do not scale, do not fit to page."), False),
        (_("Both rulers must measure 100 mm. If they do not, the printer scales."), False),
        (
            _(
                "Hold this page and a sticker sheet against the light. If the outlines lie too "
                "far right or too low, enter that many millimetres with a minus sign."
            ),
            False,
        ),
    ]
    lines = [(line, bold) for text, bold in texts for line in wrapped(text, LENGTH, 8, bold=bold)]
    paper.box(x - 3, y - 1, LENGTH + 6, 4 + 4 * len(lines), fill="#FFFFFF")
    for index, (line, bold) in enumerate(lines):
        paper.text(x, y + 3.5 + 4 * index, line, 8, bold=bold)
