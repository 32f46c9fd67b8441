"""Runs in the frozen program before anything else: pyzbar finds the libzbar beside it.

``ctypes.util.find_library`` asks the system's linker, which does not know of the program's own
folder, so that pyzbar would work only where the system has the library too.
"""

import ctypes.util
import sys
from pathlib import Path

_ASK_SYSTEM = ctypes.util.find_library


def _find(name: str) -> str | None:
    beside = Path(getattr(sys, "_MEIPASS", "")) / f"lib{name}.so.0"
    return str(beside) if name == "zbar" and beside.is_file() else _ASK_SYSTEM(name)


ctypes.util.find_library = _find
