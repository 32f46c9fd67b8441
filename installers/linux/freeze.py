"""``build linux``: the frozen tree of the desktop program for Linux."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from installers import freezing
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
    tree = freezing.freeze(SPEC, "linux") / "perpusdesk"
    freezing.prove(tree, WANTED)
    return [tree]


def tree() -> Path:
    """Return the frozen tree, made where it is not there."""
    place = built("linux") / "perpusdesk"
    return place if (place / "perpusdesk").is_file() else make()[0]
