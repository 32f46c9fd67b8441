"""The system's libraries: which are taken into the tree, and which a computer must have."""

from __future__ import annotations

import ctypes.util
import re
import subprocess
from pathlib import Path
from typing import Final

from installers.freezing import BuildError

_LINE: Final = re.compile(r"^\s*(?P<name>\S+)\s.*=>\s(?P<file>\S+)$", re.MULTILINE)


def place_of(name: str) -> str:
    """Return the file of a library of this system (``zbar``), as the linker finds it.

    Raises ``BuildError`` when the system has none.
    """
    soname = ctypes.util.find_library(name)
    listed = subprocess.run(["/sbin/ldconfig", "-p"], capture_output=True, text=True, check=True)
    files = {line["name"]: line["file"] for line in _LINE.finditer(listed.stdout)}
    if soname is None or soname not in files:
        raise BuildError(f"lib{name} is not on this computer: install it first")
    return str(Path(files[soname]))
