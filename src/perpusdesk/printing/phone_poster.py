"""A poster with the QR code that opens a form on a phone. A4, one page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from perpusdesk.common.i18n import _
from perpusdesk.printing.barcodes import Symbology, modules
from perpusdesk.printing.paper import A4, MUTED, Paper, wrapped

_QR: Final = 110.0
_MARGIN: Final = 22.0


@dataclass(frozen=True, slots=True)
class Poster:
    """Whose poster, the question in large letters, what stands below it, and what the code opens.

    ``address`` is short enough to be typed; ``step`` says what to do on the page.
    """

    library: str
    heading: str
    under: tuple[str, ...]
    url: str
    address: str
    step: str


def phone_poster(data: Poster) -> bytes:
    """Return the poster as a PDF in the language in use."""
    paper = Paper(*A4, " · ".join(data.under) or data.heading)
    middle, room = paper.width / 2, paper.width - 2 * _MARGIN
    y = 30.0
    for line in wrapped(data.library, room, 16, lines=2, even=True):
        paper.text(middle, y, line, 16, colour=MUTED, align="center")
        y += 8
    y += 8
    for line in wrapped(data.heading, room, 32, bold=True, lines=2, even=True):
        paper.text(middle, y, line, 32, bold=True, align="center")
        y += 14
    for part in data.under:
        for line in wrapped(part, room, 18, lines=2, even=True):
            paper.text(middle, y, line, 18, align="center")
            y += 9
    y += 6
    paper.code(modules(data.url, Symbology.QR), middle - _QR / 2, y, _QR, _QR)
    y += _QR + 12
    for number, step in enumerate(_steps(data), 1):
        for line in wrapped(f"{number}. {step}", room, 15, lines=2, even=True):
            paper.text(middle, y, line, 15, align="center")
            y += 7.5
        y += 1.5
    y += 4
    paper.text(middle, y, data.address, 12, colour=MUTED, align="center", width=room, smallest=8)
    return paper.finish()


def _steps(data: Poster) -> list[str]:
    return [
        _("Connect your phone to the library's Wi-Fi."),
        _("Point the camera at the code and open the page."),
        data.step,
    ]
