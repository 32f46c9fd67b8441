"""Files that another program must be able to open for a moment: a slip, a card, an attached file.

They lie outside of every data folder, in a folder of this run that only its owner can enter: in
memory where the system has such a place (they are gone with the power), else among the temporary
files of the user. ``clear`` at the end, ``sweep`` at the next start.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from pathlib import Path
from typing import Final

import psutil

_PREFIX: Final = "perpusdesk-run-"
_VARIABLE: Final = "PERPUSDESK_PASSING"
_made: dict[tuple[int, Path], Path] = {}


def passing_folder() -> Path:
    """Return the folder of this run, made when it is first asked for. Raises ``OSError``."""
    run = (os.getpid(), _root())
    folder = _made.get(run)
    if folder is None or not folder.is_dir():
        folder = Path(tempfile.mkdtemp(prefix=f"{_PREFIX}{run[0]}-", dir=run[1]))
        _made[run] = folder
    return folder


def clear() -> None:
    """Remove what this run left to be opened; what a viewer still holds goes at the next start."""
    for folder in _made.values():
        shutil.rmtree(folder, ignore_errors=True)
    _made.clear()


def sweep() -> None:
    """Remove what runs left behind that were cut off."""
    with contextlib.suppress(OSError):
        for folder in _root().glob(f"{_PREFIX}*"):
            number = folder.name.removeprefix(_PREFIX).partition("-")[0]
            if not (number.isdigit() and psutil.pid_exists(int(number))):
                shutil.rmtree(folder, ignore_errors=True)


def _root() -> Path:
    """Return the memory of this user's session, or the user's place for temporary files."""
    for variable in (_VARIABLE, "XDG_RUNTIME_DIR"):
        place = os.environ.get(variable)
        if place and os.access(place, os.W_OK):
            return Path(place)
        if place and variable == _VARIABLE:
            Path(place).mkdir(mode=0o700, parents=True, exist_ok=True)
            return Path(place)
    return Path(tempfile.gettempdir())
