"""Slips as ESC/POS bytes for thermal printers of 58 mm (32 columns) and 80 mm (48 columns)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from perpusdesk.printing.plain import encodable
from perpusdesk.printing.slip_rows import Row, slip_rows
from perpusdesk.printing.slips import SlipData

COLUMNS: Final = {58: 32, 80: 48}
_START: Final = b"\x1b@"
# Cheap printers start in a Chinese mode that takes two bytes above 0x7F as one sign.
_WESTERN: Final = b"\x1c."
_BOLD: Final = {True: b"\x1bE\x01", False: b"\x1bE\x00"}
_LARGE: Final = {True: b"\x1d!\x11", False: b"\x1d!\x00"}
_LEFT: Final = b"\x1ba\x00"


@dataclass(frozen=True, slots=True)
class CodePage:
    """A printer's set of 256 characters: its number in ``ESC t`` and Python's name for it."""

    number: int
    codec: str


CODE_PAGES: Final = {
    "pc437": CodePage(0, "cp437"),
    "pc850": CodePage(2, "cp850"),
    "pc858": CodePage(19, "cp858"),
    "wpc1252": CodePage(16, "cp1252"),
    "ascii": CodePage(0, "ascii"),
}


def escpos_slip(
    slip: SlipData, roll: int = 58, page: CodePage = CODE_PAGES["pc437"], *, cut: bool = True
) -> bytes:
    """Return everything a raw ESC/POS printer needs to print ``slip`` on a 58 or 80 mm roll."""
    rows = slip_rows(slip, COLUMNS[roll], lambda text: encodable(text, page.codec))
    return b"".join(
        [
            _START,
            _WESTERN,
            b"\x1bt" + bytes([page.number]),
            _LEFT,
            *(_row(row, page) for row in rows),
            _end(cut=cut),
        ]
    )


def _row(row: Row, page: CodePage) -> bytes:
    text = row.text.rstrip().encode(page.codec, "replace")
    if not (row.bold or row.large):
        return text + b"\n"
    on = _LARGE[True] * row.large + _BOLD[True] * row.bold
    off = _BOLD[False] * row.bold + _LARGE[False] * row.large
    return on + text + off + b"\n"


def _end(*, cut: bool) -> bytes:
    return b"\x1dVB\x00" if cut else b"\x1bd\x04"
