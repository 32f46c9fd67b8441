"""Covers and photos that lie beside a list or a dump, in a folder or a ZIP file of their own."""

from __future__ import annotations

import lzma
import os
import struct
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import Final

from perpusdesk.common.errors import Fault, KnownError
from perpusdesk.exchange.import_rows import Picture

KINDS: Final = frozenset({".jpg", ".jpeg", ".png", ".webp", ".gif", ".bmp"})
COVERS: Final = ("images/docs", "docs", "covers")
PHOTOS: Final = ("images/persons", "persons", "foto", "photos")
_LARGEST: Final = 30_000_000
_MOST: Final = 200_000
_BROKEN: Final = (
    *(zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, EOFError),
    *(OSError, KeyError, RuntimeError, ValueError, OverflowError),
)
"""What a broken ZIP file may make its reader raise."""


def holds_pictures(path: Path) -> bool:
    """Whether a path is a folder, or a ZIP file of which most files are pictures.

    Raises ``KnownError`` (UNREADABLE_FILE) for a ZIP file that is broken.
    """
    if path.is_dir():
        return True
    if path.suffix.lower() != ".zip" or not zipfile.is_zipfile(path):
        return False
    names = [name for name in _names(path) if not name.endswith("/")]
    return 2 * sum(_is_picture(name) for name in names) > len(names)


def _names(path: Path) -> list[str]:
    try:
        with zipfile.ZipFile(path) as archive:
            return archive.namelist()[:_MOST]
    except _BROKEN as error:
        raise KnownError(Fault.UNREADABLE_FILE, file=str(path), cause=str(error)) from error


def pictures_in(path: Path) -> Iterator[tuple[str, Picture]]:
    """Yield the pictures of a folder or a ZIP file, each under its name without the ending.

    Raises ``KnownError`` (UNREADABLE_FILE).
    """
    if not path.suffix or path.is_dir():
        for file in sorted(_files(path)):
            if _is_picture(file.name) and _is_there(file):
                yield file.stem, Picture(str(file))
        return
    for name in _names(path):
        if _is_picture(name):
            yield PurePosixPath(name).stem, Picture(str(path), name)


def _files(folder: Path) -> Iterator[Path]:
    """Yield what lies in a folder and below; what cannot be entered there, or goes, is left out."""
    try:
        with os.scandir(folder):
            pass
    except OSError as error:
        raise KnownError(Fault.UNREADABLE_FILE, file=str(folder), cause=str(error)) from error
    for place, _, names in os.walk(folder):
        yield from (Path(place, name) for name in names)


def picture_of(source: Path, folders: tuple[str, ...], said: str) -> Picture | None:
    """Return the picture that a row names: beside its file, or in one of these folders there.

    Only the last part of a name counts, whatever path stands before it.
    """
    name = PureWindowsPath(said.strip()).name
    if not _is_picture(name):
        return None
    for base in (source.parent, source.parent.parent):
        for folder in ("", *folders):
            if _is_there(file := base / folder / name):
                return Picture(str(file))
    return None


def _is_there(file: Path) -> bool:
    try:
        return file.is_file()
    except (OSError, ValueError):  # a name that no file can have
        return False


def read_picture(picture: Picture) -> bytes | None:
    """Return the bytes of a picture; nothing where it cannot be read or is far too large."""
    try:
        if not picture.name:
            file = Path(picture.file)
            return file.read_bytes() if file.stat().st_size <= _LARGEST else None
        with zipfile.ZipFile(picture.file) as archive:
            small = archive.getinfo(picture.name).file_size <= _LARGEST
            return archive.read(picture.name) if small else None
    except _BROKEN:
        return None


def _is_picture(name: str) -> bool:
    return PurePosixPath(name).suffix.lower() in KINDS and not name.startswith("__MACOSX")
