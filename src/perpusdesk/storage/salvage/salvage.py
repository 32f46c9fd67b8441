"""Salvage: a damaged library file is read record by record, and a whole one takes its place.

Nothing is repaired in the damaged file itself; it stays aside as it was, still encrypted.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Final

import msgspec

from perpusdesk.common.errors import Fault, KnownError
from perpusdesk.storage.folder import FolderLock, free_bytes
from perpusdesk.storage.salvage.making import Aids, Progress, make
from perpusdesk.storage.salvage.pages import Pages
from perpusdesk.storage.salvage.report import Report
from perpusdesk.storage.salvage.swapping import FOLDER, aside_name, finish_swap, swap
from perpusdesk.storage.upgrade import FILE_NAME

_ROOM: Final = 2
"""The new file and its log together may take so many times the size of the old one."""


class StoppedError(Exception):
    """Somebody stopped the salvage; nothing was changed."""


def salvage(
    folder: Path,
    key: bytes | None,
    aids: Aids | None = None,
    *,
    progress: Progress = lambda _done: None,
    stop: Callable[[], bool] = lambda: False,
) -> Report:
    """Make a whole library of the readable parts of the one in ``folder``, and swap the files.

    ``key`` is the library's (``None``: it is not encrypted). Raises ``KnownError`` (open in
    another program, no room, no library), ``StoppedError``; then the library is as it was.
    """
    aids = aids or Aids()
    lock = FolderLock(folder)
    try:
        finish_swap(folder)
        _look_for_room(folder)

        def told(done: float) -> None:
            if stop():
                raise StoppedError
            progress(done)

        with Pages(folder / FILE_NAME, key) as pages:
            report = make(pages, folder / FOLDER, key, aids, told)
        at_ms = aids.sources.wall_ms()
        report = msgspec.structs.replace(report, at_ms=at_ms, kept_as=aside_name(at_ms))
        swap(folder, report.kept_as)
    finally:
        lock.release()
    return report


def _look_for_room(folder: Path) -> None:
    """Raise ``KnownError`` (DISK_FULL) before anything is begun that cannot be ended."""
    shutil.rmtree(folder / FOLDER, ignore_errors=True)
    try:
        size = sum(file.stat().st_size for file in folder.glob(f"{FILE_NAME}*"))
    except OSError:
        size = 0
    needed = _ROOM * size
    if free_bytes(folder) < needed:
        raise KnownError(Fault.DISK_FULL, file=str(folder), needed=needed)
