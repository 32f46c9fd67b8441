"""The page that shows whether a printer keeps millimetres, and by how much it is off."""

from __future__ import annotations

from perpusdesk.common.i18n import _
from perpusdesk.printing.label_sheets import LabelSheet
from perpusdesk.printing.paper import INK, LINE, MUTED, Paper, wrapped

LENGTH = 100
"""Millimetres of the ruler."""

_SHORTEST = 20
_BESIDE = 13.0
"""Millimetres that the ruler down takes from a narrow page."""


def calibration_page(sheet: LabelSheet, nudge: tuple[float, float] = (0.0, 0.0)) -> bytes:
    """Return one page: every sticker's outline and number, a 100 mm ruler each way, advice.

    On a smaller page the rulers are as many whole centimetres long as fit; one of less than two is
    left out, and so is the advice where a ruler of 100 mm has no room.
    """
    paper = Paper(*sheet.page, sheet.name)
    with paper.moved(*nudge):
        for index in range(sheet.count):
            left, top = sheet.place(index)
            paper.box(left, top, *sheet.label, stroke=LINE, radius=0.5)
            paper.text(left + 1.2, top + 3.2, str(index + 1), 7, colour=MUTED)
    high = _length(sheet.page[1])
    beside = _BESIDE if high and sheet.page[0] < LENGTH + 10 else 0.0
    wide = _length(sheet.page[0] - beside)
    across = beside + (sheet.page[0] - beside - wide) / 2
    if wide:
        _ruler_across(paper, across, sheet.page[1] / 2, wide)
    if wide == LENGTH:
        _advice(paper, sheet, across, sheet.page[1] / 2 + 10)
    if high:
        _ruler_down(paper, max(across - 16, 2.0), (sheet.page[1] - high) / 2, high)
    return paper.finish()


def _length(side: float) -> int:
    """Return the length in mm of a ruler along a side of the page, 0 for none."""
    if side >= LENGTH + 10:
        return LENGTH
    whole = int((side - 6) // 10) * 10
    return whole if whole >= _SHORTEST else 0


def _ticks(length: int) -> list[tuple[int, float]]:
    lengths = {0: 5.0, 5: 3.5}
    return [(mark, lengths.get(mark % 10, 2.0)) for mark in range(length + 1)]


def _ruler_across(paper: Paper, x: float, y: float, size: int) -> None:
    paper.box(x - 3, y - 2, size + 6, 11, fill="#FFFFFF")
    paper.rule(x, y, x + size, y, colour=INK)
    for mark, length in _ticks(size):
        paper.rule(x + mark, y, x + mark, y + length, width=0.1, colour=INK)
        if mark % 10 == 0:
            paper.text(x + mark, y + 7.8, str(mark), 6.5, align="center")


def _ruler_down(paper: Paper, x: float, y: float, size: int) -> None:
    paper.box(x - 1, y - 3, 11, size + 6, fill="#FFFFFF")
    paper.rule(x, y, x, y + size, colour=INK)
    for mark, length in _ticks(size):
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
