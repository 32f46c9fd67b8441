"""Writing a file so that a power cut leaves the old one or the new one, never half of one."""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import tempfile
from pathlib import Path

from perpusdesk.common.errors import Fault, KnownError

_NO_ROOM = {errno.ENOSPC, errno.EDQUOT} if hasattr(errno, "EDQUOT") else {errno.ENOSPC}
_MAY_NOT = {errno.EACCES, errno.EPERM, errno.EROFS}


def write_atomically(path: Path, content: bytes) -> None:
    """Replace ``path`` by ``content``, making its folder when there is none.

    A link stays a link, and what is no file (``/dev/null``, a pipe) is written to, not replaced.
    Raises KnownError(DISK_FULL) or KnownError(READ_ONLY); the file that was there is then unharmed.
    Other failures of the system come through as OSError.
    """
    try:
        if path.exists() and not path.is_file() and not path.is_dir():
            path.write_bytes(content)
            return
        file = path.resolve()
        make_folder(file.parent)
        _write_beside_and_replace(file, content)
    except OSError as error:
        if known := as_known(error, path):
            raise known from error
        raise


def make_folder(folder: Path, mode: int = 0o777) -> None:
    """Make a folder that stays after a power cut, with the folders above it; raises ``OSError``.

    Does nothing where it is there. ``mode`` is of the folder itself.
    """
    if folder.is_dir():
        return
    make_folder(folder.parent)
    folder.mkdir(mode, exist_ok=True)
    sync_folder(folder.parent)


def as_known(error: OSError, path: Path) -> KnownError | None:
    """Return the known failure that ``error`` on ``path`` means, or None when there is none."""
    if error.errno in _NO_ROOM:
        return KnownError(Fault.DISK_FULL, path=str(path))
    if error.errno in _MAY_NOT:
        return KnownError(Fault.READ_ONLY, path=str(path))
    return None


def _write_beside_and_replace(path: Path, content: bytes) -> None:
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    beside = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        if path.exists():
            with contextlib.suppress(PermissionError):  # a stick that knows no rights (FAT)
                shutil.copymode(path, beside)
        beside.replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            beside.unlink()
        raise
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Make the new name itself durable, where the system lets a folder be synced."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
