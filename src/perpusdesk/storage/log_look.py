"""Is all that was confirmed in a log that an unclean end left? Asked before SQLite sees it.

SQLite lets a log end where it is damaged, and writes over the rest.
"""

from __future__ import annotations

import contextlib
import shutil
from pathlib import Path
from typing import Final

from perpusdesk.common.errors import Fault, KnownError
from perpusdesk.storage.salvage.wal import Tail, read_log
from perpusdesk.storage.upgrade import FILE_NAME

TORN_NAME: Final = "library.torn.db"
"""Beside it, as ``-wal``, lies a log whose end was not whole, until somebody looked at it."""


def look_at_log(folder: Path, key: bytes | None) -> None:
    """Look at the log of a library that nobody has open, which ended unclean.

    Raises ``KnownError(DAMAGED)``, with ``log``, when what was confirmed is not whole: then open
    nothing, and let it be salvaged. A log with only its last transaction torn is kept aside.
    """
    file = folder / FILE_NAME
    log = file.with_name(f"{FILE_NAME}-wal")
    if not log.is_file() and not file.with_name(f"{FILE_NAME}-shm").is_file():
        return
    tail = read_log(file, key).tail
    if tail is Tail.DAMAGED:
        raise KnownError(Fault.DAMAGED, file=str(folder), log=True)
    if tail is Tail.TORN:
        with contextlib.suppress(OSError):
            shutil.copyfile(log, folder / f"{TORN_NAME}-wal")
