"""Codes drawn into a box: as large as fits and never with bars too thin to print."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from perpusdesk.printing.barcodes import Grid, Symbology, can_hold, modules, quiet
from perpusdesk.printing.paper import Box, Paper

THINNEST: Final = 0.19
"""Millimetres of the thinnest bar that office printers and desk scanners share."""
WIDEST: Final = 0.38
_WIDEST_SQUARE: Final = 0.8


@dataclass(frozen=True, slots=True)
class CodeChoice:
    """A code that fits: ``module`` is the width in millimetres of its thinnest bar."""

    symbology: Symbology
    grid: Grid
    module: float

    @property
    def width(self) -> float:
        """Width in millimetres without the quiet zone."""
        return len(self.grid[0]) * self.module


def choose_code(text: str, wished: Symbology, width: float, height: float) -> CodeChoice | None:
    """Return the wished code for a box, or a denser one when its bars would be too thin.

    ``None`` when nothing readable fits: then the number in letters must do.
    """
    for symbology in dict.fromkeys((wished, Symbology.CODE128, Symbology.QR)):
        if not can_hold(text, symbology):
            continue
        grid = modules(text, symbology)
        module = _module(grid, symbology, width, height)
        if module >= THINNEST * (1 if symbology is not Symbology.QR else 1.5):
            return CodeChoice(symbology, grid, module)
    return None


def _module(grid: Grid, symbology: Symbology, width: float, height: float) -> float:
    across = len(grid[0]) + 2 * quiet(symbology)
    if symbology is Symbology.QR:
        return min(_WIDEST_SQUARE, width / across, height / across)
    return min(WIDEST, width / across)


def draw_code(
    paper: Paper, text: str, wished: Symbology, box: Box, *, centred: bool = True
) -> CodeChoice | None:
    """Draw a code in the middle of a box, quiet zone inside it; return what was drawn.

    When not ``centred`` the bars begin at the box's left edge: leave it white before that.
    """
    choice = choose_code(text, wished, box.width, box.height)
    if choice is None:
        return None
    tall = choice.width if choice.symbology is Symbology.QR else box.height
    left = box.x + (box.width - choice.width) / 2 if centred else box.x
    top = box.y + (box.height - tall) / 2
    paper.code(choice.grid, left, top, choice.width, tall)
    return choice
