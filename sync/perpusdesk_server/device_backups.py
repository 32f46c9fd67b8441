"""Devices' backups on this server: sealed files that it cannot read, so many bytes a device.

``<data folder>/device-backups/<device>/<store>/<file>``. Each device has its own folder, named by
the id that it proved; names of stores and files are of a fixed form, so no path leads elsewhere.
"""

from __future__ import annotations

import os
import shutil
import threading
import time
from hashlib import blake2b
from pathlib import Path
from typing import Final

from perpusdesk.common.errors import Fault, KnownError
from perpusdesk.common.files import as_known
from perpusdesk.protocol.backup_store import (
    ALTERED,
    FULL,
    MISSING,
    Answer,
    ListWanted,
    ReadWanted,
    RemoveWanted,
    Wanted,
    WriteWanted,
)

FOLDER: Final = "device-backups"
USUAL_BYTES: Final = 2 << 30
_LEFT_FREE: Final = 512 << 20
"""So much of the disk stays free for the library itself."""
_MOST_FILES: Final = 4_000
_HALF: Final = ".part"
_OLD_S: Final = 7 * 24 * 3600
_PIECE: Final = 1 << 20


class DeviceBackups:
    """The files of all devices; any thread, one piece at a time."""

    def __init__(self, folder: Path, most_bytes: int = USUAL_BYTES) -> None:
        """``folder`` is the server's data folder; ``most_bytes`` what one device may fill."""
        self._root, self.most_bytes = folder / FOLDER, most_bytes
        self._lock = threading.Lock()

    def answer(self, device: bytes, wanted: Wanted) -> Answer:
        """Do what a device that proved who it is asks for. Raises ``KnownError``."""
        mine = self._root / device.hex()
        try:
            with self._lock:
                match wanted:
                    case ListWanted():
                        return _listed(mine / wanted.store)
                    case ReadWanted():
                        return _read(mine / wanted.store / wanted.name, wanted)
                    case WriteWanted():
                        return self._write(mine, wanted)
                    case RemoveWanted():
                        (mine / wanted.store / wanted.name).unlink(missing_ok=True)
                        return Answer(done=True)
        except OSError as error:
            known = as_known(error, mine)
            raise known or KnownError(Fault.PLACE_GONE, file=str(mine)) from error

    def _write(self, mine: Path, wanted: WriteWanted) -> Answer:
        file = mine / wanted.store / wanted.name
        half = file.with_name(f".{wanted.sum}{_HALF}")
        there = half.stat().st_size if half.exists() else 0
        if there > wanted.total:
            half.unlink()
            there = 0
        used = self._full(mine, wanted.total - there)
        if used is not None:
            return Answer(FULL, used=used, limit=self.most_bytes)
        if wanted.at != there or len(wanted.content) > wanted.total - there:
            return Answer(at=there)
        if wanted.content or not wanted.total:
            file.parent.mkdir(parents=True, exist_ok=True)
            with half.open("ab") as opened:
                opened.write(wanted.content)
            there += len(wanted.content)
        if there < wanted.total or not half.exists():
            return Answer(at=there)
        return _finished(half, file, wanted)

    def _full(self, mine: Path, more: int) -> int | None:
        """Return what a device fills already, if so many bytes more are too many for it."""
        sizes = [one.stat().st_size for one in mine.glob("*/*")]
        used = sum(sizes)
        self._root.mkdir(parents=True, exist_ok=True)
        if shutil.disk_usage(self._root).free < more + _LEFT_FREE:
            raise KnownError(Fault.DISK_FULL, path=str(self._root))
        too_much = used + more > self.most_bytes or len(sizes) >= _MOST_FILES
        return used if more and too_much else None


def _finished(half: Path, file: Path, wanted: WriteWanted) -> Answer:
    """Give a file its name, if it is what was announced."""
    total = blake2b(digest_size=16)
    with half.open("r+b") as opened:
        while piece := opened.read(_PIECE):
            total.update(piece)
        os.fsync(opened.fileno())
    if total.hexdigest() != wanted.sum:
        half.unlink()
        return Answer(ALTERED)
    half.replace(file)
    return Answer(at=wanted.total, done=True)


def _listed(store: Path) -> Answer:
    sizes = {}
    for one in store.iterdir() if store.is_dir() else ():
        if not one.name.startswith("."):
            sizes[one.name] = one.stat().st_size
        elif time.time() - one.stat().st_mtime > _OLD_S:
            one.unlink()
    return Answer(sizes=sizes, done=True)


def _read(file: Path, wanted: ReadWanted) -> Answer:
    try:
        with file.open("rb") as opened:
            opened.seek(wanted.at)
            return Answer(content=opened.read(wanted.most), done=True)
    except FileNotFoundError:
        return Answer(MISSING)
