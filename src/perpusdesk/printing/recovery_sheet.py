"""The recovery sheet: the one paper that opens the library when its key is lost. A4, one page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from perpusdesk.common.formats import long_date
from perpusdesk.common.i18n import _, language
from perpusdesk.printing.barcodes import Symbology, modules
from perpusdesk.printing.paper import A4, INK, MUTED, Paper, wrapped
from perpusdesk.protocol.recovery_code import qr_text

MARGIN: Final = 22.0
_QR: Final = 44.0


@dataclass(frozen=True, slots=True)
class SheetData:
    """Whose code it is, the code as it is typed, and when it was made."""

    library: str
    code: str
    made: date


def recovery_sheet(data: SheetData) -> bytes:
    """Return the sheet as a PDF in the language in use."""
    paper = Paper(*A4, _("Recovery sheet"))
    y = _head(paper, data)
    y = _code(paper, data, y + 12)
    y = _part(paper, _("What this sheet is for"), _uses(), y + 14)
    y = _part(paper, _("Where to keep it"), _places(), y + 6)
    _part(paper, _("How to use it"), _ways(), y + 6)
    _foot(paper)
    return paper.finish()


def _head(paper: Paper, data: SheetData) -> float:
    room = paper.width - 2 * MARGIN
    paper.text(MARGIN, 27, _("Recovery sheet"), 24, bold=True)
    y = 36.0
    for line in wrapped(data.library, room, 14, bold=True, lines=2):
        paper.text(MARGIN, y, line, 14, bold=True)
        y += 6.2
    made = _("Made on {date}").format(date=long_date(data.made, language()))
    paper.text(MARGIN, y + 0.6, made, 10.5, colour=MUTED)
    paper.rule(MARGIN, y + 5, paper.width - MARGIN, y + 5, width=0.5, colour=INK)
    return y + 5


def _code(paper: Paper, data: SheetData, top: float) -> float:
    """Draw the groups large, each with its number, and the QR code beside them."""
    paper.box(MARGIN, top - 4, paper.width - 2 * MARGIN, _QR + 16, stroke=INK, radius=3, line=0.5)
    groups = data.code.split("-")
    left, room = MARGIN + 6, paper.width - 2 * MARGIN - _QR - 20
    paper.text(left, top + 5, _("Recovery code"), 11, colour=MUTED)
    width, number = room / 3, 0
    for row, y in enumerate((top + 19, top + 35, top + 51)):
        for column in range(3 if row < 2 else len(groups) - 6):
            x = left + column * width
            paper.text(x, y - 7.2, str(number + 1), 8, colour=MUTED)
            paper.text(x, y, groups[number], 22, bold=True, width=width - 3, smallest=14)
            number += 1
    grid = modules(qr_text(data.code), Symbology.QR)
    paper.code(grid, paper.width - MARGIN - _QR - 6, top + 4, _QR, _QR)
    return top + _QR + 12


def _part(paper: Paper, heading: str, sentences: list[str], y: float) -> float:
    paper.text(MARGIN, y, heading, 12.5, bold=True)
    y += 6.4
    for sentence in sentences:
        paper.text(MARGIN + 1, y, "•", 11)
        lines = wrapped(sentence, paper.width - 2 * MARGIN - 6, 11)
        y = paper.lines(MARGIN + 6, y, lines, 11, 5.2) + 1.2
    return y


def _foot(paper: Paper) -> None:
    y = paper.height - 18
    paper.rule(MARGIN, y - 6, paper.width - MARGIN, y - 6)
    text = _("Handed to: ____________________   Date: ______________   Signature: ______________")
    paper.text(MARGIN, y, text, 10, colour=MUTED, width=paper.width - 2 * MARGIN, smallest=7)


def _uses() -> list[str]:
    return [
        _(
            "It opens the library when a computer no longer has its key: after a new installation, "
            "a changed Windows password, or a new disk."
        ),
        _("It opens every backup of this library, on any computer."),
        _("It lets an administrator in again when all PINs are forgotten."),
    ]


def _places() -> list[str]:
    return [
        _("In a locked cupboard or safe, never beside the computer and never in the van."),
        _("A second print at another place is wise: the head's office, or the city archive."),
        _(
            "Do not photograph it and do not send it: whoever has this code and a copy of the data "
            "can read everything."
        ),
        _(
            "If it is lost or was seen by strangers, print a new sheet under Safety > Key. "
            "From then on this one opens nothing new."
        ),
    ]


def _ways() -> list[str]:
    return [
        _("Start PerpusDesk. Where the key is missing it asks for this code by itself."),
        _(
            "Show the QR code to the camera, or type the groups. Capitals or not, with or without "
            "dashes, is all the same; a wrong group is named."
        ),
    ]
