"""Files that a broken-off job left in the data folder, and copies that are kept for a while."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from perpusdesk.services.doctor.attached import ASIDE
from perpusdesk.services.doctor.keeping import BEFORE
from perpusdesk.services.doctor.parts import Check, Finding, Patient, Severity
from perpusdesk.services.doctor.torn_end import KEPT
from perpusdesk.storage.library import Library
from perpusdesk.storage.salvage.swapping import DAMAGED

NAME: Final = "strays"
_LEFT: Final = (
    "library.new.db*",
    "library.locked.db*",
    "library.try.tmp",
    ".library.*",
    "files/.coming.*",
    f"{DAMAGED}*.part",
)
_BEFORE: Final = (f"{BEFORE}*", f"{KEPT}*.db-wal")
"""What repairs kept, for as long as somebody may ask how it was."""
_KEPT: Final = (f"{ASIDE}/*", "library.schema-*.db", f"{DAMAGED}*.db")
_AGE_S: Final = 3600.0
_BEFORE_S: Final = 30 * 86_400.0
_OLD_S: Final = 90 * 86_400.0


def _look(patient: Patient) -> Iterator[Finding]:
    left = _left(patient.folder)
    if left:
        facts = {"count": len(left), "megabytes": _megabytes(left)}
        yield Finding(NAME, "files_left", Severity.NOTE, facts, mendable=True)
    kept = list(_older(patient.folder, _KEPT, _OLD_S))
    if kept:
        facts = {"count": len(kept), "megabytes": _megabytes(kept)}
        yield Finding(NAME, "copies_old", Severity.NOTE, facts)


def _left(folder: Path) -> list[Path]:
    return [*_older(folder, _LEFT, _AGE_S), *_older(folder, _BEFORE, _BEFORE_S)]


def _older(folder: Path, patterns: tuple[str, ...], seconds: float) -> Iterator[Path]:
    """Yield files that were not touched for a while: a younger one may be somebody's work."""
    now = time.time()
    for pattern in patterns:
        for file in folder.glob(pattern):
            with contextlib.suppress(OSError):
                if file.is_file() and now - file.stat().st_mtime > seconds:
                    yield file


def _megabytes(files: list[Path]) -> int:
    total = 0
    for file in files:
        with contextlib.suppress(OSError):
            total += file.stat().st_size
    return -(-total // 1_000_000)


def _mend(library: Library, finding: Finding) -> bool:
    if finding.code == "files_left":
        for file in _left(library.folder):
            with contextlib.suppress(OSError):
                file.unlink()
    return not _left(library.folder)


CHECK: Final = Check(NAME, _look, _mend)
