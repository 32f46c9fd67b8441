"""Files that people choose by mistake: pictures, letters, empty ones; told by their first bytes."""

from __future__ import annotations

import zipfile
from enum import StrEnum
from pathlib import Path
from typing import Final

from perpusdesk.exchange.tables import is_sheet


class Strange(StrEnum):
    """Why nothing can be taken out of a file."""

    GONE = "gone"
    FOLDER = "folder"
    LOCKED = "locked"
    EMPTY = "empty"
    PICTURE = "picture"
    DOCUMENT = "document"
    ARCHIVE = "archive"
    DATABASE = "database"
    BROKEN = "broken"
    SHEET_UNNAMED = "sheet_unnamed"


_SIGNS: Final = (
    (b"\x89PNG", Strange.PICTURE),
    (b"\xff\xd8\xff", Strange.PICTURE),
    (b"GIF8", Strange.PICTURE),
    (b"BM", Strange.PICTURE),
    (b"II*\0", Strange.PICTURE),
    (b"MM\0*", Strange.PICTURE),
    (b"%PDF", Strange.DOCUMENT),
    (b"{\\rtf", Strange.DOCUMENT),
    (b"Rar!", Strange.ARCHIVE),
    (b"7z\xbc\xaf", Strange.ARCHIVE),
    (b"SQLite format 3\0", Strange.DATABASE),
)
_OLD_OFFICE: Final = b"\xd0\xcf\x11\xe0"
_BITMAP_ZEROS: Final = slice(6, 10)


def strange(path: Path) -> Strange | None:
    """Return why a file cannot be taken in, or ``None`` when it is worth a closer look."""
    try:
        if path.is_dir():
            return Strange.FOLDER
        with path.open("rb") as file:
            start = file.read(64)
    except FileNotFoundError:
        return Strange.GONE
    except OSError:
        return Strange.LOCKED
    if not start.strip(b"\xef\xbb\xbf \r\n\t\0"):
        return Strange.EMPTY
    return _by_sign(path, start)


def _by_sign(path: Path, start: bytes) -> Strange | None:
    if start.startswith(b"PK\x03\x04"):
        return None if is_sheet(path) else _in_archive(path)
    if start.startswith(_OLD_OFFICE):
        return None if is_sheet(path) else Strange.DOCUMENT
    if start.startswith(b"RIFF") and start[8:12] == b"WEBP":
        return Strange.PICTURE
    for sign, what in _SIGNS:
        if start.startswith(sign) and (sign != b"BM" or start[_BITMAP_ZEROS] == bytes(4)):
            return what
    return Strange.BROKEN if is_sheet(path) else None


def _in_archive(path: Path) -> Strange:
    """Tell a workbook or a letter without its ending from a plain archive."""
    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
    except (OSError, zipfile.BadZipFile):
        return Strange.BROKEN
    if any(name.startswith("xl/") for name in names):
        return Strange.SHEET_UNNAMED
    if any(name.startswith(("word/", "ppt/")) for name in names):
        return Strange.DOCUMENT
    return Strange.ARCHIVE
