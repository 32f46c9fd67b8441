"""Digital files beside the library: there, and as they were when they were attached."""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from perpusdesk.common.errors import KnownError
from perpusdesk.common.files import make_folder, write_atomically
from perpusdesk.services.doctor.from_backups import backups_of, files_in, place_in
from perpusdesk.services.doctor.parts import Check, Finding, Patient, Severity
from perpusdesk.storage.attached_files import FOLDER
from perpusdesk.storage.backup.manifest import KeptFile
from perpusdesk.storage.backup.reading import OpenBackup
from perpusdesk.storage.key_store import KeyStore, system_key_store
from perpusdesk.storage.library import Library
from perpusdesk.storage.queries.doctor import attached_sums
from perpusdesk.storage.sealed_files import known_files_key, pieces_of

NAME: Final = "attached"
ASIDE: Final = "damaged-files"
"""The folder, in the data folder, for damaged files whose place a whole one took."""
_MENDABLE: Final = "attached_in_backup"


def _look(patient: Patient) -> Iterator[Finding]:
    there = {file.stem: file for file in _files(patient.folder)}
    wanted, key = attached_sums(patient.library), known_files_key(patient.library)
    spoilt = set()
    for place, (sha256, file) in enumerate(sorted(there.items())):
        patient.pause()
        patient.progress(place / len(there))
        if sha256 in wanted and _sum(file, key) != sha256:
            spoilt.add(sha256)
    missing, strange = wanted - there.keys(), len(there.keys() - wanted)
    kept = _in_backups(patient.library, patient.keys, spoilt | missing)
    if kept:
        yield Finding(NAME, _MENDABLE, Severity.DAMAGE, {"count": len(kept)}, mendable=True)
    if spoilt - kept:
        yield Finding(NAME, "attached_damaged", Severity.DAMAGE, {"count": len(spoilt - kept)})
    if missing - kept:
        yield Finding(NAME, "attached_missing", Severity.NOTE, {"count": len(missing - kept)})
    if strange:
        yield Finding(NAME, "attached_strange", Severity.NOTE, {"count": strange})


def _in_backups(library: Library, keys: KeyStore, sums: set[str]) -> set[str]:
    found: set[str] = set()
    for backup in backups_of(library, keys) if sums else ():
        found |= files_in(backup, sums - found).keys()
        if found == sums:
            break
    return found


def _mend(library: Library, _finding: Finding) -> bool:
    """Bring back what backups have; the sum tells whether it is the right one."""
    key = known_files_key(library)
    there = {file.stem: file for file in _files(library.folder)}
    bad = {
        sha256
        for sha256 in attached_sums(library)
        if sha256 not in there or _sum(there[sha256], key) != sha256
    }
    mended = False
    for backup in backups_of(library, system_key_store(library.folder)) if bad else ():
        for sha256, kept in files_in(backup, bad).items():
            with contextlib.suppress(KnownError):
                if _brought_back(library.folder, backup, kept, sha256, key):
                    bad.discard(sha256)
                    mended = True
    return mended


def _brought_back(
    folder: Path, backup: OpenBackup, kept: KeptFile, sha256: str, key: bytes | None
) -> bool:
    """Put a file of a backup in its place if it is whole there. Raises ``KnownError``."""
    target = place_in(folder, kept)
    coming = folder / FOLDER / f".coming.{target.name}"
    try:
        write_atomically(coming, b"".join(backup.file_pieces(kept)))
        if _sum(coming, key) != sha256:
            return False
        _set_aside(folder, target)
        make_folder(target.parent)
        coming.replace(target)
    except OSError:
        return False
    finally:
        coming.unlink(missing_ok=True)
    return True


def _set_aside(folder: Path, file: Path) -> None:
    if file.exists():
        make_folder(folder / ASIDE)
        file.replace(folder / ASIDE / file.name)


def _files(folder: Path) -> Iterator[Path]:
    yield from (file for file in (folder / FOLDER).glob("??/*") if file.is_file())


def _sum(file: Path, key: bytes | None) -> str:
    """Return the sum of a file's content, nothing where it cannot be read."""
    total = hashlib.sha256()
    try:
        for part in pieces_of(key, file):
            total.update(part)
    except (OSError, KnownError):
        return ""
    return total.hexdigest()


CHECK: Final = Check(NAME, _look, _mend)
