"""A sheet of paper measured in millimetres from its top left corner, written as PDF."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from io import BytesIO
from typing import Final, Literal, NamedTuple

from PIL import Image, UnidentifiedImageError
from reportlab import rl_config
from reportlab.lib.colors import HexColor
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas
from reportlab.pdfgen.pathobject import PDFPathObject

from perpusdesk.common.errors import Fault, KnownError
from perpusdesk.common.i18n import _
from perpusdesk.printing import fonts
from perpusdesk.printing.arabic import turned
from perpusdesk.printing.barcodes import Grid
from perpusdesk.printing.fitting import balanced, largest_size, shorten, wrap
from perpusdesk.printing.fonts import BOLD, REGULAR

MM: Final = 72 / 25.4
A4: Final = (210.0, 297.0)
INK: Final = "#1B2430"
MUTED: Final = "#55606E"
ACCENT: Final = "#0B5FBF"
LINE: Final = "#7A8594"
PALE: Final = "#E3E7EC"
Align = Literal["left", "center", "right"]

rl_config.useA85 = 0  # no detour over text: smaller files, made sooner


class Box(NamedTuple):
    """A place on paper in millimetres, from its top left corner."""

    x: float
    y: float
    width: float
    height: float


def text_width(text: str, size: float, *, bold: bool = False) -> float:
    """Return the width in millimetres of ``text`` at ``size`` points."""
    return fonts.width(text, BOLD if bold else REGULAR, size) / MM


def wrapped(
    text: str,
    width: float,
    size: float,
    *,
    bold: bool = False,
    lines: int = 0,
    even: bool = False,
) -> list[str]:
    """Break ``text`` into lines no wider than ``width`` millimetres (see ``fitting.wrap``).

    ``even`` makes the lines of a heading about equally long.
    """
    return list(_broken(text, width, size, bold=bold, lines=lines, even=even))


@lru_cache(maxsize=1024)
def _broken(
    text: str, width: float, size: float, *, bold: bool, lines: int, even: bool
) -> tuple[str, ...]:
    """Break a text once, however many stickers it stands on."""

    def measure(piece: str) -> float:
        return text_width(piece, size, bold=bold)

    return tuple((balanced if even else wrap)(fonts.printable(text), width, measure, lines))


class Paper:
    """A PDF being drawn: every place and size is in millimetres, y grows downward."""

    def __init__(self, width: float, height: float, title: str) -> None:
        fonts.load()
        self.width, self.height = width, height
        self._buffer = BytesIO()
        self._canvas = Canvas(
            self._buffer, pagesize=(width * MM, height * MM), invariant=True, pageCompression=1
        )
        self._canvas.setTitle(title)
        self._canvas.setCreator("PerpusDesk")
        # Tells the print dialogue not to shrink the page: labels must meet their stickers.
        self._canvas.setViewerPreference("PrintScaling", "None")

    def finish(self) -> bytes:
        """Close the last page and return the document."""
        self._canvas.showPage()
        self._canvas.save()
        return self._buffer.getvalue()

    def next_page(self) -> None:
        """Begin another page of the same size."""
        self._canvas.showPage()

    @contextmanager
    def moved(self, x: float, y: float) -> Iterator[None]:
        """Draw relative to (``x``, ``y``) inside the block."""
        self._canvas.saveState()
        self._canvas.translate(x * MM, -y * MM)
        yield
        self._canvas.restoreState()

    @contextmanager
    def clipped(self, box: Box, radius: float) -> Iterator[None]:
        """Draw only inside a box with round corners inside the block."""
        self._canvas.saveState()
        path = self._canvas.beginPath()
        path.roundRect(
            box.x * MM, self._up(box.y + box.height), box.width * MM, box.height * MM, radius * MM
        )
        self._canvas.clipPath(path, stroke=0, fill=0)
        yield
        self._canvas.restoreState()

    def text(
        self,
        x: float,
        baseline: float,
        text: str,
        size: float,
        *,
        bold: bool = False,
        colour: str = INK,
        align: Align = "left",
        width: float | None = None,
        smallest: float | None = None,
    ) -> None:
        """Write one line; ``x`` is its left edge, centre or right edge by ``align``.

        With ``width`` it never grows wider: it first shrinks to ``smallest`` points, then ends
        with an ellipsis.
        """
        shown = fonts.printable(text)
        font = BOLD if bold else REGULAR
        if width is not None:
            size = largest_size(
                shown, width * MM, lambda t, s: fonts.width(t, font, s), size, smallest or size
            )
            shown = shorten(shown, width * MM, lambda piece: fonts.width(piece, font, size))
        shown = turned(shown)
        self._canvas.setFont(font, size)
        self._canvas.setFillColor(_colour(colour))
        if align != "left":
            x -= fonts.width(shown, font, size) / MM * (0.5 if align == "center" else 1.0)
        self._canvas.drawString(x * MM, self._up(baseline), shown)

    def lines(
        self,
        x: float,
        baseline: float,
        lines: Sequence[str],
        size: float,
        leading: float,
        *,
        bold: bool = False,
        colour: str = INK,
        align: Align = "left",
    ) -> float:
        """Write ready-wrapped lines ``leading`` millimetres apart; return the next baseline."""
        for line in lines:
            self.text(x, baseline, line, size, bold=bold, colour=colour, align=align)
            baseline += leading
        return baseline

    def rule(
        self,
        x1: float,
        y1: float,
        x2: float,
        y2: float,
        *,
        width: float = 0.2,
        colour: str = LINE,
        dash: tuple[float, float] | None = None,
    ) -> None:
        """Draw a straight line ``width`` millimetres thick."""
        self._canvas.saveState()
        self._canvas.setLineWidth(width * MM)
        self._canvas.setStrokeColor(_colour(colour))
        if dash:
            self._canvas.setDash(dash[0] * MM, dash[1] * MM)
        self._canvas.line(x1 * MM, self._up(y1), x2 * MM, self._up(y2))
        self._canvas.restoreState()

    def box(
        self,
        x: float,
        y: float,
        width: float,
        height: float,
        *,
        fill: str | None = None,
        stroke: str | None = None,
        radius: float = 0.0,
        line: float = 0.2,
    ) -> None:
        """Draw a box, filled or outlined or both."""
        if fill:
            self._canvas.setFillColor(_colour(fill))
        if stroke:
            self._canvas.setStrokeColor(_colour(stroke))
            self._canvas.setLineWidth(line * MM)
        place = (x * MM, self._up(y + height), width * MM, height * MM)
        how = {"stroke": int(bool(stroke)), "fill": int(bool(fill))}
        if radius:
            self._canvas.roundRect(*place, radius * MM, **how)
        else:
            self._canvas.rect(*place, **how)

    def code(self, grid: Grid, x: float, y: float, width: float, height: float) -> None:
        """Draw the modules of a code over exactly this box (quiet zone not included)."""
        self._canvas.saveState()
        self._canvas.setFillColor(_colour("#000000"))
        self._canvas.translate(x * MM, self._up(y))
        self._canvas.scale(width / len(grid[0]) * MM, height / len(grid) * MM)
        self._canvas.drawPath(PDFPathObject(code=list(_rectangles(grid))), stroke=0, fill=1)
        self._canvas.restoreState()

    def picture(self, data: bytes, x: float, y: float, width: float, height: float) -> None:
        """Draw an image over this box, its middle part when the shape differs.

        Raises ``KnownError(UNREADABLE_FILE)`` for bytes that are no image.
        """
        image = _cropped(data, width / height)
        self._canvas.drawImage(
            ImageReader(image), x * MM, self._up(y + height), width * MM, height * MM
        )

    def _up(self, y: float) -> float:
        return (self.height - y) * MM


@lru_cache(maxsize=256)
def _colour(text: str) -> HexColor:
    return HexColor(text)


def _rectangles(grid: Grid) -> Iterator[str]:
    """Yield the dark parts as PDF rectangles, a module being 1 by 1, the first row at the top."""
    for row, cells in enumerate(grid, 1):
        for start, end in _dark_runs(cells):
            yield f"{start} {-row} {end - start} 1 re"


def _dark_runs(row: Sequence[bool]) -> Iterator[tuple[int, int]]:
    start: int | None = None
    for index, dark in enumerate((*row, False)):
        if dark and start is None:
            start = index
        elif not dark and start is not None:
            yield start, index
            start = None


def _cropped(data: bytes, shape: float) -> Image.Image:
    try:
        image = Image.open(BytesIO(data)).convert("RGB")
    except (UnidentifiedImageError, OSError) as error:
        raise KnownError(Fault.UNREADABLE_FILE, file=_("the picture")) from error
    width, height = image.size
    new_width, new_height = min(width, round(height * shape)), min(height, round(width / shape))
    left, top = (width - new_width) // 2, (height - new_height) // 2
    return image.crop((left, top, left + new_width, top + new_height))
