"""``build windows``: the frozen tree of the desktop program, made on Windows.

Elsewhere only the rehearsal makes one (``python3 dev.py rehearse``), which is not for distribution.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

from installers import freezing, notices, numpy_alone
from installers.version import ROOT, built

SPEC: Final = ROOT / "installers" / "windows" / "perpusdesk.spec"
TREE: Final = "PerpusDesk"
PROGRAM: Final = "PerpusDesk"
TWIN: Final = "PerpusDesk-console"
"""How PyInstaller calls the program with a console; it ends as ``PerpusDesk.com``."""
HIDDEN: Final = (
    "keyring.backends.Windows",
    "win32ctypes.core",
    "win32ctypes.core.cffi",
    "win32ctypes.core.ctypes",
    "win32ctypes.pywin32.win32cred",
)
"""Modules that only Windows needs and that are imported by a name made while running."""
EXCLUDED: Final = {
    "tzdata": "no time zone is asked for by its name; the computer's own is Windows' matter",
    "zstandard.backend_cffi": "the same as the other backend, for another Python",
    "zstandard._cffi": "the same",
    "pydoc_data": "texts of Python's own help",
    "distutils": "builds packages",
}
"""Modules that stay out of the Windows program besides those of all systems, with why."""
DROPPED: Final = {
    "pil/_avif": "no photos of this format; Pillow does without",
    "_avx2.": "the same code again for newer processors; rapidfuzz takes the plain one",
    "stdnum/oui.dat": "numbers of network cards",
    "stdnum/imsi.dat": "numbers of telephones",
    "stdnum/cn/loc.dat": "districts of China",
    "imageformats/qtiff": "no pictures of this format",
}
"""Parts of places (small letters, forward strokes) that stay out of the Windows program too."""
UNSEEN: Final = ("pygments.lexers.", "pygments.styles.", "pygments.formatters.")
SEEN: Final = ("pygments.lexers._mapping", "pygments.styles._mapping", "pygments.styles.default")
WANTED: Final = (
    "/perpusdesk.exe",
    "/perpusdesk.com",
    "/perpusdesk.pkg",
    "libzbar-64.dll",
    "libiconv.dll",
    "cv2/cv2.pyd",
    "zxingcpp",
    "pdfium.dll",
    "apsw/",
    "_argon2_cffi_bindings",
    "cryptography/hazmat/bindings",
    "vcruntime140.dll",
    "msvcp140.dll",
    "platforms/qwindows.dll",
    "platforms/qoffscreen.dll",
    "imageformats/qjpeg.dll",
    "networkinformation/",
)
"""Files that a frozen desktop cannot do without on Windows (parts of their places)."""


def make() -> list[Path]:
    """Freeze the program, look at it, and return its folder. Raises ``BuildError`` elsewhere."""
    if os.name != "nt":
        raise freezing.BuildError(
            "A Windows program is frozen on Windows. To try it here: python3 dev.py rehearse"
        )
    freezing.freeze(SPEC, "windows", first=numpy_alone.first())
    tree = finished(built("windows") / TREE)
    notices.put_into(tree)
    return [tree]


def finished(tree: Path) -> Path:
    """Give the twin its name, the modules of both one file, and look at the tree; return it.

    Scripts say ``perpusdesk``: Windows looks for ``.com`` before ``.exe``, so they get the program
    with a console, and a double click the one without. Both look for their modules in the file
    that is called as they are, with ``.pkg``.
    """
    (tree / f"{TWIN}.exe").replace(tree / f"{PROGRAM}.com")
    (tree / f"{TWIN}.pkg").unlink()
    freezing.prove(tree, WANTED)
    return tree


def needed(module: str) -> bool:
    """Tell whether a module in Python stays in: colours for program texts are shown nowhere."""
    return not module.startswith(UNSEEN) or module in SEEN


def stays(place: str) -> bool:
    """Tell whether a place in the tree is kept on Windows."""
    there = place.replace("\\", "/").lower()
    return not any(part in there for part in DROPPED)


def tree() -> Path:
    """Return the frozen tree, made where it is not there."""
    place = built("windows") / TREE
    return place if (place / f"{PROGRAM}.exe").is_file() else make()[0]
