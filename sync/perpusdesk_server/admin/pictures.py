"""QR codes as pictures in the page: no file, no script."""

from __future__ import annotations

from typing import Final, NamedTuple

from qrcode import QRCode
from qrcode.constants import ERROR_CORRECT_M

QUIET: Final = 4
"""Modules of white around the code, as ISO/IEC 18004 asks."""


class Picture(NamedTuple):
    """A square picture: its width in modules with the border, and the dark ones as a path."""

    side: int
    path: str


def qr(text: str) -> Picture:
    """Return the QR code of a text, in the SVG path language."""
    code = QRCode(error_correction=ERROR_CORRECT_M, border=0)
    code.add_data(text, optimize=20)
    code.make(fit=True)
    rows = code.get_matrix()
    path = "".join(
        f"M{column + QUIET} {line + QUIET}h{length}v1h-{length}z"
        for line, row in enumerate(rows)
        for column, length in _runs(row)
    )
    return Picture(len(rows) + 2 * QUIET, path)


def _runs(row: list[bool]) -> list[tuple[int, int]]:
    """Return (start, length) of the dark runs of a line."""
    found: list[tuple[int, int]] = []
    for place, dark in enumerate(row):
        if dark and found and sum(found[-1]) == place:
            found[-1] = (found[-1][0], found[-1][1] + 1)
        elif dark:
            found.append((place, 1))
    return found
