"""``python3 dev.py rehearse [--short|--again]``: the Windows program's life under Wine.

--short  only the installer, with a tiny program: half a minute
--again  the whole, with the program that was frozen last time
"""

from __future__ import annotations

import shutil
import sys
from typing import Final

from dev import SetupError, install_packages
from installers.windows.rehearsal.places import stage
from installers.windows.rehearsal.record import Record

NEEDED: Final = {
    "wine": "wine",
    "wineserver": "wine64",
    "makensis": "nsis",
    "x86_64-w64-mingw32-gcc": "gcc-mingw-w64-x86-64-win32",
    "Xvfb": "xvfb",
}
NEEDED_BY_WHOLE: Final = {
    "import": "imagemagick",
    "xdotool": "xdotool",
    "x86_64-w64-mingw32-g++": "g++-mingw-w64-x86-64-win32",
    "ninja": "ninja-build",
}


def main(words: list[str]) -> int:
    """Rehearse as ``words`` ask and return the exit code."""
    if unknown := [word for word in words if word not in ("--short", "--again")]:
        sys.stderr.write(f"{__doc__}\nUnknown: {' '.join(unknown)}\n")
        return 2
    short = "--short" in words
    needed = NEEDED if short else {**NEEDED, **NEEDED_BY_WHOLE}
    try:
        if missing := [package for program, package in needed.items() if not found(program)]:
            install_packages(missing)
    except SetupError as reason:
        sys.stderr.write(f"{reason}\n")
        return 3
    record = Record(stage() / "short" if short else stage())
    if short:
        from installers.windows.rehearsal.short import Short

        Short(record.folder, record).play()
    else:
        from installers.windows.rehearsal.whole import Whole

        Whole(record.folder, record, again="--again" in words).play()
    return record.close()


def found(program: str) -> bool:
    """Tell whether a program is on this computer."""
    return shutil.which(program) is not None


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
