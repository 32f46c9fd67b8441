"""The salvaged file takes the place of the damaged one, which stays aside; a power cut harms not.

``salvage/ready`` says that the new file is whole and how the old one is to be called. From then on
each start goes on with the swap where it was cut off. The damaged file's log must never be beside
the new file: SQLite would play it into it.
"""

from __future__ import annotations

import contextlib
import os
import shutil
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from perpusdesk.common.errors import KnownError
from perpusdesk.common.files import as_known, sync_folder, write_atomically
from perpusdesk.storage.upgrade import FILE_NAME

FOLDER: Final = "salvage"
DAMAGED: Final = "library.damaged-"
_READY: Final = "ready"
_BESIDE: Final = ("-wal", "-shm")


def aside_name(at_ms: int) -> str:
    """Return what the damaged file is called from now on."""
    return f"{DAMAGED}{datetime.fromtimestamp(at_ms / 1000, UTC):%Y%m%d-%H%M%S}.db"


def swap(folder: Path, aside: str) -> None:
    """Put the whole file in ``salvage`` in the place of the library; raises ``KnownError``."""
    write_atomically(folder / FOLDER / _READY, aside.encode("ascii"))
    finish_swap(folder)


def finish_swap(folder: Path) -> bool:
    """Do what is left of a swap that was begun; return whether there was one.

    Raises ``KnownError`` when the disk refuses; then the next start goes on.
    """
    ready = folder / FOLDER / _READY
    try:
        aside = ready.read_text("ascii")
    except (OSError, UnicodeDecodeError):
        return False
    try:
        _swap(folder, folder / aside)
        ready.unlink()
    except OSError as error:
        known: KnownError | OSError = as_known(error, folder) or error
        raise known from error
    shutil.rmtree(folder / FOLDER, ignore_errors=True)
    return True


def _swap(folder: Path, aside: Path) -> None:
    new, old = folder / FOLDER / FILE_NAME, folder / FILE_NAME
    if not new.exists():
        return
    if not aside.exists() and old.exists():
        _keep(old, aside)
    for ending in _BESIDE:
        beside = old.with_name(old.name + ending)
        if beside.exists():
            beside.replace(aside.with_name(aside.name + ending))
    sync_folder(folder)
    new.replace(old)
    sync_folder(folder)


def _keep(file: Path, aside: Path) -> None:
    """Give a file a second name, where the file system has links; else a copy, whole or not."""
    try:
        os.link(file, aside)
    except OSError:
        beside = aside.with_name(f"{aside.name}.part")
        with contextlib.suppress(OSError):
            beside.unlink()
        shutil.copy2(file, beside)
        beside.replace(aside)
