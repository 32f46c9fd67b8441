"""The data folder: on a disk of this computer, one writing program at a time, room to write.

Write-ahead logging needs memory shared between processes and honest locks, which network shares
do not give; a program that synchronises folders copies the file in the middle of a write.
"""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import sys
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, NamedTuple

import psutil

from perpusdesk.common.errors import Fault, KnownError
from perpusdesk.common.files import as_known, make_folder

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

LOCK_NAME: Final = "library.lock"
LOW_SPACE_BYTES: Final = 500_000_000
_LOCKED_BYTE: Final = 0x7FFF_0000  # far behind the text, which others must be able to read
_BINARY: Final[int] = getattr(os, "O_BINARY", 0)  # on Windows
_UNCHECKED: Final = "unchecked"

_NETWORK: Final = (
    *("afpfs", "afs", "ceph", "cifs", "davfs", "fuse.davfs", "fuse.gvfsd-fuse", "fuse.rclone"),
    *("fuse.sshfs", "glusterfs", "lustre", "ncpfs", "nfs", "nfs4", "smb2", "smb3", "smbfs"),
)
_SYNCED: Final = (
    "onedrive",
    "dropbox",
    "google drive",
    "googledrive",
    "my drive",
    "icloud",
    "nextcloud",
    "owncloud",
    "pcloud",
    "megasync",
    "mobile documents",
)
_SYNC_MARKS: Final = (".dropbox", ".dropbox.cache", ".stfolder", ".owncloudsync.log")
_SYNC_VARIABLES: Final = ("OneDrive", "OneDriveCommercial", "OneDriveConsumer")


class Mount(NamedTuple):
    """Where a file system hangs, of what type it is, and its options."""

    point: str
    type: str
    options: str = ""


def mounts() -> list[Mount]:
    """Return the file systems of this computer."""
    with contextlib.suppress(OSError, RuntimeError):
        return [
            Mount(part.mountpoint, part.fstype, part.opts)
            for part in psutil.disk_partitions(all=True)
        ]
    return []


def refuse_unsafe(folder: Path, known: Iterable[Mount] | None = None) -> None:
    """Raise ``KnownError(UNSAFE_PLACE)`` with ``kind`` "network" or "synced" and ``what``."""
    place = _resolved(folder)
    network = network_of(place, mounts() if known is None else known)
    if network:
        raise KnownError(Fault.UNSAFE_PLACE, file=str(folder), kind="network", what=network)
    synced = syncer_of(place, os.environ)
    if synced:
        raise KnownError(Fault.UNSAFE_PLACE, file=str(folder), kind="synced", what=synced)


def _resolved(folder: Path) -> Path:
    try:
        return folder.resolve()
    except OSError as error:
        raise as_known(error, folder) or error from error


def network_of(place: Path, known: Iterable[Mount]) -> str:
    """Return what kind of network share holds an absolute path, or nothing."""
    text = str(place)
    if text.startswith(("\\\\", "//")):
        return "unc"
    under = [mount for mount in known if _is_under(text, mount.point)]
    nearest = max(under, key=lambda mount: len(mount.point), default=None)
    if nearest is None:
        return ""
    if "remote" in nearest.options.split(","):
        return "remote"
    return nearest.type if nearest.type.lower() in _NETWORK else ""


def _is_under(text: str, point: str) -> bool:
    trunk = point.rstrip("/\\").lower()
    return text.lower() == trunk or text.lower().startswith((trunk + "/", trunk + "\\"))


def syncer_of(place: Path, environment: Mapping[str, str]) -> str:
    """Return the program that synchronises an absolute path, or nothing."""
    for variable in _SYNC_VARIABLES:
        root = environment.get(variable)
        if root and _is_under(str(place), root):
            return variable
    for folder in (place, *place.parents):
        name = folder.name.lower()
        if any(name == known or name.startswith((known + " ", known + "-")) for known in _SYNCED):
            return folder.name
        mark = next((mark for mark in _SYNC_MARKS if (folder / mark).exists()), None)
        if mark:
            return mark
    return ""


def free_bytes(folder: Path) -> int:
    """Return how much room is left where the library is (or will be)."""
    existing = next((path for path in (folder, *folder.parents) if path.exists()), folder)
    return shutil.disk_usage(existing).free


def is_low(folder: Path) -> bool:
    """Whether staff should be told that the disk is nearly full."""
    return free_bytes(folder) < LOW_SPACE_BYTES


def make(folder: Path) -> None:
    """Make the data folder, where it may be made. Raises ``KnownError``."""
    refuse_unsafe(folder)
    try:
        make_folder(folder)
    except OSError as error:
        raise as_known(error, folder) or KnownError(
            Fault.READ_ONLY, file=str(folder), detail=str(error)
        ) from error


class FolderLock:
    """The right to write in a data folder: one process has it, and loses it when it dies.

    The system holds the lock, so nothing stale is left by a killed program; the text in the file
    only tells who has it. What the text says of the one before tells whether it ended well.
    """

    def __init__(self, folder: Path, name: str = LOCK_NAME) -> None:
        """Take the lock; raises ``KnownError``: ``ALREADY_OPEN`` with ``pid`` and ``since``."""
        self._file = folder / name
        try:
            self._handle = os.open(self._file, os.O_RDWR | os.O_CREAT | _BINARY, 0o644)
        except OSError as error:
            raise as_known(error, self._file) or error from error
        try:
            _lock(self._handle)
            self.unchecked = bool(self._text().strip())
            with contextlib.suppress(OSError):  # a full disk may still be looked at
                self._write(f"{os.getpid()} {datetime.now(UTC).isoformat(timespec='seconds')}\n")
        except OSError as error:
            text = self._text()
            os.close(self._handle)
            raise self._known(error, text) from error

    def _known(self, error: OSError, text: str) -> Exception:
        if error.errno in (errno.EAGAIN, errno.EACCES, errno.EDEADLK):
            pid, _, since = text.strip().partition(" ")
            return KnownError(
                Fault.ALREADY_OPEN,
                file=str(self._file.parent),
                pid=int(pid) if pid.isdigit() else None,
                since=since or None,
            )
        if error.errno in (errno.ENOLCK, errno.EOPNOTSUPP):
            facts = {"file": str(self._file.parent), "kind": "network", "what": "no locks"}
            return KnownError(Fault.UNSAFE_PLACE, **facts)
        return as_known(error, self._file) or error

    def _text(self) -> str:
        with contextlib.suppress(OSError):
            os.lseek(self._handle, 0, os.SEEK_SET)
            return os.read(self._handle, 200).decode("ascii", "replace")
        return ""

    def _write(self, text: str) -> None:
        os.lseek(self._handle, 0, os.SEEK_SET)
        os.write(self._handle, text.encode("ascii"))
        os.ftruncate(self._handle, len(text))
        os.fsync(self._handle)

    def release(self) -> None:
        """Let the lock go; ``unchecked`` as it then stands is what the next one will find."""
        if self._handle < 0:
            return
        with contextlib.suppress(OSError):  # no room for a word: the next start checks once more
            self._write(_UNCHECKED if self.unchecked else "")
        os.close(self._handle)
        self._handle = -1


if sys.platform == "win32":

    def _lock(handle: int) -> None:
        os.lseek(handle, _LOCKED_BYTE, os.SEEK_SET)
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)

else:

    def _lock(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
