"""Slips as PDF on a roll of 58 or 80 mm, exactly as tall as what stands on them."""

from __future__ import annotations

from typing import Final

from perpusdesk.common.formats import date_and_time, rupiah, short_date, weekday_name
from perpusdesk.common.i18n import _
from perpusdesk.printing.paper import Paper
from perpusdesk.printing.roll import Roll
from perpusdesk.printing.slips import SlipAct, SlipData, SlipLine, act_heading

# Thermal heads are 48 and 72 mm wide: the rest of the roll stays white.
MARGIN: Final = {58: 5.0, 80: 4.0}
_SCALE: Final = {58: 1.0, 80: 1.2}
_TOP: Final = 3.0
_BOTTOM: Final = 6.0
_INDENT: Final = 4.2


def pdf_slip(slip: SlipData, roll: int = 58) -> bytes:
    """Return a one-page PDF of ``slip``, 58 or 80 mm wide."""
    measured = _on(None, roll)
    _write(measured, slip, _SCALE[roll])
    paper = Paper(roll, measured.y + _BOTTOM, f"{slip.library}: {slip.shown_member}")
    _write(_on(paper, roll), slip, _SCALE[roll])
    return paper.finish()


def _on(paper: Paper | None, roll: int) -> Roll:
    return Roll(MARGIN[roll], roll - MARGIN[roll], _TOP, paper)


def _write(roll: Roll, slip: SlipData, scale: float) -> None:
    roll.write(slip.library, 10 * scale, bold=True, lines=3, centred=True)
    roll.down(0.3)
    roll.write(slip.branch, 7.5 * scale, lines=2, centred=True)
    roll.rule()
    _facts(roll, slip, 7.5 * scale)
    for act, lines in slip.sections():
        roll.rule()
        roll.down(0.4)
        roll.write(f"{act_heading(act)} ({len(lines)})", 9 * scale, bold=True)
        for index, line in enumerate(lines, 1):
            _line(roll, line, index, scale)
    _money(roll, slip, 9 * scale)
    roll.rule()
    roll.down(0.6)
    for paragraph in slip.footer.splitlines():
        roll.write(paragraph, 7.5 * scale, lines=6, centred=True)


def _facts(roll: Roll, slip: SlipData, size: float) -> None:
    roll.pair(_("Member"), slip.shown_member, size, strong=True)
    facts = [
        (_("Card"), slip.shown_card),
        (_("Staff"), slip.staff),
        (_("Time"), date_and_time(slip.printed)),
        (_("No."), slip.number),
    ]
    for label, value in facts:
        if value.strip():
            roll.pair(label, value, size)


def _line(roll: Roll, line: SlipLine, index: int, scale: float) -> None:
    roll.down(1.0)
    top = roll.y
    roll.write(line.title, 8 * scale, indent=_INDENT * scale, lines=2)
    if roll.paper:
        Roll(roll.left, roll.right, top, roll.paper).write(f"{index}.", 8 * scale)
    indent, size = _INDENT * scale, 7.5 * scale
    roll.write(line.barcode, size, indent=indent, lines=1)
    if line.act is not SlipAct.RETURNED and line.due:
        day = f"{weekday_name(line.due)}, {short_date(line.due)}"
        roll.pair(_("Due"), day, 8 * scale, strong=True, indent=indent)
    elif line.returned:
        roll.pair(_("Time"), date_and_time(line.returned), size, indent=indent)
    if line.fine:
        roll.pair(_("Fine"), rupiah(line.fine), size, strong=True, indent=indent)


def _money(roll: Roll, slip: SlipData, size: float) -> None:
    if slip.paid or slip.owed:
        roll.rule()
        roll.down(0.4)
    if slip.paid:
        roll.pair(_("Paid"), rupiah(slip.paid), size)
    if slip.owed:
        roll.pair(_("Still owed"), rupiah(slip.owed), size, strong=True)
