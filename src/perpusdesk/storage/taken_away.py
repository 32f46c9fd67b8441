"""A library file that was taken away while it was open: by an antivirus program, or by a hand.

POSIX lets a file be removed that a program has open; what is written then is gone with the program.
Windows does not let it happen. The connection still sees everything, so all of it is put back.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable
from pathlib import Path
from typing import Final

from perpusdesk.common.errors import Fault, KnownError
from perpusdesk.common.files import sync_folder

RESCUED_NAME: Final = "library.rescued.db"
Identity = tuple[int, int]


def identity_of(file: Path) -> Identity | None:
    """Return what names the file that stands at a path; ``None`` for no file, or on Windows."""
    if os.name != "posix":
        return None
    with contextlib.suppress(OSError):
        found = file.stat()
        return found.st_dev, found.st_ino
    return None


def put_back(file: Path, copy_into: Callable[[Path], None]) -> KnownError:
    """Write everything into the place of a file that was taken away; return what to raise.

    Where another file stands there now, it is left alone, and the copy stays beside it.
    """
    beside = file.with_name(RESCUED_NAME)
    try:
        beside.unlink(missing_ok=True)
        copy_into(beside)
        kept = beside
        if not file.exists():
            for ending in ("-wal", "-shm"):  # they belong to what was taken away
                file.with_name(file.name + ending).unlink(missing_ok=True)
            kept = beside.replace(file)
        sync_folder(file.parent)
    except Exception as error:  # whatever it is, nothing more may be written
        return KnownError(Fault.TAKEN_AWAY, file=str(file), kept="", detail=str(error))
    return KnownError(Fault.TAKEN_AWAY, file=str(file), kept=str(kept))
