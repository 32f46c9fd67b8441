"""Digital files beside the library: there, and as they were when they were attached."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from perpusdesk.common.errors import KnownError
from perpusdesk.services.doctor.parts import Check, Finding, Patient, Severity
from perpusdesk.storage.attached_files import FOLDER
from perpusdesk.storage.queries.doctor import attached_sums
from perpusdesk.storage.sealed_files import pieces_of

NAME: Final = "attached"
_SPOILT: Final = "attached_damaged"


def _look(patient: Patient) -> Iterator[Finding]:
    wanted = attached_sums(patient.library)
    there = {file.stem: file for file in _files(patient.folder)}
    spoilt = 0
    for place, (sha256, file) in enumerate(sorted(there.items())):
        patient.pause()
        patient.progress(place / len(there))
        spoilt += sha256 in wanted and _sum(file, patient.library.key) != sha256
    missing, strange = len(wanted - there.keys()), len(there.keys() - wanted)
    if spoilt:
        yield Finding(NAME, _SPOILT, Severity.DAMAGE, {"count": spoilt})
    if missing:
        yield Finding(NAME, "attached_missing", Severity.NOTE, {"count": missing})
    if strange:
        yield Finding(NAME, "attached_strange", Severity.NOTE, {"count": strange})


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


CHECK: Final = Check(NAME, _look)
