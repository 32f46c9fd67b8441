"""What a repair keeps before it changes anything: a copy of the library file, where it is cheap.

Repairs lose nothing by themselves: what rows say and the log does not is written down anew. The
copy is for the case that somebody wants to know how it was.
"""

from __future__ import annotations

import contextlib
import shutil
from pathlib import Path
from typing import Final

from perpusdesk.common.files import sync_folder
from perpusdesk.storage.folder import LOW_SPACE_BYTES, free_bytes
from perpusdesk.storage.library import FILE_NAME, Library

BEFORE: Final = "library.before-repair.db"
_MOST_BYTES: Final = 256_000_000
"""A larger file would keep the desk waiting for seconds; its backups are there."""


def keep_copy(library: Library) -> bool:
    """Copy the library file and its log as they are, in the place of the last copy.

    On the library's thread, so that nobody writes meanwhile; encrypted as they are. Returns whether
    there is a copy: not of a large file, where room is short, or where the file is not encrypted.
    """
    file = library.folder / FILE_NAME
    pairs = [
        (file.with_name(f"{FILE_NAME}{ending}"), file.with_name(f"{BEFORE}{ending}"))
        for ending in ("", "-wal")
    ]
    try:
        size = sum(source.stat().st_size for source, _ in pairs if source.exists())
        room = free_bytes(library.folder) - LOW_SPACE_BYTES
        if library.key is None or not file.is_file() or size > min(_MOST_BYTES, room):
            return False
        for source, target in pairs:
            target.unlink(missing_ok=True)
            if source.exists():
                shutil.copyfile(source, target)
        sync_folder(library.folder)
    except OSError:
        for _, target in pairs:
            _remove(target)
        return False
    return True


def _remove(file: Path) -> None:
    with contextlib.suppress(OSError):
        file.unlink(missing_ok=True)
