"""Where the rehearsal keeps what it fetches, makes and tells."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Final

from installers.version import out

HERE: Final = Path(__file__).resolve().parent
PYTHON: Final = f"{sys.version_info[0]}.{sys.version_info[1]}"
"""The Python that plays the rehearsal; the Windows one is of the same minor version."""
DLL: Final = f"python{sys.version_info[0]}{sys.version_info[1]}"
"""How the interpreter's library is called on Windows, without its ending."""


def stage() -> Path:
    """Return the folder of the rehearsal, ``out/rehearsal``."""
    folder = out() / "rehearsal"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def kept(name: str) -> Path:
    """Return a folder of what is kept between rehearsals: downloads, wheels, the rig."""
    folder = out() / "rehearsal-parts" / name
    folder.parent.mkdir(parents=True, exist_ok=True)
    return folder


def seen_by_wine(path: Path) -> str:
    """Return how a program under Wine calls a path of this machine (drive Z: is the root)."""
    return "Z:" + str(path.resolve()).replace("/", "\\")
