"""Digital files beside the library file, each named by its own sum, so that none is kept twice."""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from perpusdesk.common.errors import Fault, KnownError
from perpusdesk.common.files import as_known, make_folder, sync_folder

FOLDER: Final = "files"
_SUM: Final = re.compile(r"^[0-9a-f]{64}$")
_PART: Final = 1 << 20


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A file that was copied into the library's folder."""

    sha256: str
    size: int


def place_of(folder: Path, sha256: str, ending: str) -> Path | None:
    """Return where a file with this sum is kept; ``None`` for what is no sum."""
    if not _SUM.match(sha256):
        return None
    return folder / FOLDER / sha256[:2] / f"{sha256}.{ending}"


def keep_file(folder: Path, source: Path, ending: str) -> KeptFile:
    """Copy a file into the library's folder; it is whole there or not there.

    Raises ``KnownError`` (UNREADABLE_FILE, DISK_FULL, READ_ONLY).
    """
    inside = folder / FOLDER
    try:
        make_folder(inside)
        handle, name = tempfile.mkstemp(prefix=".coming.", dir=inside)
    except OSError as error:
        raise as_known(error, inside) or _unreadable(inside, error) from error
    beside = Path(name)
    try:
        kept = _copied(source, handle)
        place = place_of(folder, kept.sha256, ending)
        assert place is not None
        make_folder(place.parent)
        beside.replace(place)
        sync_folder(place.parent)
    except OSError as error:
        raise as_known(error, inside) or _unreadable(source, error) from error
    finally:
        with contextlib.suppress(OSError):
            beside.unlink()
    return kept


def first_bytes(source: Path, count: int = 1024) -> bytes:
    """Return how a file begins. Raises ``KnownError`` (UNREADABLE_FILE)."""
    try:
        with source.open("rb") as file:
            return file.read(count)
    except OSError as error:
        raise _unreadable(source, error) from error


def _copied(source: Path, handle: int) -> KeptFile:
    total, size = hashlib.sha256(), 0
    with os.fdopen(handle, "wb") as out, source.open("rb") as file:
        while part := file.read(_PART):
            total.update(part)
            size += len(part)
            out.write(part)
        out.flush()
        os.fsync(out.fileno())
    return KeptFile(total.hexdigest(), size)


def _unreadable(path: Path, error: OSError) -> KnownError:
    return KnownError(Fault.UNREADABLE_FILE, file=str(path), cause=str(error))
