"""Digital files beside the library file, each named by its own sum, so that none is kept twice.

Beside an encrypted library they are sealed (``storage.sealed_files``); the sum is the content's.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import tempfile
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import BinaryIO, Final

from perpusdesk.common.errors import Fault, KnownError
from perpusdesk.common.files import as_known, make_folder, sync_folder
from perpusdesk.storage.sealed_files import is_sealed, pieces_of, seal_file, seal_stream

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


def keep_file(folder: Path, source: Path, ending: str, key: bytes | None = None) -> KeptFile:
    """Copy a file into the library's folder, sealed by ``key``; it is whole there or not there.

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
        kept = _copied(source, handle, key)
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


def first_bytes(source: Path, count: int = 1024, key: bytes | None = None) -> bytes:
    """Return how a file begins. Raises ``KnownError`` (UNREADABLE_FILE, DAMAGED)."""
    try:
        if key is not None:
            return b"".join(islice(pieces_of(key, source), 2))[:count]
        with source.open("rb") as file:
            return file.read(count)
    except OSError as error:
        raise _unreadable(source, error) from error


def opened_copy(kept: Path, key: bytes | None, folder: Path, name: str) -> Path:
    """Return a readable copy of a kept file in ``folder``, for another program to open.

    Raises ``KnownError`` (UNREADABLE_FILE, DAMAGED, DISK_FULL, READ_ONLY).
    """
    target = folder / name
    try:
        with target.open("wb") as out:
            out.writelines(pieces_of(key, kept))
    except OSError as error:
        raise as_known(error, target) or _unreadable(kept, error) from error
    return target


def seal_all(folder: Path, key: bytes) -> int:
    """Seal the files of a folder that lie in the open from before; return how many.

    Each is sealed beside itself and swapped: a power cut leaves one whole file. Raises
    ``KnownError``.
    """
    count = 0
    for file in [*(folder / FOLDER).glob("*/*"), *(folder / "imports").glob("*.*")]:
        if file.is_file() and not is_sealed(file):
            try:
                seal_file(key, file, file)
            except OSError as error:
                raise as_known(error, file) or _unreadable(file, error) from error
            count += 1
    return count


class _Summed:
    """A file that is summed and measured while it is read."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.total, self.size = hashlib.sha256(), 0

    def read(self, count: int, /) -> bytes:
        """Return the next bytes."""
        part = self._file.read(count)
        self.total.update(part)
        self.size += len(part)
        return part


def _copied(source: Path, handle: int, key: bytes | None) -> KeptFile:
    with os.fdopen(handle, "wb") as out, source.open("rb") as file:
        summed = _Summed(file)
        if key is None:
            while part := summed.read(_PART):
                out.write(part)
        else:
            seal_stream(key, summed, out)
        out.flush()
        os.fsync(out.fileno())
    return KeptFile(summed.total.hexdigest(), summed.size)


def _unreadable(path: Path, error: OSError) -> KnownError:
    return KnownError(Fault.UNREADABLE_FILE, file=str(path), cause=str(error))
