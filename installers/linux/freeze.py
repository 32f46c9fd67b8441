"""``build linux``: the frozen tree of the desktop program for Linux."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Final

from installers import freezing, notices, numpy_alone
from installers.linux import icu, opencv
from installers.linux.libraries import has_symbols
from installers.version import ROOT, built

SPEC: Final = ROOT / "installers" / "linux" / "perpusdesk.spec"
WANTED: Final = (
    "libzbar.so.0",
    "cv2.abi3.so",
    "zxingcpp",
    "pdfium",
    "apsw/",
    "_argon2_cffi_bindings",
    "cryptography/hazmat/bindings",
    "platforms/libqxcb.so",
    "platforms/libqoffscreen.so",
    "platforms/libqwayland",
    "imageformats/libqjpeg.so",
    "networkinformation/",
)
"""Native libraries that a frozen desktop cannot do without (parts of their places)."""


def make() -> list[Path]:
    """Freeze the program, look at it, and return its folder."""
    tree = (
        freezing.freeze(SPEC, "linux", first=[*opencv.first(), *numpy_alone.first()]) / "perpusdesk"
    )
    strip(tree)
    icu.slim(next((tree / "_internal/PySide6/Qt/lib").glob("libicudata.so.*")))
    freezing.prove(tree, WANTED)
    notices.put_into(tree)
    return [tree]


def strip(tree: Path) -> int:
    """Take symbols for debuggers out of the tree's libraries; return how many had some.

    Libraries in ``*.libs`` were rewritten when their wheel was made, and ``strip`` can spoil
    such files; so they stay as they are.
    """
    files = [path for path in tree.rglob("*.so*") if path.is_file() and not path.is_symlink()]
    heavy = [path for path in files if not path.parent.name.endswith(".libs") and has_symbols(path)]
    for path in heavy:
        subprocess.run(["strip", "--strip-unneeded", "--preserve-dates", path], check=True)
    return len(heavy)


def tree() -> Path:
    """Return the frozen tree, made where it is not there."""
    place = built("linux") / "perpusdesk"
    return place if (place / "perpusdesk").is_file() else make()[0]
