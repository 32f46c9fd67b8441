"""``build portable``: the Windows program as a zip that runs from a stick.

Beside the program lies ``portable.txt``: with it the program keeps library, settings and log in
``Data`` beside itself (``common.paths``). Everything is in one folder, so that unpacking strews
nothing about.
"""

from __future__ import annotations

import time
import zipfile
from pathlib import Path
from typing import Final

from installers.version import moment, package
from installers.windows import freeze, setup

ENDING: Final = "windows-x86_64-portable.zip"
FOLDER: Final = "PerpusDesk"
"""The folder in the zip."""
TEXTS: Final = Path(__file__).resolve().parent / "portable"
"""What lies beside the program: the mark, and what people read first."""
EARLIEST: Final = 315532800
"""1980: no file in a zip is older."""


def make() -> list[Path]:
    """Make the zip of this version."""
    tree = freeze.tree()
    for program in (f"{freeze.PROGRAM}.exe", f"{freeze.PROGRAM}.com"):
        setup.sign(tree / program)
    return [zipped(tree, package(ENDING))]


def zipped(tree: Path, file: Path) -> Path:
    """Write ``tree`` and ``TEXTS`` into the zip ``file``: the same bytes for the same input."""
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for source, place in contents(tree):
            entry = zipfile.ZipInfo(place, time.gmtime(max(moment(), EARLIEST))[:6])
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, _for_windows(source), compresslevel=9)
    return file


def contents(tree: Path) -> list[tuple[Path, str]]:
    """Return each file with its place in the zip, in order."""
    files = [(path, path.relative_to(tree)) for path in tree.rglob("*") if path.is_file()]
    files += [(path, path.relative_to(TEXTS)) for path in TEXTS.iterdir()]
    return sorted((path, f"{FOLDER}/{place.as_posix()}") for path, place in files)


def _for_windows(source: Path) -> bytes:
    content = source.read_bytes()
    if source.parent != TEXTS:
        return content
    return b"\xef\xbb\xbf" + content.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
